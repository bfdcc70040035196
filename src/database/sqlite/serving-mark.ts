import type { Connection } from '../connection.ts';
import { Procedure } from '../procedure.ts';
import { statement } from '../statement.ts';

/** Of an OvertakenError, also once it has come from the thread that writes. */
export const overtakenCode = 'SERVED_BY_ANOTHER';

/** Another process serves this file by now: nothing of this one may be written any more. */
class OvertakenError extends Error {
  override readonly name = 'OvertakenError';
  readonly code = overtakenCode;

  constructor() {
    super('another process has taken over the database that this one served');
  }
}

const readMark = statement<object, { holder: string }>(`select holder from leases where name = 'serving'`);
const writeMark = statement<{ holder: string }>(`
  insert into leases (name, holder, until) values ('serving', :holder, 0)
  on conflict (name) do update set holder = excluded.holder`);

/**
 * Who serves the file from now on stands in the file itself: a lock file may be deleted while its holder stands still,
 * and whoever looks then finds a database that nobody is at work on.
 */
export const markServing = new Procedure('markServing', async (transaction, holder: string): Promise<void> => {
  await writeMark(transaction, { holder });
});

/** Within a transaction, so that it cannot change before the commit. Throws OvertakenError. */
export async function mustServe(transaction: Connection, holder: string): Promise<void> {
  const [mark] = await readMark(transaction, {});
  if (mark !== undefined && mark.holder !== holder) throw new OvertakenError();
}
