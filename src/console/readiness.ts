import { setTimeout } from 'node:timers/promises';
import type { Config } from '../config/config.ts';
import { unavailable } from '../database/unavailable.ts';
import { briefFault } from '../files/fault.ts';
import { fewFaults } from '../files/few-faults.ts';
import { isStage } from '../huntflow/stage.ts';
import type { Inbox } from '../inbox/inbox.ts';
import type { Mappings } from '../mapping/mappings.ts';
import type { Stages } from '../mapping/store/stages.ts';
import { errorCode } from '../process/error-code.ts';
import { atRest } from '../targets/at-rest.ts';
import type { TargetStates } from '../targets/target-state.ts';
import type { Target } from '../targets/target.ts';
import { type Text, verbatim } from '../text.ts';
import type { Health } from './health.ts';

export interface ReadinessParts {
  readonly config: Config;
  readonly targets: readonly Target[];
  readonly inbox: Inbox;
  readonly mappings: Mappings;
  readonly states: TargetStates;
  readonly stages: Stages;
  /** Events that wait for the database; undefined: webhooks wait nowhere while it is away. */
  readonly spooled: { readonly waiting: number | undefined } | undefined;
  readonly now: () => number;
}

/** How long health tells of an event that could not be kept, when none comes that can; milliseconds. */
const refusalShown = 30_000;

/** How long health waits for the database; milliseconds. */
const healthPatience = 3000;

/** Mapping files that health names, and faults of each. */
const shownFiles = 100;
const shownFaults = 20;

/** Whether webhooks are taken, and what somebody should look at even when they are. */
export class Readiness {
  readonly #parts: ReadinessParts;
  readonly #state: () => 'created' | 'started' | 'stopped';
  /** When an event could last not be kept, milliseconds of a clock that nobody sets, and why. */
  #refused: { readonly at: number; readonly error: unknown } | undefined;
  /** Sources without a secret that somebody has asked through a proxy. */
  readonly #forwarded = new Set<string>();

  constructor(parts: ReadinessParts, state: () => 'created' | 'started' | 'stopped') {
    this.#parts = parts;
    this.#state = state;
  }

  /** Told by intake of each event that it could keep, or could not. */
  keeping(works: boolean, error?: unknown): void {
    this.#refused = works ? undefined : { at: performance.now(), error };
  }

  /** Told by intake of a source without a secret that was asked through a proxy. */
  forwarded(source: string): void {
    this.#forwarded.add(source);
  }

  async health(): Promise<Health> {
    const state = this.#state();
    if (state !== 'started')
      return { ready: false, details: { reason: state === 'created' ? 'starting' : 'stopping' } };
    const waiting = this.#parts.spooled?.waiting;
    const reason = 'the database does not answer';
    const silent: Health =
      waiting === undefined
        ? { ready: false, details: { reason } }
        : { ready: true, details: { reason: `${reason}: events wait in the spool`, spooledEvents: waiting } };
    try {
      return await Promise.race([this.#look(), setTimeout(healthPatience, silent, { ref: false })]);
    } catch {
      return silent;
    }
  }

  async #look(): Promise<Health> {
    const { config, inbox, mappings, targets, states, now } = this.#parts;
    const backlog = await inbox.backlog();
    const refused = mappings.refused.slice(0, shownFiles).map(({ file, name, faults, instead }) => ({
      file,
      mapping: name ?? null,
      working: instead === undefined ? null : `version ${instead.hash.slice(0, 12)}`,
      faults: fewFaults(
        faults.filter(({ level }) => level === 'error'),
        shownFaults,
      ).map((fault) => briefFault(fault, 'en')),
    }));
    const details = {
      mappings: {
        loaded: mappings.current.length,
        refused,
        ...(mappings.refused.length > shownFiles && { moreRefused: mappings.refused.length - shownFiles }),
      },
      targets: targets.length,
      ...atRest(
        targets.map(({ name }) => name),
        await states.all(),
        now(),
      ),
      waitingEvents: backlog.count,
      stagesNeverSeen: await this.#stagesNeverSeen(),
      sourcesWithoutSecret: config.sources
        .filter(({ secrets, unsigned }) => secrets.length === 0 && !unsigned)
        .map(({ name }) => name),
      sourcesRefusedBehindProxy: [...this.#forwarded].map((source) => ({
        source,
        advice:
          'a webhook came through a proxy and was refused, for the source has no secret: set it in connector.yaml',
      })),
    };
    const reason = this.refusing;
    return reason === undefined
      ? { ready: true, details }
      : { ready: false, details: { reason: reason.en, text: reason, ...details } };
  }

  /** Why events cannot be kept now. */
  get refusing(): Text | undefined {
    return this.#refused === undefined || performance.now() - this.#refused.at > refusalShown
      ? undefined
      : refusalOf(this.#refused.error, this.#parts.config.database.url);
  }

  /** Aliases of which no event has named any stage yet: perhaps misspelt, perhaps new. */
  async #stagesNeverSeen(): Promise<string[]> {
    const { config, stages } = this.#parts;
    const seen = await stages.list();
    return Object.entries(config.stages).flatMap(([alias, members]) =>
      members.some((member) => seen.some(({ id, name }) => isStage(member, id, name))) ? [] : [alias],
    );
  }
}

function refusalOf(error: unknown, url: string): Text {
  const code = errorCode(error);
  const why =
    unavailable(error, url) ??
    (code === undefined ? { ru: 'причина в журнале', en: 'the log says why' } : verbatim(code));
  return { ru: `база данных не принимает события: ${why.ru}`, en: `the database takes no events: ${why.en}` };
}
