// `node test/bench/console.ts [sqlite|postgres] [deliveries] [url]`: how long the data of each screen takes, over HTTP,
// with a million deliveries of which the dead are the oldest; then the same while 200 hires a second come in and are
// delivered. `url`: of a database that an earlier run filled.
import BetterSqlite from 'better-sqlite3';
import pg from 'pg';
import { App } from '../../src/app.ts';
import { Database } from '../../src/database/database.ts';
import { sqliteFile } from '../../src/database/url.ts';
import { createLog } from '../../src/report/log.ts';
import { PostgresServer } from '../support/postgres.ts';
import { HttpStandIn } from '../../stand-ins/http-stand-in.ts';
import { hire, postWebhook } from '../support/webhook.ts';
import { request } from '../support/request.ts';
import { writeFiles } from '../support/service.ts';
import { Workspace } from '../support/workspace.ts';

const [, , engine = 'sqlite', wanted = '1000000', filled] = process.argv;
const deliveries = Number(wanted);
const troubled = Math.min(5000, deliveries / 10);
const rounds = 30;

const screens: readonly (readonly [path: string, body?: object])[] = [
  ['/overview'],
  ['/deliveries'],
  ['/deliveries?state=dead'],
  ['/deliveries?state=pending'],
  ['/deliveries?state=blocked'],
  ['/deliveries?state=cancelled'],
  ['/deliveries?state=dead&target=staff-csv'],
  ['/deliveries?reason=rejected'],
  ['/deliveries?mapping=rare'],
  ['/deliveries?target=gone'],
  ['/deliveries?cause=c1'],
  ['/deliveries?applicant=77'],
  ['/deliveries?vacancy=5'],
  ['/deliveries?key=applicant/77'],
  ['/deliveries?event=77'],
  ['/deliveries?from=2001-01-01&to=2001-01-02'],
  ['/deliveries/77'],
  [`/deliveries/${deliveries - 5}`],
  ['/events'],
  ['/events?state=failed'],
  ['/events?event=OFFER'],
  ['/events?applicant=77'],
  ['/events?q=applicant/77'],
  ['/events?from=2001-01-01&to=2001-01-02'],
  ['/events/77'],
  ['/causes'],
  ['/blocked'],
  ['/attention'],
  ['/targets'],
  ['/mappings'],
  ['/bulk'],
  ['/audit'],
  ['/alarms'],
  ['/people/search', { q: '77' }],
];

const mapping = `mapping: hire-to-taking
on: { event: APPLICANT, type: STATUS, action: ADD, stage: hired }
to: taking
record: { path: /hires, body: { id: =applicant.id } }
`;

const workspace = new Workspace();
const taking = await HttpStandIn.start();
const server = engine === 'postgres' && filled === undefined ? await PostgresServer.start() : undefined;
const url =
  filled !== undefined
    ? filled
    : server === undefined
      ? `sqlite:${workspace.path('var', 'connector.db')}`
      : await server.createDatabase();
try {
  if (filled === undefined) await fill();
  const config = writeFiles(workspace, {
    config: {
      database: { url },
      targets: {
        'staff-csv': { adapter: 'csv', settings: { folder: '../drop', create: true, name: 'hires.csv' } },
        taking: { adapter: 'rest', settings: { baseUrl: taking.url }, concurrency: 8 },
      },
    },
    mappings: { 'taking.yaml': mapping },
  });
  const app = await App.create(config, { log: createLog('silent') });
  await app.start();
  console.log('   quiet   changing  answer');
  const quiet = new Map<string, number>();
  for (const [path, body] of screens) quiet.set(path, (await measure(`${app.consoleUrl}/api${path}`, body)).time);
  const changes = change(app.serverUrl);
  for (const [path, body] of screens) {
    const { time, status } = await measure(`${app.consoleUrl}/api${path}`, body);
    console.log(`${shown(quiet.get(path))} ${shown(time)}  ${status}  ${path}`);
  }
  console.log(`${await changes.end()} hires came meanwhile, ${taking.arrivals.length} were delivered`);
  await app.stop();
} finally {
  await taking.stop();
  await server?.stop();
  workspace.remove();
}

function shown(time: number | undefined): string {
  return `${(time ?? 0).toFixed(0).padStart(6)} ms`;
}

