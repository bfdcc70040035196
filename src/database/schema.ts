import type { ColumnType, Generated } from 'kysely';

/** Milliseconds since 1970. */
type Time = number;
/** Set once, at insert. */
type Fixed<T> = ColumnType<T, T, never>;

/**
 * One accepted webhook. Its state: received → mapped, skipped (no mapping wanted it) or failed (its body cannot be
 * read); quarantined → received or failed, when somebody admits what nobody had signed rightly.
 */
export interface EventsTable {
  readonly id: Generated<number>;
  readonly source: Fixed<string>;
  readonly scope: Fixed<string>;
  /** Huntflow's event type (`APPLICANT`), from the body or else the header; null when neither says. */
  readonly event: Fixed<string | null>;
  readonly type: Fixed<string | null>;
  readonly action: Fixed<string | null>;
  readonly state: 'received' | 'mapped' | 'skipped' | 'failed' | 'quarantined';
  readonly received_at: Fixed<Time>;
  readonly finished_at: Time | null;
  /** The bytes as they came; null when they were over the limit. */
  readonly body: Uint8Array | null;
  readonly body_size: Fixed<number>;
  /** The X-Huntflow-* headers as JSON, without the signature. */
  readonly headers: Fixed<string>;
  /** A Text as JSON: why it failed. */
  readonly error: string | null;
  /** Whom it is about, a row of `people`; null: nobody, or not known yet. */
  readonly person: ColumnType<number | null, number | null | undefined, number | null>;
  /** What its sealed columns are bound to; null: nothing of it is sealed. */
  readonly seal: ColumnType<number | null, number | null | undefined, number | null>;
}

/** Dedupe keys; they outlive their events. A second variant (log id and action) of one key is an event of its own. */
interface EventKeysTable {
  readonly key: Fixed<string>;
  readonly variant: Fixed<string>;
  readonly event_id: number;
}

/**
 * The queue of one (target, key): the only row that a claim or a settle changes (measured in the design's prototype).
 */
interface LanesTable {
  readonly id: Generated<number>;
  readonly target: Fixed<string>;
  /** Null: the lane of one delivery that neither waits nor blocks. */
  readonly key: Fixed<string | null>;
  /** Position of the delivery whose turn it is; head > tail: idle. */
  readonly head: number;
  readonly tail: number;
  /** When the head may be tried; null: idle, blocked by a dead letter, or waiting to be mapped again. */
  readonly due_at: Time | null;
  /** 0: nobody holds it. */
  readonly lease_until: ColumnType<Time, Time | undefined, Time>;
  /** The fencing token: grows with every claim and every settle. */
  readonly token: ColumnType<number, number | undefined, number>;
  /** Attempts at the head that count towards the retry schedule and `retry.attempts`. */
  readonly attempts: ColumnType<number, number | undefined, number>;
  /** When the head was first tried, for `giveUp`; null before. */
  readonly tried_since: Time | null;
  /** Attempts at the head in a row that ended with their process, which cost nothing of the budget. */
  readonly interrupted: ColumnType<number, number | undefined, number>;
  /** Milliseconds between the end of the last attempt and `due_at`: one further away is a leap of the clock. */
  readonly wait: ColumnType<number, number | undefined, number>;
  /** Milliseconds of attempts and waits that count towards `retry.giveUp`, the present wait included. */
  readonly spent: ColumnType<number, number | undefined, number>;
  /** Attempts at the head that the target answered with a conflict and that are tried again for it. */
  readonly conflicts: ColumnType<number, number | undefined, number>;
}

