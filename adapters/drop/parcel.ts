import { RejectedError } from '../../src/adapter.ts';

/** A record on its way into a folder. */
export interface Parcel {
  /** The idempotency key of its delivery. */
  readonly key: string;
  /** Name of the file it wants to be in. */
  readonly name: string;
  /** Aborted when nobody waits for the outcome any more; a parcel that has not left by then stays out. */
  readonly signal: AbortSignal;
  /** Called right before bytes go into the drop folder. */
  leaving(): void;
}

export type Outcome =
  | {
      readonly kind: 'written';
      /** Its name, without the folder. */
      readonly file: string;
    }
  /** An earlier attempt has written it. */
  | { readonly kind: 'there' }
  | { readonly kind: 'failed'; readonly error: Error };

export type Outcomes<P extends Parcel> = Map<P, Outcome>;

/**
 * A crash or a deletion met the record half-way, and the file is gone: only a person can look. The next try writes it.
 */
export function inDoubt(): RejectedError {
  return new RejectedError({
    ru: 'Файл забрали или заменили, пока в него писали: неизвестно, прочитана ли запись. Проверьте у получателя; если её нет, повторите доставку, и она запишется в новый файл, если есть, отмените.',
    en:
      'The file was taken or replaced while it was written: nobody can say whether the record was read. Look at the ' +
      'receiver; if the record is missing, retry and it goes into a new file, if it is there, cancel.',
  });
}
