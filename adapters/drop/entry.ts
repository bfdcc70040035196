import { isPlainObject } from '../../src/toolkit.ts';
import type { Companion } from './companions.ts';

/** A run of bytes that belongs together: a row, or what stands before the rows of a new file (`key` is null then). */
export interface RowMark {
  readonly key: string | null;
  /** Bytes. */
  readonly length: number;
  readonly hash: string;
}

/** These rows are about to be appended to `file`, which is `offset` bytes long. */
export interface AppendIntent {
  readonly kind: 'append';
  readonly file: string;
  /** Tells the file from another that takes its name later. */
  readonly identity: string;
  readonly offset: number;
  readonly rows: readonly RowMark[];
}

/** `temporary` is whole and about to get the name `file`, or the next one that is free. */
export interface PublishIntent {
  readonly kind: 'publish';
  readonly file: string;
  /** Of the folder both names are in. */
  readonly folder: string;
  readonly temporary: string;
  /** What `temporary` is called once it is taken back: the hidden name of the next try. */
  readonly back?: string | undefined;
  /** Of `file`, without its folder. */
  readonly name?: string | undefined;
  /** When `temporary` was last changed, its names included: nanoseconds. */
  readonly changed?: string | undefined;
  readonly key: string;
  /** Its place in the series of its target. */
  readonly number?: number | undefined;
  readonly companions?: readonly Companion[] | undefined;
  /** `temporary` has rows that were delivered already: it stays when it got no name. */
  readonly keep?: boolean | undefined;
}

/** Rows gather in the hidden `file` until it is ready to be called `name`. */
export interface Batch {
  readonly file: string;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly since: number;
  readonly rows: number;
}

export type Intent = AppendIntent | PublishIntent;

/** One line of the journal. Keys, lengths and hashes only, nothing of a record. */
export type Entry =
  | Intent
  | ({ readonly kind: 'batch' } & Batch)
  /** The first `rows` of the open intent for `file` are in it for good; the others are not and never will be. */
  | { readonly kind: 'done'; readonly file: string; readonly rows: number }
  /** Nobody can say whether the rows of the open intent were read before the file was taken. */
  | { readonly kind: 'doubt'; readonly file: string }
  /** A person was asked about a doubtful row; the next try writes it. */
  | { readonly kind: 'asked'; readonly key: string }
  /** What a compacted journal remembers. */
  | {
      readonly kind: 'kept';
      readonly written: readonly string[];
      readonly doubtful: readonly string[];
      readonly number?: number | undefined;
      /** How often publishing came to nothing, by key. */
      readonly vain?: Readonly<Record<string, number>> | undefined;
    };

export function formatEntry(entry: Entry): string {
  return `${JSON.stringify(entry)}\n`;
}

/** undefined for a line that is torn or not ours. */
export function parseEntry(line: string): Entry | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isEntry(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isEntry(value: unknown): value is Entry {
  if (!isPlainObject(value)) return false;
  const { kind, file, key } = value;
  switch (kind) {
    case 'append':
      return (
        typeof file === 'string' &&
        typeof value['identity'] === 'string' &&
        typeof value['offset'] === 'number' &&
        Array.isArray(value['rows']) &&
        value['rows'].every(isRowMark)
      );
    case 'publish':
      return (
        typeof file === 'string' &&
        typeof value['temporary'] === 'string' &&
        typeof value['folder'] === 'string' &&
        typeof key === 'string'
      );
    case 'done':
      return typeof file === 'string' && typeof value['rows'] === 'number';
    case 'batch':
      return (
        typeof file === 'string' &&
        typeof value['name'] === 'string' &&
        typeof value['since'] === 'number' &&
        typeof value['rows'] === 'number'
      );
    case 'doubt':
      return typeof file === 'string';
    case 'asked':
      return typeof key === 'string';
    case 'kept':
      return isTexts(value['written']) && isTexts(value['doubtful']) && isCounts(value['vain'] ?? {});
    default:
      return false;
  }
}

function isRowMark(value: unknown): value is RowMark {
  return (
    isPlainObject(value) &&
    (value['key'] === null || typeof value['key'] === 'string') &&
    typeof value['length'] === 'number' &&
    typeof value['hash'] === 'string'
  );
}

function isCounts(value: unknown): value is Record<string, number> {
  return isPlainObject(value) && Object.values(value).every((one) => typeof one === 'number');
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