/** One record owed to one target. `sending` is no stored state: it is a pending head whose lane is leased. */
export interface DeliveriesTable {
  readonly id: Generated<number>;
  readonly lane_id: Fixed<number>;
  readonly pos: Fixed<number>;
  /** Null: no event caused it, it is an alarm. */
  readonly event_id: Fixed<number | null>;
  readonly mapping: Fixed<string>;
  /** Hash of the mapping content that made the record. */
  readonly mapping_hash: string;
  readonly target: Fixed<string>;
  readonly key: Fixed<string | null>;
  readonly scope: Fixed<string>;
  readonly state: 'pending' | 'delivered' | 'dead' | 'cancelled';
  readonly reason: 'rejected' | 'gave up' | 'unknown outcome' | 'mapping failed' | null;
  /** The mapped document as JSON; null while its mapping has failed. */
  readonly record: string | null;
  readonly idempotency_key: string;
  readonly created_at: Fixed<Time>;
  readonly finished_at: Time | null;
  readonly attempts: ColumnType<number, number | undefined, number>;
  /** A Text as JSON. */
  readonly last_error: string | null;
  /** What earlier attempts achieved, as the adapter saved it, JSON. */
  readonly progress: string | null;
  /** The delivery of the same event and mapping that this one repeats. */
  readonly replay_of: Fixed<number | null>;
  /** Bytes of all exchanges that its attempts keep. */
  readonly attempt_bytes: ColumnType<number, number | undefined, number>;
  /** Findings of its receipt that a person should see, a list of Texts as JSON; null: none. */
  readonly attention: ColumnType<string | null, string | null | undefined, string | null>;
  /** The person and the vacancy it is about, Huntflow's ids; null: none, or not known. */
  readonly applicant: Fixed<string | null>;
  readonly vacancy: Fixed<string | null>;
  /** What its last failure has in common with others; null: none, or it was delivered. */
  readonly cause: string | null;
  /** The delivery whose place in the order it took, and the one that took its own, after an edit. */
  readonly replaces: Fixed<number | null>;
  readonly replaced_by: number | null;
  readonly edited_by: Fixed<string | null>;
  readonly edit_reason: Fixed<string | null>;
  readonly attention_seen_at: ColumnType<Time | null, Time | null | undefined, Time | null>;
  /** Whom it is about, a row of `people`; null: nobody, or not known yet. */
  readonly person: ColumnType<number | null, number | null | undefined, number | null>;
  /** What its sealed columns are bound to; null: nothing of it is sealed. */
  readonly seal: ColumnType<number | null, number | null | undefined, number | null>;
  /** The sealed text of a key that stands in `key` as its hash; null: `key` is the key. */
  readonly key_text: ColumnType<string | null, string | null | undefined, string | null>;
}

/** What failures have in common: written once, with the first of them. */
interface CausesTable {
  readonly id: Fixed<string>;
  readonly target: Fixed<string>;
  readonly kind: Fixed<'unavailable' | 'rejected' | 'unknown outcome' | 'mapping failed'>;
  readonly code: Fixed<string | null>;
  readonly field: Fixed<string | null>;
  /** A Text as JSON. */
  readonly text: Fixed<string>;
}

/** One action over a fixed set of deliveries. */
export interface BulksTable {
  readonly id: Generated<number>;
  readonly action: Fixed<'retry' | 'cancel' | 'remap' | 'replay'>;
  /** What was asked for, JSON; ids, no names. */
  readonly filter: Fixed<string>;
  readonly by: Fixed<string>;
  readonly state: 'previewed' | 'running' | 'done' | 'aborted';
  /** Rows a minute at most; null: as fast as it goes. */
  readonly pace: Fixed<number | null>;
  readonly created_at: Fixed<Time>;
  /** Its next rows are not done before. */
  readonly next_at: Time;
  readonly finished_at: Time | null;
  readonly total: number;
  readonly done: number;
  readonly failed: number;
}

/** A delivery of a bulk, in the order received, with what became of it. */
interface BulkRowsTable {
  readonly bulk_id: Fixed<number>;
  readonly pos: Fixed<number>;
  readonly delivery_id: Fixed<number>;
  readonly state: 'left' | 'done' | 'failed';
  /** A Text as JSON: why it was not done. */
  readonly why: string | null;
}

/** One try of a delivery; append-only, written in the transaction of the state change it caused. */
export interface AttemptsTable {
  readonly id: Generated<number>;
  readonly delivery_id: Fixed<number>;
  readonly number: Fixed<number>;
  readonly started_at: Fixed<Time>;
  readonly finished_at: Fixed<Time>;
  readonly outcome: Fixed<'delivered' | 'retry' | 'dead' | 'unknown'>;
  /** What the receipt or the error said: a Text as JSON. */
  readonly summary: Fixed<string | null>;
  /** Exchanges on the wire, masked and cut at 8 KB, JSON. */
  readonly exchanges: Fixed<string>;
  /** What the target changed in silence: a list of Texts as JSON. */
  readonly warnings: Fixed<string>;
  /** Whom it is about, a row of `people`; null: nobody, or not known yet. */
  readonly person: ColumnType<number | null, number | null | undefined, number | null>;
  /** What its sealed columns are bound to; null: nothing of it is sealed. */
  readonly seal: ColumnType<number | null, number | null | undefined, number | null>;
}

