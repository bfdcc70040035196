import { constantNumber, isName, type KnownValues } from './known-values.ts';
import { maskSentence } from './mask-sentence.ts';
import { maskText } from './mask-text.ts';
import { isCodeField, isIdField, isSpeakingField } from './words-of-fields.ts';

/** Where a value stands. */
export interface Place {
  readonly field: string | undefined;
  /** It is the target that speaks: its sentences are masked word by word. */
  readonly spoken: boolean;
  /** Some field around it is one in which targets say what is wrong. */
  readonly within: boolean;
}

/** A text below a field: words of programs and ids stay, everything else is somebody's until proven otherwise. */
export function maskField(text: string, { field, spoken, within }: Place, known: KnownValues): string {
  if (isName(text) || known.isConstant(text)) return text;
  if (isIdField(field) && /^[A-Za-z]{0,4}[-_]?\d{1,19}$/.test(text)) return text;
  if (isCodeField(field) && /^[A-Za-z0-9_.-]{1,60}$/.test(text) && !holdsNumber(text) && (spoken || !looksNamed(text)))
    return spoken ? maskSentence(text, known) : text;
  const sentence = isSpeakingField(field) || isCodeField(field) || (within && /\s|_/.test(text));
  return spoken && sentence ? maskSentence(text, known) : maskText(text);
}

/** `Ivanova`, `Anna.Ivanova`, `A-Ivanova`: written as a person's name is. Codes are of one case, or of digits. */
function looksNamed(text: string): boolean {
  const parts = text.split(/[._-]+/);
  return parts.every((part) => /^[A-Z]([a-z]+)?$/.test(part)) && /[a-z]{2}/.test(text);
}

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** A phone, a paper, an account, a birthday: whoever makes a record may put one into any field. Codes begin with zeros. */
function holdsNumber(text: string): boolean {
  if (uuid.test(text)) return false;
  const numbers = text.match(/\d[\d._-]{5,}\d/g) ?? [];
  return numbers.some((number) => number.replaceAll(/\D/g, '').replace(/^0+/, '').length >= 7);
}

/** A number as text: as it is below an id or a code, else its digits are gone. */
export function maskNumber(number: string, { field }: Pick<Place, 'field'>, known: KnownValues): string {
  if (known.isConstant(constantNumber(field, number))) return number;
  if (isIdField(field) && /^\d{1,19}$/.test(number)) return number;
  return isCodeField(field) && /^-?\d{1,4}$/.test(number) ? number : maskText(number);
}

/** Names of fields are no secrets; where they are made of somebody's data, they are. */
export function maskFieldName(name: string, known: KnownValues): string {
  const short = name.slice(0, 300);
  return (
    (isName(short) || known.isConstant(name) ? short : maskSentence(short, known)) + (name.length > 300 ? '…' : '')
  );
}
