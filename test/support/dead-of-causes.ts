import BetterSqlite from 'better-sqlite3';
import pg from 'pg';
import { sqliteFile } from '../../src/database/url.ts';

/** A cause by its text, and how many deliveries are dead of it. */
export type DeadOf = Readonly<Record<string, number>>;

/** Dead letters to a target, each of a person and a lane of its own, as a night without a dictionary leaves them. */
export async function fillDead(url: string, target: string, causes: DeadOf): Promise<void> {
  const file = sqliteFile(url);
  if (file === undefined) {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    for (const statement of statements(target, causes)) await client.query(statement);
    await client.end();
    return;
  }
  const sqlite = new BetterSqlite(file);
  for (const statement of statements(target, causes)) sqlite.exec(statement);
  sqlite.close();
}

function statements(target: string, causes: DeadOf): string[] {
  let from = 500_000;
  return Object.entries(causes).flatMap(([text, count], place) => {
    from += 10_000;
    const numbers = `with recursive n(i) as (select ${from + 1} union all select i + 1 from n where i < ${from + count})`;
    return [
      `insert into causes (id, target, kind, code, field, text)
        values ('cause-${place}', '${target}', 'rejected', null, null, '{"ru":"${text}","en":"${text}"}')`,
      `insert into lanes (target, key, head, tail, due_at) ${numbers} select '${target}', 'dead/' || i, 1, 1, null from n`,
      `insert into deliveries (lane_id, pos, event_id, mapping, mapping_hash, target, key, scope, state, reason, record,
        idempotency_key, created_at, finished_at, applicant, cause) ${numbers}
        select lanes.id, 1, 1, 'hire', 'h', '${target}', lanes.key, 's', 'dead', 'rejected', '{"name":"x"}', '', n.i, n.i,
          cast(n.i as text), 'cause-${place}' from n join lanes on lanes.key = 'dead/' || n.i`,
    ];
  });
}
