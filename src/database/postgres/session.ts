import { createHash } from 'node:crypto';
import type pg from 'pg';
import { errorCode } from '../../process/error-code.ts';
import { isCutOff } from '../outage.ts';
import type { Pooler } from './pooler.ts';
import { property } from '../../process/property.ts';

/**
 * A transaction of ours never waits between two statements: one that does has lost its process, and its locks must not
 * outlive it.
 */
const transactionLimit = 'idle_in_transaction_session_timeout = 5000';

/**
 * `once`: statements of the road, always the same, are prepared and planned once.
 *
 * `anew`: questions of people, each with conditions of its own, are planned for what they ask: a plan that fits any
 * value walks over a million rows to find the rare one (measured: 1.4 s instead of 3 ms). They want few rows, for which
 * there is an index: a hash over all lanes, or parallel walks that a busy server makes wait for each other, cost 500 ms
 * where steps through indexes cost 5 (measured). Nobody waits longer for an answer than a query may take.
 */
export type Planning = 'once' | 'anew';

const settings: Readonly<Record<Planning, string>> = {
  once: `set plan_cache_mode = force_generic_plan; set ${transactionLimit}`,
  anew: ['hashjoin', 'mergejoin', 'seqscan']
    .map((walk) => `enable_${walk} = off`)
    .concat('max_parallel_workers_per_gather = 0', 'jit = off', 'statement_timeout = 30000', transactionLimit)
    .map((setting) => `set ${setting}`)
    .join('; '),
};

type Query = (text: unknown, values?: unknown, ...rest: unknown[]) => unknown;

/** A connection has forgotten what it was told, or remembers what has changed since; a new one will do. */
class SessionLostError extends Error {
  override readonly name = 'SessionLostError';
  /** SQLSTATE of a connection that failed. */
  readonly code = '08000';
}

/**
 * A connection of the pool, led past the traps of pg: Kysely sends no names, and pg prepares a statement once for each
 * connection and name. A query that timed out still occupies its connection, and with it perhaps an open transaction:
 * the next caller would get both. A backend that dies between two statements is an `error` that the pool does not hear,
 * and the rollback after it hides why it died.
 */
export class Session {
  readonly #client: pg.ClientBase;
  readonly #query: Query;
  readonly #pooler: Pooler;
  readonly #planning: Planning;
  readonly #lasts: boolean;
  #end: unknown;

  private constructor(client: pg.ClientBase, pooler: Pooler, planning: Planning, lasts: boolean) {
    this.#client = client;
    this.#query = client.query.bind(client);
    this.#pooler = pooler;
    this.#planning = planning;
    this.#lasts = lasts;
    client.on('error', (error) => this.#ended(error)); // the next statement says so too
    client.query = ((text: unknown, values: unknown, ...rest: unknown[]) =>
      this.#run(text, values, rest)) as typeof client.query;
  }

  /** Takes a new connection over; from then on its `query` is ours. */
  static async begin(client: pg.ClientBase, pooler: Pooler, planning: Planning): Promise<void> {
    const session = new Session(client, pooler, planning, await pooler.keepsSession(client));
    if (session.#keeps) await session.#run(settings[planning]);
  }

  get #keeps(): boolean {
    return this.#lasts && !this.#pooler.present;
  }

  #run(text: unknown, values?: unknown, rest: readonly unknown[] = []): unknown {
    const kept = Array.isArray(values) ? values.map(withoutNul) : values;
    const result =
      this.#keeps && this.#planning === 'once' && typeof text === 'string' && Array.isArray(kept) && kept.length > 0
        ? this.#query({ name: nameOf(text), text, values: kept }, ...rest)
        : this.#query(!this.#keeps && text === 'begin' ? `begin; set local ${transactionLimit}` : text, kept, ...rest);
    return result instanceof Promise
      ? result.catch((error: unknown) => {
          throw this.#explain(error);
        })
      : result;
  }

  /** The error to throw; a connection that is of no more use is left. */
  #explain(error: unknown): unknown {
    const code = errorCode(error);
    // What the client prepared is not there, or was there before: nobody but a pooler takes it away.
    if (code === '26000' || code === '42P05') {
      this.#pooler.find();
      return this.#leave(
        new SessionLostError(
          `${wordsOf(error)}: there is a pooler in transaction mode before PostgreSQL, put ?pooled=true into ` +
            'the URL of the database',
        ),
      );
    }
    // A table has got another column since the statement was prepared, from a newer version of ours most likely. Words
    // differ by locale.
    if (property(error, 'routine') === 'RevalidateCachedQuery')
      return this.#leave(new SessionLostError(wordsOf(error)));
    return isCutOff(error) ? this.#leave(error) : error;
  }

  #leave(reason: unknown): unknown {
    this.#ended(reason);
    // With a query under way this destroys the socket; the pool drops a client that is ending.
    void (this.#client as unknown as pg.Client).end().catch(() => undefined);
    return this.#end;
  }

  #ended(reason: unknown): void {
    if (isCutOff(reason)) this.#end ??= reason;
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : '';
}

/**
 * The one character that JSON may hold and PostgreSQL's text may not; a field of a signed webhook must not make it
 * unacceptable.
 */
function withoutNul(value: unknown): unknown {
  return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\ufffd') : value;
}

const names = new Map<string, string>();
const namesKept = 1000;

function nameOf(text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 32);
  if (names.size >= namesKept) names.clear();
  names.set(text, name);
  return name;
}
