import { facts } from '../../adapters/testing/facts.ts';
import { faults } from '../../adapters/testing/faults.ts';
import { russian } from '../../adapters/testing/russian.ts';
import type { Cannot } from '../../adapters/testing.ts';

type Language = 'ru' | 'en';

interface Column {
  readonly name: string;
  readonly cannot: (name: string) => Cannot | undefined;
}

const begins = '<!-- written by npm run schema: what the suite tries -->';
const ends = '<!-- end of what the suite tries -->';

/** The page with its table of adapters and faults written anew. Throws when it has no place for it. */
export function withTable(page: string, columns: readonly Column[], language: Language): string {
  const [before, rest] = page.split(begins);
  const after = rest?.split(ends)[1];
  if (before === undefined || after === undefined) throw new Error('the page has no place for the table');
  return `${before}${begins}\n\n${table(columns, language)}\n\n${ends}${after}`;
}

/** `+`: passed; a number: cannot, because of what the note of this number says. */
function table(columns: readonly Column[], language: Language): string {
  const notes: string[] = [];
  const cell = (because: Cannot | undefined): string => {
    if (because === undefined) return '+';
    const { because: why } = because;
    const note = typeof why === 'string' ? why : why[language];
    if (!notes.includes(note)) notes.push(note);
    return String(notes.indexOf(note) + 1);
  };
  const names = [...facts, ...faults].map(({ name }) => name);
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const body = names.map((name) =>
    row([language === 'ru' ? (russian[name] ?? name) : name, ...columns.map(({ cannot }) => cell(cannot(name)))]),
  );
  return [
    row([language === 'ru' ? 'что проверяется' : 'what is tried', ...columns.map(({ name }) => name)]),
    `|${'---|'.repeat(columns.length + 1)}`,
    ...body,
    '',
    ...notes.map((note, index) => `${index + 1}. ${note}.`),
  ].join('\n');
}
