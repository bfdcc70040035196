import type { Database } from '../database/database.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { TargetStates } from '../targets/target-state.ts';
import type { Target } from '../targets/target.ts';
import type { Sighting } from './alarm.ts';
import { attentionSightings, blockedSightings, deadSightings, targetSightings } from './outbox-sightings.ts';
import type { AlarmRule } from './rule.ts';
import { restingSightings } from './target-sightings.ts';
import { webhookSightings, type WebhookTimes } from './webhook-sightings.ts';

interface Stores {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly states: TargetStates;
}

/** What every instance can see, for it stands in the database. */
export async function sharedSightings(
  { database, outbox, states }: Stores,
  targets: readonly Pick<Target, 'name' | 'adapter'>[],
  rules: readonly AlarmRule[],
  { sources, ...times }: WebhookTimes & { readonly sources: readonly string[] },
): Promise<Sighting[]> {
  const { queries } = database;
  return [
    ...deadSightings(await outbox.causes(), new Map(targets.map(({ name, adapter }) => [name, adapter.type]))),
    ...(await blockedSightings(queries, times.now)),
    ...attentionSightings(await outbox.attention()),
    ...(await targetSightings(
      queries,
      rules.map(({ to }) => to),
      times.now,
    )),
    ...restingSightings({
      names: targets.map(({ name }) => name),
      states: await states.all(),
      open: await outbox.openAtAGlance(),
      now: times.now,
      zone: times.zone,
    }),
    ...(await webhookSightings(queries, sources, times)),
  ];
}
