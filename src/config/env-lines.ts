import { inLatin } from '../files/alphabets.ts';
import type { Text } from '../text.ts';

interface OddLine {
  /** From 1. */
  readonly line: number;
  readonly text: Text;
}

/** Lines of a `.env` that Node reads otherwise than people mean them, or passes over. No value is quoted. */
export function oddLines(text: string): readonly OddLine[] {
  const found: OddLine[] = [];
  const names = new Map<string, number>();
  const lines = text.split('\n');
  for (let at = 0; at < lines.length && found.length < mostFaults; at += 1) {
    const typed = (lines[at] ?? '').trim();
    const line = at + 1;
    if (typed === '' || typed.startsWith('#')) continue;
    const [, name = '', written = ''] = /^(?:export\s+)?([^=]*)=(.*)$/.exec(typed) ?? [];
    const quote = /^["'`]/.exec(written.trim())?.[0];
    const value = quote === undefined ? written : quoted(lines, at, quote);
    found.push(
      ...[nameSentence(typed, name.trim()), ...valueSentences(name.trim(), value, quote)].flatMap((sentence) =>
        sentence === undefined ? [] : [{ line, text: sentence }],
      ),
    );
    const earlier = names.get(name.trim());
    if (earlier !== undefined) found.push({ line, text: twice(name.trim(), earlier) });
    names.set(name.trim(), line);
    // A value in quotes may go on below.
    if (quote !== undefined && value !== undefined) at += value.split('\n').length - 1;
  }
  return found;
}

/** Whoever has that many has another file. */
const mostFaults = 50;

/** Lines of a value in quotes; a certificate has some thirty. */
const longest = 300;

/** From the quote to the end of the line on which it is closed; undefined when it never is. */
function quoted(lines: readonly string[], at: number, quote: string): string | undefined {
  const rest = lines.slice(at, at + longest).join('\n');
  const from = rest.indexOf(quote, rest.indexOf('='));
  const to = rest.indexOf(quote, from + 1);
  if (to === -1) return undefined;
  const end = rest.indexOf('\n', to);
  return rest.slice(from, end === -1 ? undefined : end);
}

function nameSentence(typed: string, name: string): Text | undefined {
  if (!typed.includes('='))
    return {
      ru: 'строка не похожа на ИМЯ=значение и пропущена',
      en: 'the line is not of the form NAME=value and is passed over',
    };
  if (/^[A-Za-z_][A-Za-z0-9_.]*$/.test(name)) return undefined;
  return /^[A-Z_][A-Z0-9_.]*$/i.test(inLatin(name))
    ? {
        ru: `в имени «${name}» есть русские буквы, которые выглядят как латинские: напишите его заново`,
        en: `the name "${name}" has Russian letters that look like Latin ones: write it anew`,
      }
    : {
        ru: `«${name.slice(0, 60)}» не годится в имя переменной: нужны латинские буквы, цифры и «_», без set и $env:`,
        en: `"${name.slice(0, 60)}" is no name of a variable: Latin letters, digits and _ are needed, without set or $env:`,
      };
}

function* valueSentences(name: string, value: string | undefined, quote: string | undefined): Iterable<Text> {
  if (value === undefined)
    yield {
      ru: `в значении ${name} кавычка открыта и не закрыта: она стала частью значения`,
      en: `a quote is opened in the value of ${name} and never closed: it is a part of the value`,
    };
  else if (quote === undefined) {
    if (/\S#/.test(value.split(/\s#/, 1)[0] ?? ''))
      yield {
        ru: `значение ${name} обрывается на знаке «#» (он начинает комментарий): если «#» — часть значения, возьмите его в кавычки`,
        en: `the value of ${name} ends at its # (which begins a comment): if # is a part of the value, quote it`,
      };
    if (value.includes('\ufffd'))
      yield {
        ru: `в значении ${name} буквы не в UTF-8: сохраните файл в UTF-8`,
        en: `the value of ${name} has letters that are no UTF-8: save the file as UTF-8`,
      };
  } else {
    if (/^[^\s#]/.test(value.slice(value.indexOf(quote, 1) + 1).trim()))
      yield {
        ru: `в значении ${name} есть текст после закрывающей кавычки, он пропущен: возьмите в кавычки всё значение`,
        en: `the value of ${name} has text behind its closing quote, which is left out: quote the whole value`,
      };
    if (quote === '"' && /\\n/.test(value))
      yield {
        ru: `в двойных кавычках «\\n» в значении ${name} станет концом строки: если это часть пароля или пути, возьмите его в одинарные кавычки`,
        en: `in double quotes \\n becomes a line end in the value of ${name}: if it is a part of a password or path, put it in single quotes`,
      };
  }
}

function twice(name: string, earlier: number): Text {
  return {
    ru: `${name} уже задана в строке ${earlier}: действует последняя, оставьте одну`,
    en: `${name} is set in line ${earlier} already: the last one holds, keep one of them`,
  };
}
