import type { SetModel } from './shape.ts';

/** What an application adds to the platform: its sets, what every `Base` of it has, and what it does on writing. */
export interface Configuration<Base> {
  readonly sets: readonly SetModel[];
  seed(base: Base): void;
  /** ПередЗаписью: changes the row in place. @throws Refused to refuse it. */
  beforeWrite(base: Base, set: SetModel, row: Record<string, unknown>): void;
  /** ОбработкаПроведения and its undoing. @throws Refused to refuse it. */
  onPosting(base: Base, set: SetModel, row: Record<string, unknown>, posted: boolean): void;
}
