import {
  type Adapter,
  adapterErrorKind,
  type DeliveryContext,
  type Exchange,
  type Receipt,
  type References,
  type Text,
} from '../adapter.ts';
import type { TargetConfig } from '../config/config.ts';
import type { Target } from '../targets/target.ts';
import { keptText, maskedBody, withoutValues } from '../report/mask.ts';
import type { Claim, RecordedExchange, Settlement } from '../outbox/delivery.ts';
import { isText, verbatim } from '../text.ts';
import { exchangesWithin } from './exchange-budget.ts';
import { isGivenUp, retryDelay } from './retry-schedule.ts';

/** How an attempt ended: settled one way or another, or given back because nothing had gone on the wire. */
export type Ending =
  | {
      readonly settlement: Settlement;
      /** The target could not be reached: the breaker counts it. */ readonly reached: boolean;
    }
  | { readonly settlement: undefined };

export interface AttemptSettings {
  readonly retry: TargetConfig['retry'];
  readonly unknown: Target['unknown'];
  readonly references: References;
  readonly saveProgress: (progress: string) => Promise<boolean>;
  readonly now: () => number;
  readonly random: () => number;
  /** Aborted when the service stops, or when the lease is lost. */
  readonly signal: AbortSignal;
}

interface OpenExchange {
  readonly sent: RecordedExchange['sent'];
  received: RecordedExchange['received'];
}

const exchangesKept = 50;

/** Adapters that tell of their exchanges; only of these does silence mean that nothing had left. */
const telling = new WeakSet<Adapter<never>>();

/** One try of a delivery. Never throws: whatever the adapter does becomes an ending. */
export async function runAttempt(adapter: Adapter<never>, claim: Claim, settings: AttemptSettings): Promise<Ending> {
  const startedAt = settings.now();
  const exchanges: OpenExchange[] = [];
  const context: DeliveryContext = {
    id: claim.id,
    idempotencyKey: claim.idempotencyKey,
    attempt: claim.attempt,
    key: claim.key,
    scope: claim.scope,
    createdAt: claim.createdAt,
    signal: settings.signal,
    progress: claim.progress === null ? undefined : JSON.parse(claim.progress),
    references: settings.references,
    saveProgress: async (value) => {
      if (!(await settings.saveProgress(JSON.stringify(value) ?? 'null')))
        throw new Error('the lease was lost: another process has this delivery now');
    },
    sent: (request) => {
      telling.add(adapter);
      const exchange: OpenExchange = { sent: masked(request), received: null };
      if (exchanges.length < exchangesKept) exchanges.push(exchange);
      return (response) => void (exchange.received = masked(response));
    },
  };

  try {
    const receipt: unknown = await deliverTo(adapter, JSON.parse(claim.record), context);
    return { reached: true, settlement: { outcome: 'delivered', ...ended(receiptOf(receipt)) } };
  } catch (error) {
    if (settings.signal.aborted) return cutShort(error);
    return failure(error);
  }

  function ended(receipt: Receipt): Omit<Settlement, 'outcome'> {
    return {
      startedAt,
      finishedAt: settings.now(),
      summary: receipt.summary === undefined ? null : verbatim(receipt.summary),
      exchanges: exchangesWithin(exchanges, claim.attemptBytes),
      warnings: (receipt.warnings ?? []).map((warning) => (isText(warning) ? warning : verbatim(warning))),
    };
  }

  function failed(summary: Text) {
    return {
      startedAt,
      finishedAt: settings.now(),
      summary,
      exchanges: exchangesWithin(exchanges, claim.attemptBytes),
      warnings: [],
    };
  }

  function cutShort(error: unknown): Ending {
    const kind = adapterErrorKind(error);
    const nothingLeft = exchanges.length === 0 && kind !== 'uncertain' && telling.has(adapter);
    // `sent` is called before there is a connection: an adapter that then says unavailable knows that none came about.
    const neverConnected =
      kind === 'unavailable' && exchanges.length <= 1 && exchanges.every(({ received }) => received === null);
    if (nothingLeft || neverConnected) return { settlement: undefined };
    if (settings.unknown === 'dead')
      return {
        reached: true,
        settlement: { ...failed(interruptedForGood), outcome: 'dead', reason: 'unknown outcome' },
      };
    return {
      reached: true,
      settlement: { ...failed(interrupted), outcome: 'unknown', dueAt: settings.now(), counts: false },
    };
  }

  function failure(error: unknown): Ending {
    const kind = adapterErrorKind(error);
    const text = kind === undefined ? quotingNothing(errorText(error), claim.record) : errorText(error);
    if (kind === 'rejected')
      return { reached: true, settlement: { ...failed(text), outcome: 'dead', reason: 'rejected' } };
    if (kind === 'uncertain' && settings.unknown === 'dead')
      return { reached: false, settlement: { ...failed(text), outcome: 'dead', reason: 'unknown outcome' } };
    const dueAt = settings.now() + retryDelay(settings.retry, claim.counted, retryAfterOf(error), settings.random);
    if (isGivenUp(settings.retry, claim, dueAt))
      return {
        reached: false,
        settlement: { ...failed(text), outcome: 'dead', reason: kind === 'uncertain' ? 'unknown outcome' : 'gave up' },
      };
    return {
      reached: false,
      settlement: { ...failed(text), outcome: kind === 'uncertain' ? 'unknown' : 'retry', dueAt, counts: true },
    };
  }
}

