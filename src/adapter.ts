import type { AxiosInstance } from 'axios';
import type { Schema } from 'yup';
import type { Text } from './text.ts';

export type { Text } from './text.ts';

/**
 * One configured destination. The dispatcher makes one instance per target and process, and calls `deliver` for up to
 * `concurrency` deliveries at a time, never for two deliveries of the same key at once (unless the mapping has `order:
 * none`).
 */
export interface Adapter<R> {
  /**
   * Returns once the target has the record; throws if it has not. May be called again for the same delivery: after a
   * crash, a lost answer or a retry by a person, so look before creating again, or pass `delivery.idempotencyKey` on.
   */
  deliver(record: R, delivery: DeliveryContext): Promise<Receipt>;
  /**
   * Proves address, credentials and (where the target describes itself) that the mappings fit, without writing
   * anything.
   */
  check?(context: CheckContext): Promise<Finding[]>;
  /**
   * What the target itself has: the names of all its sets, and the fields of those that are wanted. Whoever writes a
   * mapping is offered them. Throws like `deliver`.
   */
  describe?(wanted: readonly string[], signal: AbortSignal): Promise<Description>;
  /**
   * Whom a record goes to, as `holds` of an UnavailableError names it (a chat), so that others to the same are held
   * before they are tried. Without this method it is what the record's field `to` says.
   */
  holdName?(record: R): string | undefined;
  /** Called once by a service, before the first `deliver`: what has to go on also while nothing comes. */
  start?(): void;
  /** Called once, after the last `deliver` has ended. */
  close?(): Promise<void>;
}

/** What a target says of itself. */
export interface Description {
  /** Names of everything that records may be written to: catalogs, documents, tables. */
  readonly sets: readonly string[];
  /** Those of the wanted ones that there are. */
  readonly described: readonly DescribedSet[];
}

export interface DescribedSet {
  readonly name: string;
  readonly fields: readonly {
    readonly name: string;
    /** In the target's own words, e.g. `Edm.String`. */
    readonly type: string;
    /** Characters, where the target says so. */
    readonly max?: number;
    /** The set that it refers to. */
    readonly target?: string;
  }[];
}

/** What an adapter file exports by default: `export default Sap satisfies AdapterClass`. */
export interface AdapterClass {
  /** The name used in `targets.*.adapter`; a class of your own is named there by its file instead. */
  readonly type: string;
  /** yup schema of `targets.*.settings`. */
  readonly settings: Schema;
  /** yup schema of the record; mappings are checked against it before anything is sent. */
  readonly record: Schema;
  /** `none` for targets where order means nothing (chats): deliveries neither wait nor block. Strict unless said. */
  readonly order?: 'strict' | 'none';
  /** Where the target's nature asks for other than 30 s a request and four deliveries at a time; milliseconds. */
  readonly defaults?: { readonly timeout?: number; readonly concurrency?: number };
  /** `deliver` finds out whether the target has the record already, so that repeating an unknown outcome is safe. */
  readonly looks?: boolean;
  /**
   * What a person's answer to a question of a step is kept as: that `object` is meant (as the target calls it), or with
   * undefined a new one. `step` is its name or number. A Text says why the answer will not do.
   */
  readonly answer?: (
    record: unknown,
    step: string,
    object: string | undefined,
    reason: string | undefined,
  ) => Answer | Text;
  /**
   * Where on this machine a target of these settings writes; undefined: nowhere. `check` looks whether it can, and two
   * targets that write one file are a fault of connector.yaml.
   */
  readonly writes?: (settings: never, tools: Pick<AdapterTools, 'target' | 'resolvePath'>) => WrittenPlace | undefined;
  /**
   * What can be told without asking the target: a file of the settings that is missing, a record of a mapping that fits
   * the schema and will not be taken all the same. `check` shows it.
   */
  readonly foresees?: (settings: never, context: ForesightContext) => readonly Finding[] | Promise<readonly Finding[]>;
  /**
   * What a record looks for in catalogs of the target in which no person stands: positions, divisions. Shown as it is
   * to whoever sees everything else masked, for somebody has to add what is missing there.
   */
  readonly catalogued?: (record: unknown) => readonly Catalogued[];
  new (settings: never, tools: AdapterTools): Adapter<never>;
}

