import BetterSqlite from 'better-sqlite3';
import pg from 'pg';
import { sqliteFile } from '../../src/database/url.ts';

/** Deliveries of five to a lane, as years of hires leave them; every twentieth lane stands still, every other blocks. */
export async function fillDeliveries(url: string, count: number): Promise<void> {
  const file = sqliteFile(url);
  if (file === undefined) {
    // Not over the connector's own connection, which gives a statement 30 s.
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    for (const statement of [...statements(count, 'chr'), 'vacuum analyze']) await client.query(statement);
    await client.end();
  } else {
    const sqlite = new BetterSqlite(file);
    // Nobody analyses the file of an installation.
    for (const statement of statements(count, 'char')) sqlite.exec(statement);
    sqlite.close();
  }
}

/** When the first was made, milliseconds since 1970; each next one a second later. */
export const firstMade = 1_700_000_000_000;

function statements(count: number, character: 'chr' | 'char'): string[] {
  const lanes = count / 5;
  const numbers = (most: number) => `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${most})`;
  // The lane i % 20: 0 dead at its last place, 1 dead at the one before with one behind, 2 waits.
  const state = `case when lane % 20 = 0 and pos = 5 or lane % 20 = 1 and pos = 4 then 'dead'
    when lane % 20 in (1, 2) and pos = 5 then 'pending' when lane % 20 = 3 and pos = 1 then 'cancelled'
    else 'delivered' end`;
  const cause = `'cause' || ((lane / 20) % 25)`;
  return [
    `insert into causes (id, target, kind, code, field, text) ${numbers(25)}
      select 'cause' || (i - 1), 'zup', 'rejected', null, null, '{"ru":"нет отдела","en":"no division"}' from n`,
    `insert into lanes (target, key, head, tail, due_at) ${numbers(lanes)}
      select 'target-' || (i % 3), 's' || ${character}(31) || 'applicant/' || i,
        case i % 20 when 0 then 5 when 1 then 4 when 2 then 5 else 6 end, 5,
        case i % 20 when 2 then 1 else null end from n`,
    `insert into deliveries (lane_id, pos, event_id, mapping, mapping_hash, target, key, scope, state, reason, record,
      idempotency_key, created_at, finished_at, applicant, vacancy, person, cause, attention) ${numbers(5)}
      select lane, pos, lane, mapping, 'h', target, 'applicant/' || lane, 's', state,
        case when state = 'dead' then 'rejected' end, '{"name":"x"}', '', ${firstMade} + at * 1000, ${firstMade} + at * 1000,
        cast(lane as text), cast(lane % 5000 as text), lane, case when state = 'dead' then ${cause} end,
        case when state = 'delivered' and lane % 400 = 7 then '[{"ru":"х","en":"x"}]' end
      from (
        select lanes.id as lane, n.i as pos, lanes.target, (n.i - 1) * ${lanes} + lanes.id as at, ${state.replaceAll('lane', 'lanes.id').replaceAll('pos', 'n.i')} as state,
          case when lanes.id = 5 and n.i = 1 then 'rare' else 'mapping-' || (n.i % 4) end as mapping
        from n cross join lanes order by n.i, lanes.id
      ) as made`,
  ];
}
