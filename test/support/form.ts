import { type Engine, engines } from './stores.ts';

/** `npm run test:soak` runs the long form of the failure tests; SOAK_SCALE makes it longer still. */
const soak = process.env['SOAK'] !== undefined;
const scale = Number(process.env['SOAK_SCALE'] ?? 1);

export function inForm(short: number, long: number): number {
  return soak ? Math.ceil(long * scale) : short;
}

/** Stands in the title of each test that leaves something to chance; SEED brings it again. */
export const seed = Number(process.env['SEED'] ?? (soak ? Date.now() % 1_000_000 : 1));

/** For suites in which the database stands aside: the short form takes one of them, the long form both. */
export function enginesInForm(short: Engine): readonly Engine[] {
  return soak ? engines : [short];
}
