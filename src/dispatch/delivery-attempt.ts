import { type Adapter, adapterErrorKind, type DeliveryContext, type References, type Text } from '../adapter.ts';
import type { TargetConfig } from '../config/config.ts';
import type { Claim, Settlement } from '../outbox/delivery.ts';
import type { Target } from '../targets/target.ts';
import { ExchangeLog } from './exchange-log.ts';
import { endedWithin } from './ended-within.ts';
import { failureOf, type Verdict } from './failure.ts';
import { readReceipt } from './receipt.ts';
import { readThrown } from './thrown.ts';
import { property } from '../process/property.ts';

/** How an attempt ended: settled one way or another, or given back because nothing had gone on the wire. */
export type Ending =
  | { readonly settlement: Settlement; readonly verdict: Verdict }
  | { readonly settlement: undefined };

export interface AttemptSettings {
  readonly retry: TargetConfig['retry'];
  readonly unknown: Target['unknown'];
  readonly references: References;
  /** False: the lease was lost. */
  readonly saveProgress: (progress: string, when: 'now' | 'soon') => Promise<boolean>;
  /** Whether nobody knows how an earlier attempt of this delivery ended. */
  readonly doubted: () => Promise<boolean>;
  /** Texts of the target's settings that open a door. */
  readonly secrets?: readonly string[];
  /** Texts that are nobody's data: mappings wrote them. */
  readonly constants?: ReadonlySet<string> | undefined;
  readonly now: () => number;
  readonly random: () => number;
  /** Told right before something leaves for the target: its last moment to abort. */
  readonly leaving?: () => void;
  /** Aborted when the service stops, or when the lease is lost. */
  readonly signal: AbortSignal;
  /** Milliseconds after which nobody waits for the adapter any more; undefined: for ever. */
  readonly longest?: number | undefined;
}

type Ended = Omit<Settlement, 'outcome'>;

/** Adapters that tell of their exchanges; only of these does silence mean that nothing had left. */
const telling = new WeakSet<Adapter<never>>();

/** One try of a delivery. Never throws: whatever the adapter does becomes an ending. */
export async function runAttempt(adapter: Adapter<never>, claim: Claim, settings: AttemptSettings): Promise<Ending> {
  const { now, signal } = settings;
  const log = new ExchangeLog(settings.secrets ?? []);
  const startedAt = now();
  const begun = performance.now();
  const ended = (summary: Text | null, warnings: readonly Text[] = []): Ended => ({
    startedAt,
    finishedAt: now(),
    summary,
    exchanges: log.kept(claim.attemptBytes),
    warnings,
  });
  let answer: unknown;
  try {
    answer = await endedWithin(settings, (ending) =>
      deliverTo(adapter, JSON.parse(claim.record), contextOf(adapter, claim, { ...settings, signal: ending }, log)),
    );
  } catch (error) {
    if (signal.aborted) return cutShort(adapter, error, log, ended, settings);
    const thrown = readThrown(error, claim.record, settings.constants);
    const { next, verdict } = failureOf(thrown, claim, {
      ...settings,
      now: now(),
      took: Math.round(performance.now() - begun),
      answeredBefore: log.answeredBefore,
      // Only a conflict asks.
      doubted: thrown.conflict && (await settings.doubted().catch(() => true)),
    });
    return { verdict, settlement: { ...ended(thrown.text), code: thrown.code, field: thrown.field, ...next } };
  }
  const { summary, warnings, attention } = readReceipt(answer);
  return { verdict: reached, settlement: { ...ended(summary, warnings), outcome: 'delivered', attention } };
}

const reached: Verdict = { target: 'reached' };

function contextOf(
  adapter: Adapter<never>,
  claim: Claim,
  { references, saveProgress, leaving, signal }: AttemptSettings,
  log: ExchangeLog,
): DeliveryContext {
  return {
    id: claim.id,
    idempotencyKey: claim.idempotencyKey,
    attempt: claim.attempt,
    key: claim.key,
    scope: claim.scope,
    createdAt: claim.createdAt,
    signal,
    progress: claim.progress === null ? undefined : JSON.parse(claim.progress),
    references,
    saveProgress: async (value, when = 'now') => {
      if (!(await saveProgress(JSON.stringify(value) ?? 'null', when)))
        throw new Error('the lease was lost: another process has this delivery now');
    },
    sent: (request) => {
      telling.add(adapter);
      leaving?.();
      return log.sent(request);
    },
  };
}

/** By a stop of the service, or because the lease was lost. */
function cutShort(
  adapter: Adapter<never>,
  error: unknown,
  log: ExchangeLog,
  ended: (summary: Text) => Ended,
  { unknown, now }: AttemptSettings,
): Ending {
  const kind = adapterErrorKind(error);
  const nothingLeft = log.isEmpty && kind !== 'uncertain' && telling.has(adapter);
  // `sent` is called before there is a connection: an adapter that then says unavailable knows that none came about.
  if (nothingLeft || (kind === 'unavailable' && log.maybeNeverConnected)) return { settlement: undefined };
  const settlement: Settlement =
    unknown === 'dead'
      ? { ...ended(interruptedForGood), outcome: 'dead', reason: 'unknown outcome' }
      : { ...ended(interrupted), outcome: 'unknown', dueAt: now(), wait: 0, cost: 'interruption', spends: 0 };
  return { settlement, verdict: reached };
}

/** The record's shape is vouched for by the adapter's schema, which the type system cannot see. */
function deliverTo(adapter: Adapter<never>, record: unknown, context: DeliveryContext): Promise<unknown> {
  const deliver = property(adapter, 'deliver');
  return typeof deliver === 'function'
    ? Reflect.apply(deliver, adapter, [record, context])
    : Promise.reject(new TypeError('the adapter has no method deliver'));
}

const interrupted: Text = {
  ru: 'попытка оборвана остановкой сервиса: дошла ли запись — неизвестно; будет повторена',
  en: 'the attempt was cut short when the service stopped: the target may have the record; it is tried again',
};

const interruptedForGood: Text = {
  ru: 'попытка оборвана остановкой сервиса: дошла ли запись — неизвестно; посмотрите в системе-получателе, затем повторите или отмените доставку',
  en:
    'the attempt was cut short when the service stopped: the target may have the record; look there, then ' +
    'retry or cancel the delivery',
};
