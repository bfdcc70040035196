import type { Delivery } from '../../outbox/delivery.ts';
import { awaitsAttention } from '../../shown/delivery.ts';

export function stateWords(delivery: Delivery): string {
  if (awaitsAttention(delivery)) return `${delivery.state} (attention)`;
  if (delivery.state === 'dead' && delivery.reason !== null) return `${delivery.state} (${delivery.reason})`;
  return delivery.blocked ? `${delivery.state} (blocked)` : delivery.state;
}
