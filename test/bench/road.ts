import { mkdirSync, writeFileSync } from 'node:fs';
import { Workspace } from '../support/workspace.ts';
import { measured, runScript, type Server, startServer } from './processes.ts';

const secret = 'bench-secret';
const mapping = `mapping: hire
on: { event: APPLICANT, type: STATUS, action: ADD, stage: hired }
to: intranet
key: =event.id
record:
  path: /employees
  body:
    externalId: { from: =applicant.id, as: string }
    lastName: =applicant.last_name
    firstName: =applicant.first_name
    middleName: =applicant.middle_name
    birthday: { from: =applicant.birthday, as: date }
    phone: =applicant.phone
    email: =applicant.email
    position: =vacancy.position
    division: =vacancy.account_division.name
    startDate: { from: =log.employment_date, as: date }
    request: =log.hired_in_fill_quota.vacancy_request
    event: =event.id
`;

/** From the first webhook to the last record at the target, events a second. */
export async function wholeWay(way: 'connector' | 'forwarder' | ((sink: string) => Promise<Server>), count: number, database: (workspace: Workspace) => string): Promise<number> {
  const workspace = new Workspace();
  const sink = await startServer('./sink.ts', []);
  const server = await (way === 'forwarder' ? startServer('./forwarder.ts', [sink.url, secret]) : way === 'connector' ? connector(workspace, sink.url, database(workspace)) : way(sink.url));
  try {
    const url = `${server.url}/webhooks/huntflow`;
    await runScript('./load.ts', [url, '300', '16', secret], measured);
    await arrived(sink, 300);
    const began = performance.now();
    await runScript('./load.ts', [url, String(count), '16', secret], measured);
    await arrived(sink, 300 + count);
    return count / ((performance.now() - began) / 1000);
  } finally {
    await server.stop();
    await sink.stop();
    workspace.remove();
  }
}

async function connector(workspace: Workspace, sink: string, database: string): Promise<Server> {
  mkdirSync(workspace.path('mappings'));
  writeFileSync(workspace.path('mappings', 'hire.yaml'), mapping);
  writeFileSync(workspace.path('connector.yaml'), `server: { port: 0 }
console: { port: 0 }
database: { url: "${database}" }
mappings: ./mappings
stages: { hired: [ 33 ] }
sources: { huntflow: { secrets: [ ${secret} ] } }
targets: { intranet: { adapter: rest, settings: { baseUrl: "${sink}" }, concurrency: 16 } }
`);
  return startServer('./road-server.ts', [workspace.path('connector.yaml')]);
}

async function arrived(sink: Server, count: number): Promise<void> {
  for (let patience = 6000; patience > 0; patience -= 1) {
    if (Number(await (await fetch(sink.url)).text()) >= count) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`the target got fewer than ${count} records within a minute`);
}
