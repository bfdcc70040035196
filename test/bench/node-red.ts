import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { freePort } from '../support/postgres.ts';
import type { Peer } from './peer.ts';
import type { Server } from './processes.ts';

const record = `const a = msg.payload.event.applicant, log = msg.payload.event.applicant_log;
msg.payload = { externalId: String(a.id), lastName: a.last_name, firstName: a.first_name, middleName: a.middle_name, birthday: a.birthday, phone: a.phone, email: a.email,
  position: log.vacancy && log.vacancy.position, startDate: log.employment_date };
msg.headers = { "content-type": "application/json" };
return msg;`;

/** http in → function → http request → http response, at its defaults; it checks no signature and keeps nothing. */
export async function startNodeRed(peer: Peer, sink: string): Promise<Server> {
  const port = await freePort();
  const node = (id: string, type: string, next: readonly string[], more: object) => ({
    id,
    type,
    z: 'flow',
    x: 100,
    y: 100,
    wires: [next],
    ...more,
  });
  writeFileSync(
    peer.path('flows.json'),
    JSON.stringify([
      { id: 'flow', type: 'tab', label: 'hire' },
      node('in', 'http in', ['make'], { url: '/webhooks/huntflow', method: 'post', upload: false }),
      node('make', 'function', ['out'], { func: record, outputs: 1 }),
      node('out', 'http request', ['answer'], { method: 'POST', ret: 'obj', url: `${sink}/employees`, persist: true }),
      node('answer', 'http response', [], { statusCode: '200', headers: {} }),
    ]),
  );
  writeFileSync(
    peer.path('settings.cjs'),
    'module.exports = { logging: { console: { level: "off" } }, httpAdminRoot: false, telemetry: { enabled: false } };',
  );
  const child = spawn(
    process.execPath,
    [
      peer.path('node_modules', 'node-red', 'red.js'),
      '-u',
      peer.folder,
      '-s',
      peer.path('settings.cjs'),
      '-p',
      String(port),
      peer.path('flows.json'),
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const url = `http://127.0.0.1:${port}`;
  for (let left = 300; left > 0; left -= 1) {
    const answer = await fetch(`${url}/webhooks/huntflow`, { method: 'GET' }).catch(() => undefined);
    if (answer !== undefined) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  // The route exists a moment after the port does.
  await new Promise((resolve) => setTimeout(resolve, 1500));
  return {
    url,
    child,
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
      }),
  };
}
