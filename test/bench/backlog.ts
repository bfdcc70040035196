import BetterSqlite from 'better-sqlite3';
import pg from 'pg';
import { Database } from '../../src/database/database.ts';
import { sqliteFile } from '../../src/database/url.ts';

/** Whom everything waits for. */
export const backlogTarget = 'intranet';

export interface Backlog {
  /** Lanes of ten waiting deliveries each. */
  readonly lanes: number;
  /** Deliveries of one key behind its dead letter. */
  readonly behind: number;
  /** Dead letters, each of a key of its own. */
  readonly dead: number;
}

export const small: Backlog = { lanes: 1000, behind: 0, dead: 0 };
export const large: Backlog = { lanes: 100_000, behind: 100_000, dead: 100_000 };

/** Fills a new database by set-based SQL, with records that the REST adapter can send. */
export async function fillBacklog(url: string, backlog: Backlog): Promise<void> {
  const database = new Database(url);
  await database.migrate();
  await database.close();
  const file = sqliteFile(url);
  if (file === undefined) {
    // Not over the connector's own connection, which gives a statement 30 s.
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    for (const statement of [...statements(backlog), 'vacuum analyze']) await client.query(statement);
    await client.end();
  } else {
    const sqlite = new BetterSqlite(file);
    for (const statement of [...statements(backlog), 'analyze']) sqlite.exec(statement);
    sqlite.close();
  }
}

function statements({ lanes, behind, dead }: Backlog): string[] {
  const numbers = (count: number) =>
    `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count})`;
  const record = JSON.stringify({ path: '/employees', body: { text: 'x'.repeat(450) } });
  const lane = 'insert into lanes (target, key, head, tail, due_at, lease_until, token, attempts)';
  const delivery =
    'insert into deliveries (lane_id, pos, event_id, mapping, mapping_hash, target, key, scope, state, ' +
    'record, idempotency_key, created_at, attempts)';
  const columns = (pos: string, state: string, attempts: string) =>
    `lanes.id, ${pos}, 1, 'm', 'h', lanes.target, lanes.key, 's', ${state}, '${record}', lanes.id || '-' || ` +
    `${pos}, 1, ${attempts}`;
  return [
    `${lane} ${numbers(lanes)} select '${backlogTarget}', 'k' || i, 1, 10, i, 0, 0, 0 from n`,
    `${delivery} ${numbers(10)} select ${columns('n.i', "'pending'", '0')} from lanes cross join n where ` +
      `lanes.key like 'k%'`,
    ...(behind === 0
      ? []
      : [
          `${lane} values ('${backlogTarget}', 'blocked', 1, ${behind + 1}, null, 0, 0, 1)`,
          `${delivery} ${numbers(behind + 1)} select ${columns('n.i', "case when n.i = 1 then 'dead' else 'pending' end", 'case when n.i = 1 then 1 else 0 end')} from lanes cross join n where lanes.key = 'blocked'`,
        ]),
    ...(dead === 0
      ? []
      : [
          `${lane} ${numbers(dead)} select '${backlogTarget}', 'd' || i, 1, 1, null, 0, 0, 1 from n`,
          `${delivery} select ${columns('1', "'dead'", '1')} from lanes where lanes.key like 'd%'`,
        ]),
  ];
}
