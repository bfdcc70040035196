// Cost of a claim against a backlog.
import { Database } from '../../src/database/database.ts';
import { Outbox } from '../../src/outbox/outbox.ts';
import { backlogTarget } from './backlog.ts';
import { median } from './processes.ts';

/** Median milliseconds of one claim of 1, of 16 and of 64, each claimed lane given back at once. */
export async function claimCosts(url: string): Promise<readonly number[]> {
  const database = new Database(url);
  const outbox = new Outbox(database);
  await claimCost(outbox, 16, 30);
  const costs: number[] = [];
  for (const most of [1, 16, 64]) costs.push(await claimCost(outbox, most, 150));
  await database.close();
  return costs;
}

async function claimCost(outbox: Outbox, most: number, rounds: number): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now();
    const claims = await outbox.claim({
      target: backlogTarget,
      now: 2_000_000_000_000,
      until: 2_000_000_015_000,
      most,
    });
    times.push(performance.now() - began);
    for (const claim of claims) await outbox.release(claim);
  }
  return median(times);
}
