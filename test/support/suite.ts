import { bundlePrograms } from './bundle.ts';
import { PostgresServer, sharedPort } from './postgres.ts';

let server: PostgresServer | undefined;

/** Once for all processes of a run: the PostgreSQL server whose databases they use, and the programs that they start. */
export async function mochaGlobalSetup(): Promise<void> {
  [server] = await Promise.all([PostgresServer.start({ spared: process.env['SOAK'] === undefined }), bundlePrograms()]);
  process.env[sharedPort] = String(server.port);
}

export async function mochaGlobalTeardown(): Promise<void> {
  await server?.stop();
}
