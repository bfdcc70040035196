import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { freePort, type PostgresDatabases } from './postgres.ts';
import { serverAccount } from './postgres-binaries.ts';
import { Workspace } from './workspace.ts';
import { pause } from './pause.ts';

/**
 * PgBouncer itself, where this machine has it: in transaction mode, and lending its connections in turn, so that
 * sessions are lost as soon as may be.
 */
export class PgBouncer {
  readonly port: number;
  readonly #workspace = new Workspace();
  readonly #program: string;
  #child: ChildProcess | undefined;

  private constructor(program: string, port: number) {
    this.#program = program;
    this.port = port;
  }

  /** Its path; undefined when this machine has none. */
  static find(): string | undefined {
    return (process.env['PATH'] ?? '')
      .split(delimiter)
      .map((folder) => join(folder, 'pgbouncer'))
      .find((place) => existsSync(place));
  }

  static async start(program: string, server: PostgresDatabases, size: number): Promise<PgBouncer> {
    const pooler = new PgBouncer(program, await freePort());
    writeFileSync(
      pooler.#config,
      [
        '[databases]',
        `* = host=127.0.0.1 port=${server.port} user=postgres password=postgres`,
        '[pgbouncer]',
        'listen_addr = 127.0.0.1',
        `listen_port = ${pooler.port}`,
        'unix_socket_dir =',
        'auth_type = any',
        'pool_mode = transaction',
        `default_pool_size = ${size}`,
        'server_round_robin = 1',
        'server_login_retry = 1',
        'max_client_conn = 200',
      ].join('\n'),
    );
    chmodSync(pooler.#workspace.folder, 0o755); // the account that it runs as has to get in
    await pooler.#serve();
    return pooler;
  }

  /** Dies without a word and is back after so many milliseconds. */
  async crash(away: number): Promise<void> {
    await this.#kill();
    await pause(away);
    await this.#serve();
  }

  async stop(): Promise<void> {
    await this.#kill();
    this.#workspace.remove();
  }

  get #config(): string {
    return this.#workspace.path('pgbouncer.ini');
  }

  async #serve(): Promise<void> {
    const child = spawn(this.#program, [this.#config], {
      ...serverAccount(),
      cwd: this.#workspace.folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#child = child;
    const forget = () => void child.kill('SIGKILL');
    process.once('exit', forget);
    child.once('close', () => process.removeListener('exit', forget));
    await new Promise<void>((resolve, reject) => {
      let said = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        said = (said + text).slice(-4000);
        if (said.includes('process up')) resolve();
      });
      child.once('error', reject);
      child.once('close', (code) => reject(new Error(`PgBouncer ended with ${code}: ${said}`)));
    });
  }

  async #kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined || child.exitCode !== null) return;
    const closed = once(child, 'close');
    child.kill('SIGKILL');
    await closed;
  }
}
