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
  const tabs = lines.flatMap((line, index) =>
    /^ *\t\s*\S/.test(line) ? [{ line: index + 1, column: line.indexOf('\t') + 1 }] : [],
  );
  const [firstTab] = tabs;
  // Whatever else YAML says of such a file follows from them.
  if (first !== undefined && firstTab !== undefined && firstTab.line <= first.line + 1)
    return [{ ...first, ...firstTab, text: tabIn(tabs.length) }];

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
  if (/Missing closing 'quote/.test(fault.text.en) && lines.some((each) => /[:-]\s+'=[^']*$/.test(each)))
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
    return (inFlow ? /: | #|[,[\]{}]/ : /: |:$| #/).test(line.slice(start));
  });
  return trapped.findLast((start) => start <= fault + 1) ?? trapped[0];
}
