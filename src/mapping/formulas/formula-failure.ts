import type { Text } from '../../text.ts';

/** Why a formula gives nothing usable, in a sentence that quotes no data. */
export class FormulaFailure extends Error {
  override readonly name = 'FormulaFailure';
  readonly text: Text;

  constructor(ru: string, en: string) {
    super(en);
    this.text = { ru, en };
  }
}
