import { isName, plainWord, type KnownValues } from './known-values.ts';
import { maskText } from './mask-text.ts';
import { fieldWords, firstNames, personWords, plainWords } from './plain-words.ts';

/** A word of a sentence and what stands between it and the one before. */
interface Word {
  readonly text: string;
  readonly gap: string;
  readonly plain: string;
  /** It begins a sentence. */
  readonly first: boolean;
  hidden: boolean;
  /** In quotes behind a word like "field": the name of a field. */
  readonly named: boolean;
}

/** Digits in a row, whatever stands between them, of which a phone, a document or a birthday can be made. */
const manyDigits = 5;

/**
 * Free text of a target as it may be shown: words of programs, names of fields, sets and codes stay, people and numbers
 * do not. Linear; cut before it is called.
 */
export function maskSentence(text: string, known: KnownValues): string {
  const words = wordsOf(text);
  for (const word of words) word.hidden = isTelling(word, known);
  hideBehindPersonWords(words);
  hideNeighbours(words);
  hideDigits(words, known);
  const end = words.reduce((sum, word) => sum + word.gap.length + word.text.length, 0);
  return words.map(({ gap, text: word, hidden }) => gap + (hidden ? maskText(word) : word)).join('') + text.slice(end);
}

/** A sentence of an adapter: only what the record it is about gives away is hidden. Cut before it is called. */
export function maskKnown(text: string, known: KnownValues): string {
  return text.replace(/[\p{L}\p{M}\p{N}]+/gu, (word) => {
    const telling = /^\p{Lu}/u.test(word) || digitsIn(word) > 3;
    return telling && !plainWords.has(plainWord(word)) && known.has(word) ? maskText(word) : word;
  });
}

function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  let end = 0;
  let quotedField = false;
  let run: 'plain' | 'secret' = 'plain';
  for (const match of text.matchAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[\p{L}\p{M}\p{N}_]+/giu)) {
    const [found] = match;
    const gap = text.slice(end, match.index);
    const before = words.at(-1);
    if (/["«“'„]/.test(gap)) quotedField = before !== undefined && fieldWords.has(before.plain);
    else if (/["»”']/.test(gap)) quotedField = false;
    if (end === 0 || /\s/.test(gap)) run = isSecretRun(text, match.index) ? 'secret' : 'plain';
    const first = before === undefined || /[.!?:;\n\r{<>]/.test(gap);
    words.push({ text: found, gap, plain: plainWord(found), first, hidden: run === 'secret', named: quotedField });
    end = match.index + found.length;
  }
  return words;
}

/** What holds no blank and has an `@`, an escape or the path of an address in it; looks 300 characters ahead. */
function isSecretRun(text: string, from: number): boolean {
  const ahead = text.slice(from, from + 300);
  const end = ahead.search(/\s/);
  const run = end === -1 ? ahead : ahead.slice(0, end);
  return /@|%[0-9a-f]{2}|\\u[0-9a-f]{4}|:\/\/|&#/i.test(run);
}

function isTelling(word: Word, known: KnownValues): boolean {
  const { text, plain, first, named } = word;
  if (word.hidden) return true;
  if (!/\p{L}/u.test(text) || isName(text)) return false;
  if (plainWords.has(plain)) return false;
  if (text.includes('_') || /\p{Ll}\p{Lu}/u.test(text)) return partsAreKnown(text, known);
  if (known.has(text)) return true;
  const capital = /^\p{Lu}/u.test(text);
  if (isPatronymic(plain, capital)) return true;
  if (capital && firstNames.has(plain)) return true;
  if (named || known.isConstantWord(text)) return false;
  if (/^\p{Lo}/u.test(text)) return true; // letters without case: they are no words of ours
  if (!capital) return false;
  return !first || isSurname(plain);
}

function partsAreKnown(text: string, known: KnownValues): boolean {
  return text
    .split(/_|(?<=\p{Ll})(?=\p{Lu})/u)
    .some((part) => part.length > 2 && !plainWords.has(plainWord(part)) && known.has(part));
}

/** A patronymic, or what ends as surnames do. */
export function isNameLike(plain: string): boolean {
  return isPatronymic(plain, true) || isSurname(plain);
}

function isPatronymic(plain: string, capital: boolean): boolean {
  if (plain.length < 6) return false;
  if (/(?:ович|евич|ьич)(?:а|у|ем|е)?$|(?:овна|евна|инична|никитична)$|(?:ovich|evich|ovna|evna)$/.test(plain))
    return !/^(?:основ|услов|верхов|голов|церков|готов|любов|слов)/.test(plain);
  return capital && /(?:овн|евн)(?:ы|е|у|ой)$/.test(plain);
}

function isSurname(plain: string): boolean {
  return (
    plain.length > 3 &&
    /(?:ов|ев|ин|ын)(?:а|у|ым|ой|е|ых|ы)?$|ск(?:ий|ая|ого|ому|ой|им)$|цк(?:ий|ая|ого|ой)$|енко$|швили$|(?:ov|ev|in|yn)a?$|sk(?:iy|y|aya|ii)$|enko$/.test(
      plain,
    )
  );
}

function hideBehindPersonWords(words: readonly Word[]): void {
  for (const [at, { plain, named }] of words.entries()) {
    if (named || !personWords.has(plain)) continue;
    for (const next of words.slice(at + 1, at + 4)) {
      if (/[.!?\n]/.test(next.gap) || next.named || plainWords.has(next.plain) || !/^\p{Lu}/u.test(next.text)) break;
      next.hidden = true;
    }
  }
}

/** `петров пётр петрович`: who is found gives away what stands beside it and looks like a name. */
function hideNeighbours(words: readonly Word[]): void {
  spread(words, (gap) => gap);
  spread(words.toReversed(), (_gap, before) => before);
}

function spread(words: readonly Word[], gapOf: (gap: string, before: string) => string): void {
  let before: Word | undefined;
  for (const word of words) {
    const gap = before === undefined ? '' : gapOf(word.gap, before.gap);
    if (before?.hidden === true && !word.hidden && /^[\s.,\-–—]{1,2}$/.test(gap) && looksLikeName(word))
      word.hidden = true;
    before = word;
  }
}

function looksLikeName({ text, plain, named }: Word): boolean {
  if (/^\p{Lu}$/u.test(text)) return !named; // an initial
  if (named || plainWords.has(plain) || !/^\p{L}+$/u.test(text)) return false;
  return /^\p{Lu}/u.test(text) || firstNames.has(plain) || isSurname(plain);
}

function hideDigits(words: readonly Word[], known: KnownValues): void {
  let run: Word[] = [];
  let digits = 0;
  const close = (): void => {
    if (digits >= manyDigits) for (const word of run) word.hidden = true;
    run = [];
    digits = 0;
  };
  for (const word of words) {
    const count = isName(word.text) ? 0 : digitsIn(word.text);
    const alone = count > 0 && count === Array.from(word.text).length;
    if (!alone || word.gap.length > 4) close();
    if (count === 0) continue;
    run.push(word);
    digits += count;
    if (count > 2 && known.has(word.text)) word.hidden = true;
    if (!alone) close();
  }
  close();
}

function digitsIn(text: string): number {
  return text.match(/\p{N}/gu)?.length ?? 0;
}