/** 200 hires a second, until it ends; says how many were taken. */
function change(address: string): { end(): Promise<number> } {
  let [sent, kept] = [0, 0];
  const ended = new AbortController();
  const first = Date.now() % 1_000_000_000;
  const done = (async () => {
    while (!ended.signal.aborted) {
      const posted = Array.from({ length: 20 }, () => postWebhook(address, hire(first + (sent += 1))));
      const [answers] = await Promise.all([Promise.all(posted), new Promise((resolve) => setTimeout(resolve, 100))]);
      kept += answers.filter(({ status }) => status === 200).length;
    }
    return kept;
  })();
  return {
    end: () => {
      ended.abort();
      return done;
    },
  };
}

async function measure(
  address: string,
  body: object | undefined,
): Promise<{ readonly time: number; readonly status: number }> {
  const times: number[] = [];
  let status = 0;
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now();
    const answer = await request(address, {
      method: body === undefined ? 'GET' : 'POST',
      ...(body !== undefined && {
        body: Buffer.from(JSON.stringify(body)),
        headers: { 'content-type': 'application/json' },
      }),
    });
    times.push(performance.now() - began);
    status = answer.status;
    if (times[0] !== undefined && times[0] > 2000) break;
  }
  const sorted = times.toSorted((a, b) => a - b);
  const p95 = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.95))] ?? 0;
  return { time: p95, status };
}

async function fill(): Promise<void> {
  const database = new Database(url);
  await database.migrate();
  await database.close();
  const file = sqliteFile(url);
  if (file === undefined) {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    for (const statement of [...statements(), 'vacuum analyze']) await client.query(statement);
    await client.end();
  } else {
    const sqlite = new BetterSqlite(file);
    // Nobody analyses the file of an installation.
    for (const statement of statements()) sqlite.exec(statement);
    sqlite.close();
  }
}

function statements(): string[] {
  const n = `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${deliveries})`;
  const binary = engine === 'postgres' ? `convert_to('{}', 'UTF8')` : `cast('{}' as blob)`;
  const row = (columns: string, values: string, table: string) =>
    `insert into ${table} (${columns}) ${n} select ${values} from n`;
  return [
    row(
      'source, scope, event, type, action, state, received_at, finished_at, body, body_size, headers',
      `'huntflow', 's', 'APPLICANT', 'STATUS', 'ADD', case when i = 9 then 'failed' else 'mapped' end, ` +
        `1700000000000 + i * 100, 1700000000000 + i * 100, ${binary}, 2, '{}'`,
      'events',
    ),
    row(
      'target, key, head, tail, due_at, lease_until, token, attempts',
      `'staff-csv', 'applicant/' || i, 1, 1, null, 0, 0, 0`,
      'lanes',
    ),
    row(
      'lane_id, pos, event_id, mapping, mapping_hash, target, key, scope, state, reason, record, idempotency_key, ' +
        'created_at, finished_at, attempts, applicant, vacancy, cause, attention',
      `i, 1, i, case when i = 3 then 'rare' else 'hire-to-csv' end, 'h', 'staff-csv', 'applicant/' || i, 's', ` +
        `case when i <= ${troubled} then 'dead' when i <= ${2 * troubled} then 'pending' else 'delivered' end, ` +
        `case when i <= ${troubled} then 'rejected' end, '{"a":1}', cast(i as text), 1700000000000 + i * 100, ` +
        `case when i <= ${troubled} or i > ${2 * troubled} then 1700000000000 + i * 100 end, 1, cast(i / 2 as text), ` +
        `cast(i % 1000 as text), case when i <= ${2 * troubled} then 'c' || (i % 3) end, ` +
        `case when i > ${2 * troubled} and i <= ${3 * troubled} then '[{"ru":"x","en":"x"}]' end`,
      'deliveries',
    ),
    row(
      'delivery_id, number, started_at, finished_at, outcome, exchanges, warnings',
      `i, 1, 1700000000000, 1700000000001, 'delivered', '[]', '[]'`,
      'attempts',
    ),
    ...[0, 1, 2].map(
      (cause) =>
        `insert into causes (id, target, kind, text) values ('c${cause}', 'staff-csv', 'rejected', '{"ru":"x","en":"x"}')`,
    ),
  ];
}