/** An entry of a catalog that a record names. */
export interface Catalogued {
  readonly set: string;
  /** Of the record, that it is for. */
  readonly field: string;
  readonly text: string;
}

/** What is known before a target is asked. */
export interface ForesightContext extends Pick<CheckContext, 'mappings'>, Pick<AdapterTools, 'resolvePath'> {}

/** A Reference that answers a question: the adapter finds it at the next attempt and does not ask again. */
export interface Answer {
  readonly entity: EntityName;
  readonly name: string;
  readonly note?: unknown;
}

export interface WrittenPlace {
  /** Absolute. */
  readonly folder: string;
  /** Whether the adapter makes it when it is missing; its parent has to exist. */
  readonly create?: boolean | undefined;
  /** The file that grows there, placeholders and all; undefined when every delivery makes one of its own. */
  readonly file?: string | undefined;
}

/** What the connector lends to an adapter for as long as it lives. */
export interface AdapterTools {
  /** The target's name in connector.yaml. */
  readonly target: string;
  /** IANA name of the configured zone, e.g. `Europe/Moscow`. */
  readonly zone: string;
  /** Milliseconds that one HTTP request may take (`targets.*.timeout`). */
  readonly timeout: number;
  /** How many deliveries run at once (`targets.*.concurrency`). */
  readonly concurrency: number;
  /** Makes a path of the settings absolute: relative ones are relative to connector.yaml. */
  readonly resolvePath: (path: string) => string;
  /** A folder of this target's own for journals and caches, created on first use, readable by the owner only. */
  readonly stateFolder: () => string;
  /**
   * What follows an unknown outcome (`targets.*.unknown`): the record is tried again, or a person decides. Where one
   * does, nothing that was sent may be sent again unasked.
   */
  readonly unknown: 'again' | 'dead';
  /** `targets.*.retry.statuses`: what the operators say of an HTTP status; without an entry the adapter judges. */
  readonly statuses: Readonly<Record<number, 'later' | 'never'>>;
  /** `targets.*.success`: what the operators call a success; undefined: any 2xx is one. */
  readonly success: AnswerTest | undefined;
  /**
   * A file that a record names as `{ file: <url or id>, name }`, once it was fetched from Huntflow.
   * @param scope that of the delivery.
   * @throws UnavailableError while it is not there yet, RejectedError when it never will be.
   */
  readonly attachment: (file: string | number, scope: string) => Promise<Attachment>;
  /**
   * An axios with the connector's own transport, for adapters of your own: it keeps to `baseUrl`, follows no redirect,
   * holds `timeout` over the whole exchange, and throws errors of the contract: a 4xx is a RejectedError, a lost answer
   * to a POST an UncertainError, what passes by itself an UnavailableError. Make one in the constructor.
   */
  readonly http: (settings: HttpSettings) => AxiosInstance;
  /** Milliseconds since 1970, from the injected clock. */
  readonly now: () => number;
  /** A line in the log. Never put a secret or personal data in it: names of fields, counts and keys instead. */
  readonly warn: (text: string, fields?: Readonly<Record<string, string | number | boolean>>) => void;
}

/** How `tools.http` reaches a target. */
export interface HttpSettings {
  /** http or https, without credentials; its path stays before every `url`. */
  readonly baseUrl: string;
  /** Sent with every request, e.g. `Authorization`. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Files, relative to connector.yaml, read again when they change. */
  readonly tls?:
    | {
        readonly ca?: string | undefined;
        readonly cert?: string | undefined;
        readonly key?: string | undefined;
        readonly pfx?: string | undefined;
        readonly passphrase?: string | undefined;
        readonly servername?: string | undefined;
      }
    | undefined;
  /** `http://proxy:3128` or `socks5://proxy:1080`. */
  readonly proxy?: string | undefined;
  /** Bytes of an answer that are read at most, 64 MB unless said. */
  readonly answerLimit?: number | undefined;
}