/** Values of `once:` that have made their delivery. */
interface OnceTable {
  readonly mapping: Fixed<string>;
  readonly scope: Fixed<string>;
  readonly value: Fixed<string>;
  readonly event_id: Fixed<number>;
}

/** What a Huntflow entity is called at a target. */
interface ReferencesTable {
  readonly target: Fixed<string>;
  readonly scope: Fixed<string>;
  readonly kind: Fixed<string>;
  readonly entity: Fixed<string>;
  readonly role: Fixed<string>;
  readonly entity_set: Fixed<string>;
  readonly name: string;
  /** JSON of the adapter's own, beside the name. */
  readonly note: string | null;
  /** Whose it is, a row of `people`; null: nobody's. */
  readonly person: ColumnType<number | null, number | null | undefined, number | null>;
}

/** An applicant of a scope. Known, merged into another, or forgotten: then nothing but the row is left. */
export interface PeopleTable {
  readonly id: Generated<number>;
  readonly scope: Fixed<string>;
  /** Huntflow's id; null once forgotten. */
  readonly applicant: string | null;
  /** A Profile as JSON, as Huntflow last told it. */
  readonly profile: string | null;
  /** A term over the whole profile: another one is another profile. */
  readonly digest: number | null;
  /** The number of the person's data key, which may be destroyed; null: nothing was ever sealed. */
  readonly key: number | null;
  /** The one who stands for it since Huntflow merged both: never itself merged. */
  readonly merged_into: number | null;
  readonly created_at: Fixed<Time>;
  readonly forgotten_at: Time | null;
}

/** The blind index: which people have a word, the beginning of one, a mail address, a phone. */
interface PersonTermsTable {
  readonly term: Fixed<number>;
  readonly person: Fixed<number>;
}

/** Keys of what is about nobody, by month (`2026-11`). */
interface MonthKeysTable {
  readonly month: Fixed<string>;
  readonly key: Fixed<number>;
}

/** The proof that somebody was forgotten; kept for three years. */
interface ForgettingsTable {
  readonly id: Generated<number>;
  readonly scope: Fixed<string>;
  /** Huntflow's ids, rows of people, and names of stored files: lists as JSON. */
  readonly applicants: Fixed<string>;
  readonly people: Fixed<string>;
  readonly files: Fixed<string>;
  readonly by: Fixed<string>;
  readonly marked_at: Fixed<Time>;
  readonly finished_at: Time | null;
  /** What was erased, by kind, JSON. */
  readonly counts: string | null;
  /** What the audit said of it, JSON. */
  readonly extract: string | null;
}

/** What sealing keeps beside the data: the check value of its keys, how far an upgrade has come. */
interface PrivacyTable {
  readonly name: Fixed<string>;
  readonly value: string;
}

/** Which entity stands for one that Huntflow merged away (facts/huntflow.md 4.7). */
interface AliasesTable {
  readonly scope: Fixed<string>;
  readonly kind: Fixed<string>;
  readonly entity: Fixed<string>;
  readonly survivor: string;
}

/** What every process must know about a target: a person's pause, the breaker's rest, what the target holds. */
export interface TargetsTable {
  readonly name: Fixed<string>;
  readonly paused_at: Time | null;
  /** Failures to reach the target in a row, and since when. */
  readonly failures: number;
  readonly failing_since: ColumnType<Time | null, Time | null | undefined, Time | null>;
  /** The breaker rests until then; null while it is closed. */
  readonly resting_until: Time | null;
  /** How long the present rest lasts, doubled with every failed probe. */
  readonly rest: number;
  /** 1: it rests because the target asked for it. */
  readonly held: ColumnType<number, number | undefined, number>;
  /** Names of the adapter's own that are held, JSON. */
  readonly holds: ColumnType<string | null, string | null | undefined, string | null>;
  /** Of a pause: who, and in his words why, sealed where a key is; null: nobody said, or it is not paused. */
  readonly paused_by: ColumnType<string | null, string | null | undefined, string | null>;
  readonly paused_reason: ColumnType<string | null, string | null | undefined, string | null>;
}

