import type { InferType, TypeFromShape } from 'yup';
import type { auditSchema } from '../../../shown/audit.ts';
import type { bulkDetailSchema, bulkSchema, previewSchema } from '../../../shown/bulk.ts';
import type { attentionSchema, blockedSchema, causeSchema } from '../../../shown/cause.ts';
import type { eventDetailFields, eventSchema } from '../../../shown/event.ts';
import type { mappingSchema } from '../../../shown/mapping.ts';
import type { personSchema, roadSchema } from '../../../shown/person.ts';
import type { detailSchema } from '../../routes/delivery-detail.ts';
import type { checkedSchema } from '../../routes/targets.ts';

export type { ShownAttempt, ShownDelivery } from '../../../shown/delivery.ts';
export type { ShownOverview } from '../../../shown/overview.ts';
export type { ShownTarget } from '../../../shown/target.ts';

/** What a list answers. */
export interface List<Item> {
  readonly items: readonly Item[];
  /** A cursor; null at the end. */
  readonly next: string | null;
}

export type DeliveryDetail = InferType<typeof detailSchema>;
export type ShownCause = InferType<typeof causeSchema>;
export type ShownBlocked = InferType<typeof blockedSchema>;
export type ShownAttention = InferType<typeof attentionSchema>;
export type ShownEvent = InferType<typeof eventSchema>;
export type EventDetail = TypeFromShape<typeof eventDetailFields, object>;
export type ShownPerson = InferType<typeof personSchema>;
export type PersonRoad = InferType<typeof roadSchema>;
export type CheckedTarget = InferType<typeof checkedSchema>;
export type ShownBulk = InferType<typeof bulkSchema>;
export type BulkDetail = InferType<typeof bulkDetailSchema>;
export type BulkPreview = InferType<typeof previewSchema> & { readonly token: string; readonly expiresAt: string };
export type ShownAudit = InferType<typeof auditSchema>;
export type ShownMapping = InferType<typeof mappingSchema>;

/** One mapping of one event, mapped anew. */
export interface Replayed {
  readonly event: number;
  readonly mapping: string;
  readonly target: string;
  readonly original: number | null;
  readonly result: 'same' | 'changed' | 'new' | 'skipped' | 'failed';
  readonly delivery: number | null;
  readonly why: string | null;
  readonly differences: readonly { readonly field: string; readonly before: unknown; readonly after: unknown }[];
}
