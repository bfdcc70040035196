import type { AnswerView } from './mapping/formulas/answer-formula.ts';

/**
 * What adapters need of the house, shipped ones and your own: exported as `huntflow-connector/toolkit`, beside the
 * contract in adapter.ts.
 */
export { nearest } from './files/did-you-mean.ts';
export { parseDuration } from './config/duration.ts';
export { errorCode, errorPath } from './process/error-code.ts';
export { diskError, diskText, ifPresent } from './targets/disk-error.ts';
export { WrittenFolder } from './targets/written-folder.ts';
export { spokenCode } from './report/masking/spoken-code.ts';

/** As `holdsFor` of the formulas, loaded when a target asks for it: few do, and every start would pay. */
export async function holdsFor(source: string, view: AnswerView): Promise<boolean | undefined> {
  const formulas = await import('./mapping/formulas/answer-formula.ts');
  return formulas.holdsFor(source, view);
}