/** What people must hear of. One that is not settled is open, or somebody is still to be told that it is over. */
export interface AlarmsTable {
  readonly id: Generated<number>;
  readonly cause: Fixed<string>;
  readonly kind: Fixed<string>;
  /** The target, source, file or folder that it is about. */
  readonly subject: Fixed<string | null>;
  /** A Text as JSON. */
  readonly text: string;
  readonly count: number;
  readonly raised_at: Fixed<Time>;
  readonly over_at: Time | null;
  readonly settled: number;
  /** Who was told what and when, JSON. */
  readonly told: string;
}

/** What an instance sees that others cannot: its disk, its clock, its mapping files. */
interface SightingsTable {
  readonly instance: Fixed<string>;
  readonly cause: Fixed<string>;
  /** JSON. */
  readonly sighting: string;
  readonly seen_at: Time;
}

/** How the webhook of a source fares. */
export interface WebhooksTable {
  readonly source: Fixed<string>;
  /** When one was last taken. */
  readonly last_at: Time | null;
  /** Since then: refused for their signature, answered 503, the first and the last of them. */
  readonly unsigned: number;
  readonly unkept: number;
  readonly refused_since: Time | null;
  readonly refused_at: Time | null;
  /** When one came that Huntflow had sent before, and how often it had (meta.retry). */
  readonly retried_at: Time | null;
  readonly retry: number | null;
}

/** How many events a source sent in an hour, counted from 1970. */
interface WebhookHoursTable {
  readonly source: Fixed<string>;
  readonly hour: Fixed<number>;
  readonly events: number;
}

/** Who may do what only one process may do at a time. */
interface LeasesTable {
  readonly name: Fixed<string>;
  readonly holder: string;
  readonly until: Time;
}

/** Each mapping content that was ever in use, once. */
interface MappingVersionsTable {
  readonly hash: Fixed<string>;
  readonly mapping: Fixed<string>;
  /** The file's text and its dictionaries, JSON. */
  readonly content: Fixed<string>;
  readonly created_at: Fixed<Time>;
}

/** The last good version of each mapping file. */
interface MappingFilesTable {
  /** The file's name within the folder. */
  readonly file: Fixed<string>;
  readonly mapping: string;
  readonly hash: string;
}

/** Events that a mapping without any good version did not see. */
interface MappingGapsTable {
  readonly mapping: Fixed<string>;
  readonly first_event: Fixed<number>;
  readonly last_event: number;
  readonly events: number;
}

/** A stage that events of a source have named. */
interface StagesTable {
  readonly source: Fixed<string>;
  /** Huntflow's id of it. */
  readonly stage: Fixed<string>;
  readonly name: string;
  readonly events: number;
  /** How many of them carried hired_in_fill_quota: only the stage of type `hired` does (facts/huntflow.md 4.2). */
  readonly hires: number;
  readonly last_at: Time;
}

/** Who did what; append-only. */
export interface AuditTable {
  readonly seq: Fixed<number>;
  readonly at: Fixed<Time>;
  readonly who: Fixed<string>;
  readonly place: Fixed<string>;
  readonly action: Fixed<string>;
  /** JSON: on what, as kind/id. */
  readonly ids: Fixed<string>;
  readonly hash: Fixed<string>;
  readonly key_id: Fixed<string>;
}

/** How far somebody has come who reads a table along. */
interface CursorsTable {
  readonly name: Fixed<string>;
  readonly place: number;
}

export interface Tables {
  readonly events: EventsTable;
  readonly event_keys: EventKeysTable;
  readonly lanes: LanesTable;
  readonly deliveries: DeliveriesTable;
  readonly attempts: AttemptsTable;
  readonly causes: CausesTable;
  readonly bulks: BulksTable;
  readonly bulk_rows: BulkRowsTable;
  readonly once: OnceTable;
  readonly references: ReferencesTable;
  readonly aliases: AliasesTable;
  readonly targets: TargetsTable;
  readonly leases: LeasesTable;
  readonly alarms: AlarmsTable;
  readonly sightings: SightingsTable;
  readonly webhooks: WebhooksTable;
  readonly webhook_hours: WebhookHoursTable;
  readonly mapping_versions: MappingVersionsTable;
  readonly mapping_files: MappingFilesTable;
  readonly mapping_gaps: MappingGapsTable;
  readonly stages: StagesTable;
  readonly audit: AuditTable;
  readonly cursors: CursorsTable;
  readonly people: PeopleTable;
  readonly person_terms: PersonTermsTable;
  readonly month_keys: MonthKeysTable;
  readonly privacy: PrivacyTable;
  readonly forgettings: ForgettingsTable;
}
