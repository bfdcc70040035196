import { plainDigits } from './plain-digits.ts';

/**
 * The JSON text with what a float cannot hold put in quotation marks: whole numbers beyond 2^53 (as floats,
 * 9007199254740993 and …992 are one id), decimals that would lose a digit, 1e400, and the NaN and Infinity that
 * Python writes and JSON does not know. One pass; the text itself where there is nothing to do.
 */
export function withNumberTexts(text: string): string {
  const pieces: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length;) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfText(text, at + 1) + 1;
    else if (!beginsNumber(code)) at += 1;
    else {
      const end = endOfToken(text, at);
      if (isLost(text, at, end) && !isKey(text, end)) {
        pieces.push(text.slice(from, at), '"', plainDigits(text.slice(at, end)), '"');
        from = end;
      }
      at = end;
    }
  }
  if (pieces.length === 0) return text;
  pieces.push(text.slice(from));
  return pieces.join('');
}

/** Where the closing quotation mark stands, or the end of the text. */
export function endOfText(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) return at;
    if (code === backslash) at += 1;
  }
  return text.length;
}

const quote = 0x22;
const backslash = 0x5c;

/** Digits, a minus, and the first letters of NaN and Infinity. */
function beginsNumber(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || code === 0x2d || code === 0x4e || code === 0x49;
}

function endOfToken(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && isTokenPart(text.charCodeAt(at))) at += 1;
  return at;
}

function isTokenPart(code: number): boolean {
  return (
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    code === 0x2b ||
    code === 0x2d ||
    code === 0x2e
  );
}

/** A number before a colon is no JSON, and must not become some. */
function isKey(text: string, end: number): boolean {
  let at = end;
  while (text.charCodeAt(at) <= 0x20) at += 1;
  return text.charCodeAt(at) === 0x3a;
}

/** Digits that every float tells apart. */
const safeDigits = 15;

function isLost(text: string, from: number, end: number): boolean {
  if (end - from <= safeDigits && !hasLetter(text, from, end)) return false;
  const token = text.slice(from, end);
  if (token === 'NaN' || token === 'Infinity' || token === '-Infinity') return true;
  if (/^-?\d+$/.test(token)) return !Number.isSafeInteger(Number(token));
  if (/^-?\d+(?:\.\d+)?[eE][+-]?\d+$/.test(token)) return plainDigits(String(Number(token))) !== plainDigits(token);
  return /^-?\d+\.\d+$/.test(token) && String(Number(token)) !== withoutTail(token);
}

/** 1.50 is the float 1.5. */
function withoutTail(decimal: string): string {
  let end = decimal.length;
  while (decimal.charCodeAt(end - 1) === 0x30) end -= 1;
  if (decimal.charCodeAt(end - 1) === 0x2e) end -= 1;
  return decimal.slice(0, end);
}

function hasLetter(text: string, from: number, end: number): boolean {
  for (let at = from; at < end; at += 1) if (text.charCodeAt(at) >= 0x41) return true;
  return false;
}