/** A fetched file. It must not be changed. */
export interface Attachment {
  /** Absolute; undefined where the file lies sealed. */
  readonly path: string | undefined;
  /** What it holds; the toolkit's `bytesOf` reads it wherever it lies. */
  readonly read?: () => Promise<Buffer>;
  /** Bytes. */
  readonly size: number;
  /** MIME type by the content, `application/octet-stream` when it tells none. */
  readonly type: string;
}

/** When an HTTP answer is a success: all that is given must hold. */
export interface AnswerTest {
  readonly status?: readonly number[];
  /** A formula (JSONata, without the leading `=`) over `{ answer, status, headers }`; true means success. */
  readonly when?: string;
}

/** One delivery as the adapter sees it. */
export interface DeliveryContext {
  readonly id: number;
  /** The same over attempts and over replays of an unchanged record. */
  readonly idempotencyKey: string;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** What orders this delivery among others of its target, or null. */
  readonly key: string | null;
  /** Which Huntflow organisation: `meta.domain` and account id unless the source says otherwise. */
  readonly scope: string;
  /** When the record was mapped, milliseconds since 1970. */
  readonly createdAt: number;
  /** Aborted when the service stops or the lease is lost: stop waiting and throw. */
  readonly signal: AbortSignal;
  /** What an earlier attempt saved, or undefined. Plain JSON. */
  readonly progress: unknown;
  /**
   * Durable once it returns; the next attempt finds it in `progress`. `soon`: durable with whatever of this attempt is
   * kept next, at the latest with its end; for what a crash may forget, because the target itself tells it again.
   */
  saveProgress(value: unknown, when?: 'now' | 'soon'): Promise<void>;
  /** What Huntflow's entities are called at this target, within `scope`. */
  readonly references: References;
  /**
   * Call right before bytes leave for the target, and call what it returns with the answer. Both are kept with the
   * attempt, without the secrets of the settings, cut at 8 KB, and masked when shown. An attempt that is cut short
   * before its first `sent` does not count as one.
   */
  sent(request: Exchange): (response: Exchange) => void;
}

/** One side of an exchange on the wire. `summary` is shown as it is: no query, no names, no secrets in it. */
export interface Exchange {
  /** For example `POST /employees` or `201 Created`. */
  readonly summary: string;
  /** JSON or text; kept as it is but for the secrets of the settings, and masked when it is shown. */
  readonly body?: unknown;
}

/** Success, with what a person should know about it. */
export interface Receipt {
  /** What was done, e.g. `created`, `updated`, `already there`. */
  readonly summary?: string;
  /** What the target dropped, cut or changed in silence. */
  readonly warnings?: readonly (Text | string)[];
  /**
   * What a person should look at although the target has the record: the delivery stands in `attention` until somebody
   * has seen it. Names of fields, sets and codes, never data: it is shown unmasked.
   */
  readonly attention?: readonly (Text | string)[];
}

/** A Huntflow entity in one set of the target (`applicant 17` in `Catalog_ФизическиеЛица`). */
export interface EntityName {
  readonly kind: string;
  readonly id: string | number;
  /** Tells several objects of one entity in one set apart. */
  readonly role?: string;
  readonly set: string;
}

/** Kept per (target, scope); what is kept is durable once the call returns, or `soon` as `saveProgress` says it. */
export interface References {
  find(entity: EntityName): Promise<string | undefined>;
  /** `note`: plain JSON kept beside the name; without one, what was kept before stays. */
  keep(entity: EntityName, name: string, note?: unknown, when?: 'now' | 'soon'): Promise<void>;
  /** What was kept beside the name, or undefined. A double written for the first contract has none. */
  noteOf?(entity: EntityName): Promise<unknown>;
  /** The id that stands for this entity today: Huntflow merges duplicates (facts/huntflow.md 4.7). */
  survivorOf(kind: string, id: string | number): Promise<string>;
  /** The ids that were merged into this one, directly or through others. */
  aliasesOf(kind: string, id: string | number): Promise<readonly string[]>;
}

export interface CheckContext {
  /** The mappings that deliver to this target: their records as written, formulas unevaluated. */
  readonly mappings: readonly { readonly name: string; readonly record: unknown }[];
  readonly signal: AbortSignal;
}

