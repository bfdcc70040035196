import type { Fault } from '../../files/fault.ts';
import type { Text } from '../../text.ts';
import { quoteIt } from './yaml-traps.ts';

function tabIn(lines: number): Text {
  const more = lines > 1;
  return {
    ru: `отступ сделан табуляцией${more ? ` (таких строк: ${lines})` : ''}: YAML принимает только пробелы`,
    en: `a tab is used for indentation${more ? ` (in ${lines} lines)` : ''}: YAML takes spaces only`,
  };
}

/** Blanks that no YAML takes for indentation. */
export const oddBlanks = /[\u00A0\u1680\u2000-\u200B\u202F\u205F\u3000\uFEFF]/;

export function oddBlankIn(lines: number): Text {
  const more = lines > 1;
  return {
    ru: `отступ сделан неразрывным или другим особым пробелом${more ? ` (таких строк: ${lines})` : ''}: так бывает при копировании из Word или с сайта; замените его обычными пробелами`,
    en:
      `a no-break or other odd blank is used for indentation${more ? ` (in ${lines} lines)` : ''}, as copied from Word ` +
      'or a web page: put plain spaces instead',
  };
}

const singleQuotes: Text = {
  ru: 'в двойных кавычках «\\» — особый знак YAML: возьмите формулу в одинарные кавычки или пишите «\\\\»',
  en: 'in double quotes \\ is special to YAML: put the formula in single quotes, or write \\\\',
};

const literalEquals: Text = {
  ru: 'значение начинается с кавычки, но не закрыто ею; чтобы оставить «=» буквально, пишут "\'=…"',
  en: 'the value begins with a quote and is not closed by one; a literal = is written "\'=…"',
};

const afterQuote: Text = {
  ru: 'после закрывающей кавычки есть ещё текст: если это формула, начните её с «=» и возьмите в кавычки целиком: \'="…" & …\'',
  en:
    'there is more text behind the closing quote: if this is a formula, begin it with = and quote it as a ' +
    'whole: \'="…" & …\'',
};

/**
 * What a person did to make YAML stumble, in place of what it stumbled over. A first mistake makes YAML misread the
 * lines behind it, so of what has no remedy only the first is kept, and keys that stand twice.
 */
export function withRemedies(faults: readonly Fault[], text: string): readonly Fault[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const first = faults[0];
  // Whatever else YAML says of such a file follows from them.
  for (const [blank, said] of [
    [/\t/, tabIn],
    [oddBlanks, oddBlankIn],
  ] as const) {
    const found = lines.flatMap((line, index) => {
      const at = /^\s*(?=\S)/.exec(line)?.[0].search(blank) ?? -1;
      return at === -1 ? [] : [{ line: index + 1, column: at + 1 }];
    });
    const [own] = found;
    if (first !== undefined && own !== undefined && own.line <= first.line + 1)
      return [{ ...first, ...own, text: said(found.length) }];
  }
  // A shifted line makes YAML misread all that stands behind it.
  if (first !== undefined && /same column|Nested mappings are not allowed/.test(first.text.en))
    return [remedy(first, lines)];

  const kept: Fault[] = [];
  const seen = new Set<number>();
  for (const fault of faults) {
    if (seen.has(fault.line)) continue;
    seen.add(fault.line);
    const remedied = remedy(fault, lines);
    const follows = kept.length > 0 && remedied.text === fault.text && !/is there already in line/.test(fault.text.en);
    if (!follows) kept.push(remedied);
  }
  return kept;
}

function remedy(fault: Fault, lines: readonly string[]): Fault {
  const line = lines[fault.line - 1] ?? '';
  const column = trappedFormula(line, fault.column);
  if (column !== undefined) return { ...fault, column, text: quoteIt };
  if (/Invalid escape sequence/.test(fault.text.en)) return { ...fault, text: singleQuotes };
  if (/[:-]\s+["']/.test(line) && /at node end/.test(fault.text.en)) return { ...fault, text: afterQuote };
  if (/a quote ' is opened here/.test(fault.text.en) && /[:-]\s+'=[^']*$/.test(line))
    return { ...fault, text: literalEquals };
  return fault;
}

/**
 * The column of an unquoted formula that has what YAML takes for its own: the last one that begins before the fault.
 */
function trappedFormula(line: string, fault: number): number | undefined {
  if (line.length > 2_000) return undefined; // each formula of a line is looked at with all that stands before it
  const starts = [...line.matchAll(/(?:^|[:,[{-])\s*(=)(?!=)/g)].map(({ index, 0: match }) => index + match.length);
  const trapped = starts.filter((start) => {
    const inFlow = /[{[]/.test(line.slice(0, start - 1).replaceAll(/"[^"]*"|'[^']*'/g, ''));
    return inFlow ? /: | #|[,[\]{}]/.test(ownPart(line.slice(start))) : /: |:$| #/.test(line.slice(start));
  });
  return trapped.findLast((start) => start <= fault + 1) ?? trapped[0];
}

/** A formula within braces without the plain fields behind it and the closing brace: `=f(x), as: date }`. */
function ownPart(rest: string): string {
  return rest.replace(/(?:, *[\p{L}\w]+: *[^\s,:{}[\]"']+)* *\}+ *(?:#.*)?$/u, '');
}