/** The record's shape is vouched for by the adapter's schema, which the type system cannot see. */
function deliverTo(adapter: Adapter<never>, record: unknown, context: DeliveryContext): Promise<unknown> {
  const deliver: unknown = Reflect.get(adapter, 'deliver');
  return typeof deliver === 'function'
    ? Reflect.apply(deliver, adapter, [record, context])
    : Promise.reject(new TypeError('the adapter has no method deliver'));
}

function masked(exchange: Exchange): RecordedExchange['sent'] {
  return { summary: exchange.summary.slice(0, 500), body: maskedBody(exchange.body) };
}

/** Adapters are other people's code: what they return may be nothing at all. */
function receiptOf(value: unknown): Receipt {
  if (typeof value !== 'object' || value === null) return {};
  const summary: unknown = Reflect.get(value, 'summary');
  const warnings: unknown = Reflect.get(value, 'warnings');
  return {
    ...(typeof summary === 'string' && { summary }),
    ...(Array.isArray(warnings) && {
      warnings: warnings.filter((warning) => isText(warning) || typeof warning === 'string'),
    }),
  };
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

/** The three errors of the contract are written for people; an unforeseen one is cut, for it may go on and on. */
function errorText(error: unknown): Text {
  if (adapterErrorKind(error) !== undefined && error instanceof Error) {
    const text: unknown = Reflect.get(error, 'text');
    return cut(isText(text) ? text : verbatim(error.message));
  }
  if (error instanceof Error) {
    return {
      ru: `непредвиденная ошибка адаптера (${error.name}): ${error.message.slice(0, 300)}`,
      en: `the adapter failed unexpectedly (${error.name}): ${error.message.slice(0, 300)}`,
    };
  }
  return { ru: 'адаптер бросил не ошибку, а значение', en: 'the adapter threw something that is not an error' };
}

/** Kept with every failed attempt: no longer than a body. */
function cut({ ru, en }: Text): Text {
  return { ru: ru.slice(0, keptText), en: en.slice(0, keptText) };
}

/** Error texts are logged; what an unforeseen error quotes of the record may be somebody's name. */
function quotingNothing(text: Text, record: string): Text {
  const value: unknown = JSON.parse(record);
  return { ru: withoutValues(text.ru, value), en: withoutValues(text.en, value) };
}

function retryAfterOf(error: unknown): number | undefined {
  const seconds: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'retryAfter') : undefined;
  return typeof seconds === 'number' ? seconds : undefined;
}