export interface Finding {
  readonly level: 'error' | 'warning' | 'info';
  readonly text: Text | string;
  /** The mapping it is about, when it is about one. */
  readonly mapping?: string;
  /** Where in that mapping's record, e.g. `['steps', 0, 'fields', 'ИНН']`. */
  readonly path?: readonly (string | number)[];
}

declare module 'axios' {
  /** Of `tools.http`. */
  interface AxiosRequestConfig<D> {
    /**
     * What the request is for: it and its answer are kept with the attempt (as `sent` does), and it ends with the
     * delivery's signal.
     */
    readonly delivery?: DeliveryContext;
  }
}

const brand = Symbol.for('huntflow-connector.adapter-error');

/** What an error of the contract may carry. */
export interface AdapterErrorOptions {
  readonly cause?: unknown;
  /** Seconds until the target wants to be asked again. */
  readonly retryAfter?: number | undefined;
  /** What went wrong, for machines (`department_unknown`): failures with the same code and field have one cause. */
  readonly code?: string | undefined;
  /** The field or the set that it is about, as the target calls it. */
  readonly field?: string | undefined;
  /**
   * The target says 409: it has the record, or is at work on it. With `retryAfter`, or after an attempt of which nobody
   * knows how it ended, it is tried three more times and then is a dead letter of unknown outcome.
   */
  readonly conflict?: boolean | undefined;
}

/**
 * What waits for `retryAfter`: everything for the `target`, this `delivery` alone, or all that goes to a name of the
 * adapter's own (a chat, see `Adapter.holdName`). At most an hour; what is held costs no attempts of `retry`.
 */
export type Holds = 'target' | 'delivery' | (string & {});

abstract class AdapterError extends Error {
  readonly text: Text;
  /** Seconds until the target wants to be asked again, when it said so. */
  readonly retryAfter: number | undefined;
  readonly code: string | undefined;
  readonly field: string | undefined;
  readonly conflict: boolean;
  /** Of an answer that `tools.http` refused: its status. */
  declare readonly status?: number | undefined;
  /** Of an answer that `tools.http` refused: its body as text. It goes nowhere by itself. */
  declare readonly data?: string | undefined;

  constructor(kind: AdapterErrorKind, reason: Text | string, options: AdapterErrorOptions) {
    super(typeof reason === 'string' ? reason : reason.en, 'cause' in options ? { cause: options.cause } : undefined);
    this.text = typeof reason === 'string' ? { ru: reason, en: reason } : reason;
    this.retryAfter = options.retryAfter;
    this.code = options.code;
    this.field = options.field;
    this.conflict = options.conflict === true;
    Object.defineProperty(this, brand, { value: kind });
  }
}

export type AdapterErrorKind = 'unavailable' | 'rejected' | 'uncertain';

/**
 * The target cannot take it now. Without `holds` it is tried again on the target's schedule, not before `retryAfter`
 * seconds, and counts as a failed attempt. HTTP adapters say `holds: 'target'` for 429 and for 503 with Retry-After.
 */
export class UnavailableError extends AdapterError {
  override readonly name = 'UnavailableError';
  readonly holds: Holds | undefined;

  constructor(reason: Text | string, options: AdapterErrorOptions & { readonly holds?: Holds | undefined } = {}) {
    super('unavailable', reason, options);
    this.holds = options.holds;
  }
}

/** The target will never take this record: the delivery becomes a dead letter at once. */
export class RejectedError extends AdapterError {
  override readonly name = 'RejectedError';

  constructor(reason: Text | string, options: AdapterErrorOptions = {}) {
    super('rejected', reason, options);
  }
}

/** The target may have it: the answer was lost after the request had left. */
export class UncertainError extends AdapterError {
  override readonly name = 'UncertainError';

  constructor(reason: Text | string, options: AdapterErrorOptions = {}) {
    super('uncertain', reason, options);
  }
}

/**
 * Tells the three errors apart, also when an adapter brought its own copy of this file; undefined for anything else.
 */
export function adapterErrorKind(error: unknown): AdapterErrorKind | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const kind: unknown = Reflect.get(error, brand);
  return kind === 'unavailable' || kind === 'rejected' || kind === 'uncertain' ? kind : undefined;
}
