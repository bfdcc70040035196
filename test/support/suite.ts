import { PostgresServer, sharedPort } from './postgres.ts';

let server: PostgresServer | undefined;

/** Once for all processes of a run: the PostgreSQL server whose databases they use. */
export async function mochaGlobalSetup(): Promise<void> {
  server = await PostgresServer.start({ spared: process.env['SOAK'] === undefined });
  process.env[sharedPort] = String(server.port);
}

export async function mochaGlobalTeardown(): Promise<void> {
  await server?.stop();
}
