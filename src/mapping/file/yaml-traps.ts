import type { Text } from '../../text.ts';
import type { Path } from '../../files/validation.ts';
import type { FormulaFault } from '../formulas/formula.ts';
import type { MappingSource, Typing } from './mapping-source.ts';

export const quoteIt: Text = {
  ru: 'формулу, в которой есть «: », « #» или (внутри скобок {…} и […]) любой из знаков , [ ] { }, берут в кавычки целиком: "=…" или \'=…\'',
  en:
    'a formula with ": ", " #" or (inside of {…} and […]) any of , [ ] { } has to be quoted as a whole: "=…" ' +
    "or '=…'",
};

/** What YAML read differently from what was typed. Bodies given to tests are taken as they are. */
export function findTraps(source: MappingSource): void {
  const typings = source.typings().filter(({ path }) => !isGiven(path));
  for (const typing of typings) {
    const { path, scalar, plain } = typing;
    if (scalar !== undefined && plain && typeof scalar.value === 'number' && String(scalar.value) !== scalar.source)
      source.error(path, changedNumber(scalar.source ?? '', scalar.value));
    if (isFormula(typing) && plain && typing.comment?.startsWith('$')) source.error(path, quoteIt);
    if (isCutOff(typing, typings)) source.error(path, quoteIt, { atKey: true });
  }
  for (const path of source.keys()) {
    if (path[0] === 'record' && String(path.at(-1)).startsWith('=')) source.error(path, quoteIt, { atKey: true });
  }
}

/** A formula that YAML may have cut short gets the remedy beside what is wrong with the rest of it. */
export function withRemedy(fault: FormulaFault, typing: Typing | undefined): FormulaFault {
  if (typing === undefined || !typing.plain || (!typing.inFlow && typing.comment === undefined)) return fault;
  return { ...fault, text: { ru: `${fault.text.ru}; ${quoteIt.ru}`, en: `${fault.text.en}; ${quoteIt.en}` } };
}

function isFormula({ scalar }: Typing): boolean {
  return typeof scalar?.value === 'string' && scalar.value.startsWith('=');
}

/** `{ a: =f(x, y) }` reads as `{ a: "=f(x", "y)": null }`. */
function isCutOff({ path, scalar, inFlow }: Typing, all: readonly Typing[]): boolean {
  if (scalar !== undefined && scalar.source !== '') return false;
  if (!inFlow || path[0] !== 'record') return false;
  return all.some(
    (other) =>
      other.plain &&
      isFormula(other) &&
      other.path.length === path.length &&
      path.slice(0, -1).every((step, depth) => step === other.path[depth]),
  );
}

function isGiven(path: Path): boolean {
  return path[0] === 'tests' && path[2] === 'given';
}

function changedNumber(typed: string, read: number): Text {
  return {
    ru: `число ${typed} превратилось бы в ${read}: возьмите его в кавычки`,
    en: `the number ${typed} would turn into ${read}: quote it`,
  };
}
