import type { Config } from '../config/config.ts';
import { writtenFolders } from '../config/folders.ts';
import type { Database } from '../database/database.ts';
import type { Mappings } from '../mapping/mappings.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Standing } from '../report/standing-metrics.ts';
import { seenState, type TargetStates } from '../targets/target-state.ts';
import type { Target } from '../targets/target.ts';
import { unsettledAlarms } from './alarm-store.ts';
import { freeSpace } from './machine-sightings.ts';

interface StandingParts {
  readonly config: Config;
  readonly targets: readonly Target[];
  readonly database: Database;
  readonly outbox: Outbox;
  readonly states: TargetStates;
  readonly mappings: Mappings;
  readonly now: () => number;
}

/** How things stand now, for whoever scrapes metrics. */
export async function readStanding(parts: StandingParts): Promise<Standing> {
  const { config, targets, database, outbox, states, mappings, now } = parts;
  const known = await states.all();
  const rows = await database.queries.selectFrom('webhooks').select(['source', 'last_at']).execute();
  const alarms = new Map<string, number>();
  for (const { kind, overAt } of await unsettledAlarms(database.queries))
    if (overAt === null) alarms.set(kind, (alarms.get(kind) ?? 0) + 1);
  const folders = [...new Set(writtenFolders(config, targets))];
  const free = await Promise.all(folders.map((folder) => freeSpace(folder)));
  return {
    webhooks: rows.map((row) => ({ source: row.source, lastAt: row.last_at })),
    resting: targets.map(({ name }) => {
      const target = known.get(name);
      const state = target === undefined ? 'active' : seenState(target, now()).state;
      return { target: name, rests: state === 'resting' || state === 'held', paused: state === 'paused' };
    }),
    attention: await outbox.attention(),
    refusedMappings: mappings.refused.length,
    alarms,
    disks: folders.flatMap((folder, at) => {
      const bytes = free[at];
      return bytes === undefined ? [] : [{ folder, free: bytes }];
    }),
  };
}
