import type { Text } from '../../text.ts';
import type { Database } from '../database.ts';
import { statement } from '../statement.ts';

/** The row of cursors that says that a copy was begun here and by which source; it goes when the copy is verified. */
export const copyMark = 'copy';

/** A copy was begun into this database and not ended. */
export class HalfCopyError extends Error {
  override readonly name = 'HalfCopyError';
  readonly text: Text = {
    ru: 'в эту базу начали копировать другую и не закончили: повторите ту же команду copy, она продолжит',
    en: 'a copy of another database was begun to this one and not ended: run the same copy again, it goes on',
  };

  constructor() {
    super('a copy to this database was not ended');
  }
}

const selectMark = statement<{ mark: string }, { name: string }>('select name from cursors where name = :mark');

/** @throws HalfCopyError */
export async function refuseHalfCopy({ reads }: Database): Promise<void> {
  if ((await selectMark(reads, { mark: copyMark })).length > 0) throw new HalfCopyError();
}
