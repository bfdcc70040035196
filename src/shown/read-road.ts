import type { Inbox } from '../inbox/inbox.ts';
import type { Delivery } from '../outbox/delivery.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Person } from '../people/people.ts';
import type { TargetStates } from '../targets/target-state.ts';
import type { Target } from '../targets/target.ts';
import type { Text } from '../text.ts';
import type { Road } from './person.ts';

/** Of a person's life that is shown. */
const mostRows = 500;

interface RoadParts {
  readonly inbox: Inbox;
  readonly outbox: Outbox;
  readonly targets: readonly Target[];
  readonly states: TargetStates;
  readonly now: () => number;
  readonly zone: string;
}

/** Everything that is known of one person's way, for `shownRoad`. */
export async function readRoad(parts: RoadParts, person: Person): Promise<Road> {
  const { inbox, outbox, states, now, zone } = parts;
  const [events, deliveries] = await Promise.all([
    inbox.list({ people: person.ids, limit: mostRows }),
    outbox.list({ people: person.ids, limit: mostRows }),
  ]);
  const [receipts, known] = [await receiptsOf(parts, deliveries), await states.all()];
  return { person, events, deliveries, receipts, known, now: now(), zone };
}

/** Of 1C, whose receipts say what was made of the person; that others answered with 200 tells nothing more. */
async function receiptsOf(
  { outbox, targets }: RoadParts,
  deliveries: readonly Delivery[],
): Promise<ReadonlyMap<number, Text>> {
  const receipts = new Map<number, Text>();
  for (const { name, adapter } of targets) {
    const latest = deliveries.find(({ target }) => target === name);
    if (!adapter.type.startsWith('onec') || latest?.state !== 'delivered') continue;
    const summary = (await outbox.attempts(latest.id)).at(-1)?.summary;
    if (summary) receipts.set(latest.id, summary);
  }
  return receipts;
}
