import { isMap, isSeq, parseDocument } from 'yaml';
import { yamlOf } from '../../shown/captured.ts';

/**
 * The text of a mapping file with one more entry under `tests:`; everything else of it stays as somebody wrote it.
 * Undefined: it is written in a way that takes no line more, between braces as a whole.
 */
export function withTest(text: string, test: Readonly<Record<string, unknown>>): string | undefined {
  const grown = grownBy(text, test);
  return testsIn(grown) === testsIn(text) + 1 ? grown : undefined;
}

function testsIn(text: string): number {
  const { contents, errors } = parseDocument(text);
  const tests = isMap(contents) && errors.length === 0 ? contents.get('tests', true) : undefined;
  return isSeq(tests) ? tests.items.length : 0;
}

function grownBy(text: string, test: Readonly<Record<string, unknown>>): string {
  const { contents } = parseDocument(text);
  const tests = isMap(contents) ? contents.get('tests', true) : undefined;
  const entry = yamlOf([test]);
  const range = isSeq(tests) ? (tests.range ?? undefined) : undefined;
  if (!isSeq(tests) || range === undefined) return atEnd(text, contents, entry);
  const [from, to] = range;
  if (tests.flow !== true && tests.items.length > 0) {
    const indent = from - (text.lastIndexOf('\n', from - 1) + 1);
    const until = text.slice(0, to).trimEnd().length;
    return `${text.slice(0, until)}\n${indented(entry, indent)}${endOf(text.slice(until))}`;
  }
  // `tests: []`, or entries between brackets: a list of lines takes their place.
  const items: readonly unknown[] = tests.toJSON();
  return `${text.slice(0, from).trimEnd()}\n${indented(yamlOf([...items, test]), 2)}${endOf(text.slice(to))}`;
}

/** There is none yet, or `tests:` stands there with nothing behind it. */
function atEnd(text: string, contents: unknown, entry: string): string {
  const empty = isMap(contents) && contents.has('tests') ? /^tests:[^\n]*$/m.exec(text) : null;
  if (empty === null) return `${text.trimEnd()}\ntests:\n${indented(entry, 2)}\n`;
  const until = empty.index + empty[0].length;
  return `${text.slice(0, empty.index)}tests:\n${indented(entry, 2)}${endOf(text.slice(until))}`;
}

function endOf(rest: string): string {
  return /^\s*$/.test(rest) ? '\n' : rest.startsWith('\n') ? rest : `\n${rest}`;
}

function indented(lines: string, by: number): string {
  return lines.replaceAll(/^(?=.)/gm, ' '.repeat(by));
}
