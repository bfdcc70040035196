import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { Database } from '../../src/database/database.ts';
import { until } from './until.ts';
import { type Account, serverAccount, serverBinaries } from './postgres-binaries.ts';
import { pause } from './pause.ts';

/** What tests may do at a server that others use too. */
export class PostgresDatabases {
  readonly port: number;
  #databases = 0;
  #migrated: Promise<string> | undefined;

  constructor(port: number) {
    this.port = port;
  }

  /** The URL of a new, empty database. */
  createDatabase(): Promise<string> {
    return this.#create('template1');
  }

  /** The same of today's schema: a copy costs a fifth of a second of processor, the migrations half a one more. */
  async createMigrated(): Promise<string> {
    this.#migrated ??= this.#migrate();
    return this.#create(await this.#migrated);
  }

  /** Files are copied, for a copy that goes by the log of the server takes twice the processor. */
  async #create(template: string): Promise<string> {
    this.#databases += 1;
    const name = `test_${process.pid}_${this.#databases}`;
    await this.query(`create database ${name} template ${template} strategy file_copy`);
    return this.#url(name);
  }

  /** The name of a database that others are copied of. */
  async #migrate(): Promise<string> {
    const url = await this.createDatabase();
    const database = new Database(url);
    await database.migrate();
    await database.close();
    return new URL(url).pathname.slice(1);
  }

  /** As the server's owner, over a connection of its own. */
  async query(text: string, database = 'postgres'): Promise<unknown[]> {
    const client = new pg.Client({ connectionString: this.#url(database) });
    client.on('error', () => undefined); // a test may end its own backend
    await client.connect();
    try {
      return (await client.query(text)).rows;
    } finally {
      await client.end();
    }
  }

  /** Ends every connection to a database, as an administrator or a failover does; returns how many there were. */
  async killBackends(url: string): Promise<number> {
    const rows = await this.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${new URL(url).pathname.slice(1)}'`,
    );
    return rows.length;
  }

  /** The same, and waits until they are gone, which takes a moment. */
  async endBackends(url: string): Promise<void> {
    await this.killBackends(url);
    const left = `select from pg_stat_activity where datname = '${new URL(url).pathname.slice(1)}'`;
    await until('its backends have ended', async () => (await this.query(left)).length === 0);
  }

  #url(database: string): string {
    return `postgres://postgres:postgres@127.0.0.1:${this.port}/${database}`;
  }
}

/**
 * Hundreds of small databases, one after another, need nobody who looks after them round the clock. Where figures are
 * taken the server is as it comes.
 */
const sparing = [
  'full_page_writes=off',
  'autovacuum=off',
  'wal_level=minimal',
  'max_wal_senders=0',
  'max_wal_size=4GB',
  'checkpoint_timeout=1h',
];

/** A real PostgreSQL server of the tests' own, on the loopback, gone when the process ends. */
export class PostgresServer extends PostgresDatabases {
  readonly #folder: string;
  readonly #account: Account;
  readonly #binaries: string;
  readonly #spared: boolean;
  #server: ChildProcess | undefined;

  private constructor(port: number, folder: string, spared: boolean) {
    super(port);
    this.#spared = spared;
    this.#folder = folder;
    this.#account = serverAccount();
    this.#binaries = serverBinaries(this.#account, folder);
  }

  /** `spared`: it does less for its data than one in earnest. */
  static async start({ spared = false } = {}): Promise<PostgresServer> {
    const folder = mkdtempSync(join(tmpdir(), 'huntflow-connector-pg-'));
    chmodSync(folder, 0o755); // the server's own account has to get in
    const server = new PostgresServer(await freePort(), folder, spared);
    await server.#initialise();
    await server.#serve();
    return server;
  }

  /** Stops and starts again on the same data; `crash`: without telling anybody, so that it recovers from its log. */
  async restart(how: 'orderly' | 'crash' = 'orderly', away = 0): Promise<void> {
    await this.#end(how === 'crash' ? 'SIGQUIT' : 'SIGINT');
    await pause(away);
    await this.#serve();
  }

  async stop(): Promise<void> {
    await this.#end('SIGINT');
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #initialise(): Promise<void> {
    const data = join(this.#folder, 'data');
    const password = join(this.#folder, 'password');
    mkdirSync(data, { mode: 0o700 });
    writeFileSync(password, 'postgres\n');
    if ('uid' in this.#account) chownSync(data, this.#account.uid, this.#account.gid);
    const child = this.#run('initdb', [
      '--pgdata',
      data,
      '--auth=password',
      '--username=postgres',
      `--pwfile=${password}`,
      '--lc-messages=C',
      '--no-sync',
      '--encoding=UTF8',
      '--locale=C',
    ]);
    const errors: Buffer[] = [];
    child.stderr?.on('data', (chunk: Buffer) => void errors.push(chunk));
    const [code] = await once(child, 'close');
    if (code !== 0) throw new Error(`initdb ended with ${String(code)}: ${Buffer.concat(errors).toString('utf8')}`);
  }

  async #serve(): Promise<void> {
    // Nothing of the tests outlives a power cut, so nothing has to reach the disk; the code under test asks for it all
    // the same.
    const settings = [
      'listen_addresses=127.0.0.1',
      'unix_socket_directories=',
      'max_connections=300',
      'fsync=off',
      ...(this.#spared ? sparing : []),
    ].flatMap((setting) => ['-c', setting]);
    const child = this.#run('postgres', ['-D', join(this.#folder, 'data'), '-p', String(this.port), ...settings]);
    this.#server = child;
    const forget = () => void child.kill('SIGINT');
    process.once('exit', forget);
    child.once('close', () => process.removeListener('exit', forget));
    await new Promise<void>((resolve, reject) => {
      let said = '';
      child.stderr?.setEncoding('utf8').on('data', (text: string) => {
        said = (said + text).slice(-4000);
        if (said.includes('database system is ready to accept connections')) resolve();
      });
      child.once('error', reject);
      child.once('close', (code) => reject(new Error(`PostgreSQL ended with ${code}: ${said}`)));
    });
  }

  async #end(signal: 'SIGINT' | 'SIGQUIT'): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined || server.exitCode !== null) return;
    const closed = once(server, 'close');
    server.kill(signal);
    await closed;
  }

  #run(program: 'initdb' | 'postgres', args: readonly string[]): ChildProcess {
    return spawn(join(this.#binaries, 'bin', program), args, {
      ...this.#account,
      cwd: this.#folder,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, LC_MESSAGES: 'C' },
    });
  }
}

/** The environment variable that tells the processes of a run where its server listens. */
export const sharedPort = 'SUITE_POSTGRES_PORT';

let shared: PostgresDatabases | undefined;
let own: Promise<PostgresServer> | undefined;

/** The databases of the one server that all suites of a run share; it takes seconds to make. */
export async function sharedPostgres(): Promise<PostgresDatabases> {
  const port = process.env[sharedPort];
  if (port !== undefined) return (shared ??= new PostgresDatabases(Number(port)));
  own ??= PostgresServer.start({ spared: process.env['SOAK'] === undefined });
  return await own;
}

/** Stops the server that this process made for itself, if it made one. */
export async function stopOwnPostgres(): Promise<void> {
  await (await own)?.stop();
}

/**
 * A port that nobody has now. Below those that the system itself gives out (32768 on): another suite that listens on
 * port 0 cannot get it in between.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
