import { Procedure } from '../database/procedure.ts';
import { statement } from '../database/statement.ts';

export interface NewSession {
  readonly hash: string;
  readonly user: string;
  readonly stamp: string;
  readonly now: number;
}

/** Milliseconds without a request, and in all, after which somebody has to log in again. */
export const idleTime = 12 * 3_600_000;
export const wholeTime = 7 * 86_400_000;

const insertSession = statement<NewSession>(
  'insert into sessions (hash, "user", stamp, created_at, seen_at) values (:hash, :user, :stamp, :now, :now)',
);

const deleteOld = statement<{ idle: number; whole: number }>(
  'delete from sessions where seen_at < :idle or created_at < :whole',
);

const touch = statement<{ hash: string; now: number }>('update sessions set seen_at = :now where hash = :hash');

const remove = statement<{ hash: string }>('delete from sessions where hash = :hash');

/** Those that are over go with it. */
export const openSession = new Procedure('openSession', async (transaction, session: NewSession): Promise<void> => {
  await deleteOld(transaction, { idle: session.now - idleTime, whole: session.now - wholeTime });
  await insertSession(transaction, session);
});

export const touchSession = new Procedure(
  'touchSession',
  async (transaction, values: { readonly hash: string; readonly now: number }): Promise<void> => {
    await touch(transaction, values);
  },
);

export const closeSession = new Procedure('closeSession', async (transaction, hash: string): Promise<void> => {
  await remove(transaction, { hash });
});
