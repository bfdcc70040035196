// The webhook route alone: with the durable store behind it, with one that seals, or with nothing behind it but the
// same reading and checking.
import { WebhookWatch } from '../../src/alarms/webhook-watch.ts';
import { Database } from '../../src/database/database.ts';
import { HttpListener } from '../../src/http-listener.ts';
import { Inbox } from '../../src/inbox/inbox.ts';
import type { IncomingEvent, Kept } from '../../src/inbox/event.ts';
import { intakeRouter } from '../../src/intake/route.ts';
import { makeKeyFile } from '../../src/people/key-file.ts';
import { KeyRing } from '../../src/people/key-ring.ts';
import { KeyStore } from '../../src/people/key-store.ts';
import { Sealing } from '../../src/people/sealing.ts';
import { createLog } from '../../src/report/log.ts';
import { Report } from '../../src/report/report.ts';
import { startWriter } from '../../src/writer/start.ts';

const [store = 'durable', path = '', secret = ''] = process.argv.slice(2);

/** Verifies and parses like the real one and forgets at once. */
class Forgetful extends Inbox {
  #last = 0;

  override keep(_event: IncomingEvent): Promise<Kept> {
    this.#last += 1;
    return Promise.resolve({ outcome: 'accepted', event: this.#last, conflicting: false });
  }
}

// As a service has it: the file is written in a thread of its own.
const database = new Database(`sqlite:${path}`, { startWriter });
await database.migrate();
await database.serve();
const sealing = store === 'sealed' ? await sealingOver() : undefined;

async function sealingOver(): Promise<Sealing> {
  makeKeyFile(`${path}.key`);
  const ring = new KeyRing(new KeyStore(`sqlite:${path}.people`), `${path}.key`);
  const made = new Sealing({ database, ring, now: Date.now });
  await made.open('begin');
  return made;
}

const listener = new HttpListener({
  listener: { host: '127.0.0.1', port: 0 },
  routers: [
    intakeRouter({
      sources: [{ name: 'huntflow', secrets: [secret], unsigned: false, scope: undefined, stages: {} }],
      inbox: store === 'none' ? new Forgetful(database) : new Inbox(database, sealing?.seals),
      report: new Report(createLog('silent')),
      bodyLimit: 10 * 1024 ** 2,
      now: Date.now,
      kept: () => undefined,
      keeping: () => undefined,
      watch: new WebhookWatch(),
      forwarded: () => undefined,
    }),
  ],
  failed: (error) => console.error(error),
  refused: (reason) => console.error(reason),
});
console.log(await listener.start());
process.once('SIGTERM', () => void stop());

async function stop(): Promise<void> {
  await listener.stop(AbortSignal.timeout(1000));
  await sealing?.close();
  await database.close();
}
