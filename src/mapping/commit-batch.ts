import type { Database } from '../database/database.ts';
import { isRefusal } from '../database/outage.ts';
import { errorCode } from '../process/error-code.ts';
import { withKeys } from '../people/hold-key.ts';
import { Seals } from '../people/seals.ts';
import { sealDeliveries } from '../outbox/seal-delivery.ts';
import type { Text } from '../text.ts';
import { commitMapped, type MappedBatch, type MappedEvent } from './commit-mapped.ts';

/**
 * Commits what mapping made of events, and returns them as they were committed: one that the database refuses fails
 * alone. Throws when the database is away, and LeaseLostError.
 */
export async function commitBatch(
  database: Database,
  batch: MappedBatch,
  seals = new Seals(database),
): Promise<readonly MappedEvent[]> {
  try {
    await withKeys(
      () => seals.doubt(),
      async () => database.call(commitMapped, { ...batch, events: await sealMapped(seals, batch.events) }),
    );
    return batch.events;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const [only] = batch.events;
    if (only !== undefined && batch.events.length === 1) return [await commitFailed(database, batch, only, error)];
  }
  // In their order still: whose commit is refused is known only when it goes alone.
  const committed: MappedEvent[] = [];
  for (const event of batch.events)
    committed.push(...(await commitBatch(database, { ...batch, events: [event] }, seals)));
  return committed;
}

/** Deliveries as they are written; what was mapped is told in clear. */
async function sealMapped(seals: Seals, events: readonly MappedEvent[]): Promise<readonly MappedEvent[]> {
  if (!seals.isOn) return events;
  return Promise.all(
    events.map(async (event) => ({
      ...event,
      deliveries: (
        await Promise.all(
          event.deliveries.map(async ({ delivery, once }) => {
            const [sealed] = await sealDeliveries(seals, [delivery]);
            return sealed === undefined ? [] : [{ delivery: sealed, once: once === null ? null : seals.keyOf(once) }];
          }),
        )
      ).flat(),
    })),
  );
}

async function commitFailed(
  database: Database,
  batch: MappedBatch,
  { id, scope }: MappedEvent,
  error: unknown,
): Promise<MappedEvent> {
  const failed: MappedEvent = { id, scope, state: 'failed', unreadable: refusedText(error), deliveries: [] };
  await database.call(commitMapped, { ...batch, events: [failed] });
  return failed;
}

/** Names the code alone: the words of a database quote what they refuse. */
export function refusedText(error: unknown): Text {
  const code = errorCode(error) ?? (error instanceof Error ? error.name : 'unknown');
  return {
    ru: `база данных не приняла то, что получилось (${code}): обычно это слишком длинное значение; исправьте маппинг и повторите`,
    en:
      `the database refused what was made of it (${code}): usually a value that is too long; mend the mapping and ` +
      'replay or retry',
  };
}
