import type { Text } from '../text.ts';
import type { Fault } from './fault.ts';

export const quoteIt: Text = {
  ru: 'формулу, в которой есть «: », « #» или (внутри скобок {…} и […]) любой из знаков , [ ] { }, берут в кавычки целиком: "=…" или \'=…\'',
  en:
    'a formula with ": ", " #" or (inside of {…} and […]) any of , [ ] { } has to be quoted as a whole: "=…" ' +
    "or '=…'",
};

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
  ru: 'в двойных кавычках «\\» — особый знак YAML: возьмите значение в одинарные кавычки или пишите «\\\\»',
  en: 'in double quotes \\ is special to YAML: put the value in single quotes, or write \\\\',
};

const conflict: Text = {
  ru: 'здесь остались следы слияния Git: оставьте один из вариантов и уберите строки <<<<<<<, ======= и >>>>>>>',
  en: 'here are marks of a Git merge: keep one of the two variants and take away the lines <<<<<<<, ======= and >>>>>>>',
};

const unprintable: Text = {
  ru: 'здесь непечатаемый знак: файл повреждён или сохранён не как текст; уберите знак или сохраните файл заново в UTF-8',
  en: 'here is a character that cannot be printed: the file is damaged or no text; take it away, or save the file anew as UTF-8',
};

const oddBehindColon: Text = {
  ru: 'после двоеточия стоит неразрывный или другой особый пробел: замените его обычным',
  en: 'a no-break or other odd blank stands behind the colon: put a plain one instead',
};

const noBlank: Text = {
  ru: 'после двоеточия нужен пробел: «ключ: значение»',
  en: 'a blank is needed behind the colon: `key: value`',
};

const variable: Text = {
  ru: 'ссылку на переменную ${…} внутри скобок берут в кавычки: "${…}"',
  en: 'a reference ${…} inside of brackets has to be quoted: "${…}"',
};

const cutByComment: Text = {
  ru: '« #» начинает комментарий, и закрывающая скобка попала в него: возьмите значение в кавычки',
  en: '" #" begins a comment, and the closing bracket is in it: quote the value',
};

const shiftedRight: Text = {
  ru: 'строка стоит правее соседних: сделайте ей такой же отступ',
  en: 'the line is indented more than its neighbours: give it the same indentation',
};

const secondDocument: Text = {
  ru: 'строка «---» начинает второй документ: оставьте в файле один',
  en: 'the line --- begins a second document: keep one in the file',
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
  if (first === undefined) return faults;
  const apart = foreign(lines);
  if (apart !== undefined) return [{ ...first, ...apart }];
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
    if (own !== undefined && own.line <= first.line + 1) return [{ ...first, ...own, text: said(found.length) }];
  }
  // A shifted line makes YAML misread all that stands behind it.
  if (/same column|Nested mappings are not allowed/.test(first.text.en)) return [remedy(first, lines)];

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

/** What no person has typed: the first line that has it. */
function foreign(lines: readonly string[]): Pick<Fault, 'line' | 'column' | 'text'> | undefined {
  for (const [index, line] of lines.entries()) {
    if (/^(?:<{7} |>{7} |={7}$)/.test(line)) return { line: index + 1, column: 1, text: conflict };
    const at = line.search(/[\0-\u0008\u000b\u000c\u000e-\u001f]/);
    if (at !== -1) return { line: index + 1, column: at + 1, text: unprintable };
  }
  return undefined;
}

function remedy(fault: Fault, lines: readonly string[]): Fault {
  const line = lines[fault.line - 1] ?? '';
  const { en } = fault.text;
  if (/multiple documents/.test(en)) return { ...fault, text: secondDocument };
  if (/followed by map values/.test(en)) {
    const colon = line.indexOf(':');
    if (colon !== -1 && oddBlanks.test(line.charAt(colon + 1)))
      return { ...fault, column: colon + 2, text: oddBehindColon };
    if (colon !== -1) return { ...fault, column: colon + 1, text: noBlank };
  }
  const shifted = /a stray ": "/.test(en) ? shiftedLine(fault.line, lines) : undefined;
  if (shifted !== undefined) return { ...fault, ...shifted, text: shiftedRight };
  const dollar = line.search(/(?<=[:,[{-]\s*)\$\{/);
  if (dollar !== -1 && /Missing , |at node end|in flow/.test(en))
    return { ...fault, column: dollar + 1, text: variable };
  const cut = commentInBrackets(fault, lines);
  if (cut !== undefined) return { ...fault, ...cut, text: cutByComment };
  const column = trappedFormula(line, fault.column);
  if (column !== undefined) return { ...fault, column, text: quoteIt };
  if (/Invalid escape sequence/.test(fault.text.en)) return { ...fault, text: singleQuotes };
  if (/[:-]\s+["']/.test(line) && /at node end/.test(fault.text.en)) return { ...fault, text: afterQuote };
  if (/a quote ' is opened here/.test(fault.text.en) && /[:-]\s+'=[^']*$/.test(line))
    return { ...fault, text: literalEquals };
  return fault;
}

/** A line below a whole `key: value` that is indented more: YAML takes it for more of the value. */
function shiftedLine(at: number, lines: readonly string[]): Pick<Fault, 'line' | 'column'> | undefined {
  const [above = '', below = ''] = [lines[at - 1], lines[at]];
  const indent = below.search(/\S/);
  const isPair = /^\s*(?:- +)?[^\s#'"[{][^:]*: /.test(below) || /^\s*[^\s#'"[{:][^:]*:\s*$/.test(below);
  return isPair && /^\s*(?:- +)?[^\s#][^:]*: +[^\s#|>]/.test(above) && indent > above.search(/\S/)
    ? { line: at + 1, column: indent + 1 }
    : undefined;
}

/** Where a comment took the closing bracket along, on the line of the fault or the one before. */
function commentInBrackets(
  { line, text: { en } }: Fault,
  lines: readonly string[],
): Pick<Fault, 'line' | 'column'> | undefined {
  if (!/indentation|flow|Expected/i.test(en)) return undefined;
  for (const at of [line, line - 1]) {
    const typed = lines[at - 1] ?? '';
    const column = typed.length > 2_000 ? -1 : typed.search(/(?<=[[{][^\]}"'#]*)\s#.*[\]}]\s*$/);
    if (column !== -1) return { line: at, column: column + 2 };
  }
  return undefined;
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
