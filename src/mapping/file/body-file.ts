import { unicodeText } from '../../files/unicode-text.ts';
import { type BodyReading, readBody } from '../../huntflow/body.ts';
import { endOfText } from '../../huntflow/number-texts.ts';
import type { Text } from '../../text.ts';

/** The body of a webhook as a person has saved it: by Notepad, with a mark, in UTF-16; says where it is no JSON. */
export function readBodyFile(bytes: Uint8Array): BodyReading {
  const text = unicodeText(bytes);
  if (text === undefined) return { ok: false, text: notUtf8 };
  const reading = readBody(Buffer.from(text));
  const place = reading.ok ? undefined : placeOf(text.replace(/^\ufeff/, ''));
  if (reading.ok || place === undefined) return reading;
  const { ru, en } = reading.text;
  return { ok: false, text: { ru: `${ru}: ${place.ru}`, en: `${en}: ${place.en}` } };
}

/** Where the parser stopped, and what stands there; of its own words, which quote the body, only the place is taken. */
function placeOf(text: string): Text | undefined {
  const at = stopOf(text);
  if (at === undefined) return undefined;
  const before = text.slice(0, at).split('\n');
  const [line, column] = [before.length, (before.at(-1)?.length ?? 0) + 1];
  const why = reasonOf(text.charAt(at), text.slice(0, at).trimEnd().at(-1));
  return { ru: `строка ${line}, знак ${column}${why.ru}`, en: `line ${line}, character ${column}${why.en}` };
}

function stopOf(text: string): number | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    if (!(error instanceof SyntaxError)) return undefined;
    if (/end of JSON input|Unterminated/i.test(error.message)) return text.length;
    const at = / at position (\d+)/.exec(error.message)?.[1];
    return at === undefined ? foreignCharacter(text) : Number(at);
  }
}

/** The first character outside of texts that JSON has no use for; the parser names no place for it. */
function foreignCharacter(text: string): number | undefined {
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '"') at = endOfText(text, at + 1);
    else if (!/[ \t\r\n{}[\],:\w.+-]/.test(character)) return at;
  }
  return undefined;
}

function reasonOf(character: string, before: string | undefined): Text {
  if (/[“”„‟‘’«»]/.test(character)) return { ru: ', типографская кавычка', en: ', a typographic quote' };
  if (/[\u00a0\u2000-\u200b\u202f\ufeff]/.test(character))
    return { ru: ', неразрывный пробел', en: ', a no-break blank' };
  if (/[}\]]/.test(character) && before === ',')
    return { ru: ', лишняя запятая перед ней', en: ', a comma too many before it' };
  if (character === "'") return { ru: ', нужны двойные кавычки', en: ', double quotes are needed' };
  return character === '' ? { ru: ', файл обрывается', en: ', the file breaks off' } : { ru: '', en: '' };
}

const notUtf8: Text = {
  ru: 'файл не в кодировке UTF-8: сохраните его в UTF-8',
  en: 'the file is not UTF-8: save it as UTF-8',
};
