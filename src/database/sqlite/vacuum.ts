import { Procedure } from '../procedure.ts';
import { statement } from '../statement.ts';

const countFree = statement<object, { freelist_count: number }>('pragma freelist_count');
const mode = statement<object, { auto_vacuum: number }>('pragma auto_vacuum');

/** Of `pragma auto_vacuum`: pages are given back when somebody asks. */
const incremental = 2;

/** Gives so many free pages back to the disk; how many are left, 0 for a file that never gives any back. */
export const vacuumStep = new Procedure('vacuumStep', async (transaction, pages: number): Promise<number> => {
  const [kept] = await mode(transaction, {});
  if (kept?.auto_vacuum !== incremental) return 0;
  const [before] = await countFree(transaction, {});
  if (before === undefined || before.freelist_count === 0) return 0;
  await transaction.run(asked(pages), {});
  return Math.max(before.freelist_count - pages, 0);
});

/** A pragma takes no values. */
function asked(pages: number) {
  const text = { text: `pragma incremental_vacuum(${Math.floor(pages)})`, names: [] };
  return { sqlite: text, postgres: text };
}
