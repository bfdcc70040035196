import type pg from 'pg';
import { property } from '../../process/property.ts';

/**
 * A pooler in transaction mode lends a server connection for one transaction: what is put on a session (prepared
 * statements, settings, LISTEN) is gone at the next, or turns up at somebody else's. `?pooled=true` in the URL says
 * that there is one, `?pooled=false` that there is none, or one in session mode; unsaid, it is found out.
 */
export class Pooler {
  readonly #found: () => void;
  #known: boolean | undefined;

  /** `found` is called once, when there turns out to be one of which nobody said anything. */
  constructor(url: string, found: () => void) {
    const said = new URL(url).searchParams.get('pooled');
    this.#known = said === 'true' ? true : said === 'false' ? false : undefined;
    this.#found = found;
  }

  get present(): boolean {
    return this.#known === true;
  }

  /**
   * Whether what this new connection is told will hold for its later transactions. Asks the server, unless it is known.
   */
  async keepsSession(client: pg.ClientBase): Promise<boolean> {
    if (this.#known !== undefined) return !this.#known;
    const { rows } = await client.query<{ readonly pid: number }>('select pg_backend_pid() as pid');
    // A pooler gives its clients process ids of its own making, in session mode too: the real one changes under them.
    if (rows[0]?.pid === property(client, 'processID')) return true;
    this.find();
    return false;
  }

  /** From now on nothing is kept on a connection. */
  find(): void {
    if (this.#known === true) return;
    this.#known = true;
    this.#found();
  }
}
