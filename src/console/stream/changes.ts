import { setTimeout } from 'node:timers/promises';
import type { Database } from '../../database/database.ts';
import { statement } from '../../database/statement.ts';

interface Marks {
  readonly events: number | null;
  readonly mapped: number | null;
  readonly deliveries: number | null;
  readonly attempts: number | null;
  readonly audit: number | null;
  readonly bulks: number | null;
}

/** Whatever changes leaves one of these behind, and each is one step into an index. */
const selectMarks = statement<object, Marks>(`
  select (select max(id) from events) as events,
    (select min(id) from events where state = 'received') as mapped,
    (select max(id) from deliveries) as deliveries,
    (select max(id) from attempts) as attempts,
    (select max(seq) from audit) as audit,
    (select sum(done + failed) from bulks where state = 'running') as bulks`);

type Topic = 'events' | 'deliveries' | 'targets' | 'bulks' | 'audit' | 'mappings' | 'alarms';

/** Milliseconds between two looks; and after which a silent stream shows that it lives. */
const lookTime = 1000;
/** Between two glances at the mappings, which cost nothing; milliseconds. */
const glanceTime = 100;
const beatTime = 15_000;

export interface ChangesParts {
  readonly database: Database;
  /** Changes with the mappings in use, and with whether webhooks can be kept. */
  readonly mappings: () => string;
}

/** What changed since one looked, in any process, for all who listen: looked for once a second while somebody does. */
export class Changes {
  readonly #parts: ChangesParts;
  readonly #listeners = new Set<(topics: readonly Topic[]) => void>();
  #seen: { readonly marks: Marks; readonly mappings: string } | undefined;
  #looking = false;

  constructor(parts: ChangesParts) {
    this.#parts = parts;
  }

  /** Server-sent events until the signal fires. */
  async *follow(signal: AbortSignal): AsyncGenerator<string> {
    let wake: () => void = () => undefined;
    const waiting = new Set<Topic>();
    const listener = (topics: readonly Topic[]): void => {
      for (const topic of topics) waiting.add(topic);
      wake();
    };
    this.#listeners.add(listener);
    void this.#look();
    try {
      yield 'retry: 3000\nevent: hello\ndata: {}\n\n';
      while (!signal.aborted) {
        if (waiting.size === 0) {
          const ended = new AbortController();
          const beat = setTimeout(beatTime, undefined, { signal: AbortSignal.any([signal, ended.signal]), ref: false });
          await Promise.race([new Promise<void>((resolve) => (wake = resolve)), beat.catch(() => undefined)]);
          ended.abort();
        }
        const topics = [...waiting];
        waiting.clear();
        if (topics.length === 0) yield ': still here\n\n';
        for (const topic of topics) yield `event: ${topic}\ndata: {}\n\n`;
      }
    } finally {
      this.#listeners.delete(listener);
    }
  }

  async #look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    while (this.#listeners.size > 0) {
      const topics = await this.#changed().catch((): Topic[] => []);
      if (topics.length > 0) for (const listener of this.#listeners) listener(topics);
      await this.#rest();
    }
    this.#looking = false;
    this.#seen = undefined;
  }

  /** Until the next look at the database; what this process knows by itself ends it sooner. */
  async #rest(): Promise<void> {
    for (let rested = 0; rested < lookTime; rested += glanceTime) {
      await setTimeout(glanceTime, undefined, { ref: false });
      if (this.#seen !== undefined && this.#seen.mappings !== this.#parts.mappings()) return;
    }
  }

  async #changed(): Promise<Topic[]> {
    const [marks] = await selectMarks(this.#parts.database.reads, {});
    if (marks === undefined) return [];
    const before = this.#seen;
    const mappings = this.#parts.mappings();
    this.#seen = { marks, mappings };
    if (before === undefined) return [];
    const moved = (...names: readonly (keyof Marks)[]) => names.some((name) => before.marks[name] !== marks[name]);
    return [
      ...(moved('events', 'mapped') ? ['events' as const] : []),
      ...(moved('deliveries', 'attempts', 'audit', 'bulks') ? ['deliveries' as const, 'targets' as const] : []),
      ...(moved('bulks', 'audit') ? ['bulks' as const, 'audit' as const] : []),
      ...(before.mappings === mappings ? [] : ['mappings' as const]),
    ];
  }
}
