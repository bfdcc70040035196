import { RejectedError } from '../../src/adapter.ts';

/** A record on its way into a file. */
export interface Row {
  /** The idempotency key of its delivery. */
  readonly key: string;
  /** Name of the file it wants to be in. */
  readonly name: string;
  readonly cells: ReadonlyMap<string, string>;
  /** Aborted when nobody waits for the outcome any more; a row that has not left by then stays out. */
  readonly signal: AbortSignal;
  /** Called right before bytes go into the drop folder. */
  leaving(): void;
}

export type Outcome =
  | { readonly kind: 'written'; /** Its name, without the folder. */ readonly file: string }
  /** An earlier attempt has written it. */
  | { readonly kind: 'there' }
  | { readonly kind: 'failed'; readonly error: Error };

export type Outcomes = Map<Row, Outcome>;

/**
 * A crash or a deletion met the row half-way, and the file is gone: only a person can look. The next try writes the
 * row.
 */
export function inDoubt(): RejectedError {
  return new RejectedError({
    ru: 'Файл забрали или заменили, пока писалась строка: неизвестно, прочитана ли она. Проверьте у получателя; если строки нет, повторите доставку, и она запишется в новый файл, если есть, отмените.',
    en:
      'The file was taken or replaced while the row was written: nobody can say whether the row was read. Look ' +
      'at the receiver; if the row is missing, retry and it goes into a new file, if it is there, cancel.',
  });
}
