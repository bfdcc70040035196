import type { InferType, TypeFromShape } from 'yup';
import type { alarmSchema } from '../../../shown/alarm.ts';
import type { auditSchema } from '../../../shown/audit.ts';
import type { bulkDetailSchema, bulkSchema, previewSchema } from '../../../shown/bulk.ts';
import type { attentionSchema, blockedSchema, causeSchema } from '../../../shown/cause.ts';
import type { eventDetailFields, eventSchema } from '../../../shown/event.ts';
import type { mappedSchema } from '../../../shown/mapped.ts';
import type { mappingSchema } from '../../../shown/mapping.ts';
import type { personSchema, roadSchema } from '../../../shown/person.ts';
import type { replayedSchema } from '../../../shown/replayed.ts';
import type { mappingEventSchema } from '../../workbench/mapping-events.ts';
import type { comparisonSchema } from '../../workbench/compare.ts';
import type { targetFieldsSchema } from '../../workbench/target-fields.ts';
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
/** With how many of a person's deliveries are open. */
export type FoundPerson = InferType<typeof personSchema> & { readonly stopped: number; readonly waiting: number };
export type PersonRoad = InferType<typeof roadSchema>;
export type CheckedTarget = InferType<typeof checkedSchema>;
export type ShownBulk = InferType<typeof bulkSchema>;
export type BulkDetail = InferType<typeof bulkDetailSchema>;
export type BulkPreview = InferType<typeof previewSchema> & { readonly token: string; readonly expiresAt: string };
export type ShownAudit = InferType<typeof auditSchema>;
export type ShownMapping = InferType<typeof mappingSchema>;

export type ShownAlarm = InferType<typeof alarmSchema>;
export type Replayed = InferType<typeof replayedSchema>;
export type MappingEvent = InferType<typeof mappingEventSchema>;
export type Comparison = InferType<typeof comparisonSchema>;

/** What the text of a mapping makes of an event. */
export interface MappingPreview {
  readonly faults: ShownMapping['faults'];
  readonly mapped: InferType<typeof mappedSchema> | null;
  readonly problems: readonly { readonly field: string | null; readonly text: string }[];
}

/** What may stand in a mapping. */
export interface Completion {
  readonly names: readonly { readonly name: string; readonly value: string | null }[];
  readonly dictionaries: readonly { readonly name: string; readonly keys: readonly string[] }[];
  readonly target: InferType<typeof targetFieldsSchema> | null;
}

/** One's own draft, or the file as it is. */
export interface Draft {
  readonly text: string;
  /** What the file was when the work on it began. */
  readonly base: string | null;
  /** Null: there is no draft. */
  readonly savedAt: string | null;
  readonly file: string | null;
  /** The file as it stands on the disk, and what tells it from another. */
  readonly source: string | null;
  readonly sourceHash: string | null;
}

export interface KeptDraft {
  readonly mapping: string;
  readonly savedAt: string;
}
