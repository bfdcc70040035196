import { Procedure } from '../database/procedure.ts';
import { statement } from '../database/statement.ts';
import type { Sighting } from './alarm.ts';

const dropOwn = statement<{ instance: string; before: number }>(
  'delete from sightings where instance = :instance or seen_at < :before',
);

const insertSighting = statement<{ instance: string; cause: string; sighting: string; now: number }>(`
  insert into sightings (instance, cause, sighting, seen_at) values (:instance, :cause, :sighting, :now)`);

/** An instance that has not said so for as long is gone, and what it saw with it; milliseconds. */
export const sightingTime = 60_000;

/** What an instance sees of its own machine, in the place of what it saw before. */
export const keepSightings = new Procedure(
  'keepSightings',
  async (
    transaction,
    values: { readonly instance: string; readonly now: number; readonly sightings: readonly Sighting[] },
  ): Promise<void> => {
    const { instance, now, sightings } = values;
    await dropOwn(transaction, { instance, before: now - 10 * sightingTime });
    for (const sighting of sightings)
      await insertSighting(transaction, { instance, cause: sighting.cause, sighting: JSON.stringify(sighting), now });
  },
);
