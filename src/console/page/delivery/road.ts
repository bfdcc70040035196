import type { DeliveryDetail } from '../api/answers.ts';

/** One stop of the road: `done` behind it, `here` it stands, `stopped` it cannot go on, `ahead` not reached. */
export interface Stop {
  readonly name: 'webhook' | 'mapped' | 'queue' | 'target';
  readonly is: 'done' | 'here' | 'stopped' | 'ahead';
  /** ISO; null: not yet. */
  readonly at: string | null;
}

type Travelled = Pick<DeliveryDetail, 'state' | 'reason' | 'blocked' | 'createdAt' | 'attempts' | 'event'>;

/** Where a delivery stands between the webhook and its target. */
export function roadOf(delivery: Travelled): readonly Stop[] {
  const { state, reason, createdAt, attempts, event } = delivery;
  const unmapped = reason === 'mapping failed' && state === 'dead';
  const first = attempts[0];
  const last = attempts.at(-1);
  const ended = last === undefined ? null : new Date(Date.parse(last.startedAt) + last.milliseconds).toISOString();
  return [
    { name: 'webhook', is: 'done', at: event?.receivedAt ?? createdAt },
    { name: 'mapped', is: unmapped ? 'stopped' : 'done', at: createdAt },
    { name: 'queue', is: queueOf(delivery, unmapped), at: first?.startedAt ?? null },
    { name: 'target', is: targetOf(delivery, unmapped), at: state === 'delivered' ? ended : null },
  ];
}

function queueOf({ state, blocked, attempts }: Travelled, unmapped: boolean): Stop['is'] {
  if (unmapped) return 'ahead';
  if (state === 'pending') return blocked ? 'stopped' : 'here';
  return state === 'cancelled' && attempts.length === 0 ? 'stopped' : 'done';
}

function targetOf({ state, attempts }: Travelled, unmapped: boolean): Stop['is'] {
  if (unmapped) return 'ahead';
  switch (state) {
    case 'delivered':
      return 'done';
    case 'sending':
      return 'here';
    case 'dead':
      return 'stopped';
    case 'cancelled':
      return attempts.length > 0 ? 'stopped' : 'ahead';
    case 'pending':
      return 'ahead';
  }
}
