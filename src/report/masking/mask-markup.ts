import type { KnownValues } from './known-values.ts';
import { maskField } from './mask-field.ts';
import { maskSentence } from './mask-sentence.ts';
import { isSpeakingField } from './words-of-fields.ts';

/** Elements in which web servers and programs speak. */
const spokenTags = /^(?:title|h\d|p|pre|li|b|i|em|strong|body|center|font|span|div|td|th|text|descr)$/i;

/** XML or HTML, cut off anywhere: names stay, texts and values of attributes are masked by the element around them. */
export function maskMarkup(text: string, spoken: boolean, known: KnownValues): string {
  let masked = '';
  let element: string | undefined;
  for (let at = 0; at < text.length;) {
    if (text[at] === '<') {
      const end = text.indexOf('>', at);
      const tag = end === -1 ? text.slice(at) : text.slice(at, end + 1);
      const name = /^<([\p{L}_][\p{L}\p{N}_.:-]{0,200})/u.exec(tag)?.[1];
      if (name !== undefined) element = name.slice(name.indexOf(':') + 1);
      masked += tag.startsWith('<!') || tag.startsWith('<?') ? maskSentence(tag, known) : maskTag(tag, name, known);
      at += tag.length;
    } else {
      const end = text.indexOf('<', at);
      const piece = end === -1 ? text.slice(at) : text.slice(at, end);
      masked += maskPiece(piece, element, spoken, known);
      at += piece.length;
    }
  }
  return masked;
}

function maskPiece(piece: string, element: string | undefined, spoken: boolean, known: KnownValues): string {
  if (piece.trim() === '') return piece;
  if (spoken && element !== undefined && spokenTags.test(element)) return maskSentence(piece, known);
  return maskField(piece, { field: element, spoken, within: isSpeakingField(element) }, known);
}

/** Also the name of an element that nobody closed is a piece of text from outside. */
function maskTag(tag: string, name: string | undefined, known: KnownValues): string {
  if (name === undefined) return maskSentence(tag, known);
  const [head = '', ...values] = tag.split(/("[^"]*"?|'[^']*'?)/u);
  const field = (before: string): string | undefined =>
    /([\p{L}_][\p{L}\p{N}_.:-]{0,200})\s*=\s*$/u.exec(before.slice(-220))?.[1];
  let before = head;
  let masked = head.startsWith(`<${name}`) ? `<${name}${maskSentence(head.slice(name.length + 1), known)}` : head;
  for (const part of values) {
    const quoted = part.startsWith('"') || part.startsWith("'");
    const attribute = field(before);
    if (!quoted) masked += maskSentence(part, known);
    else if (/^(?:xmlns|xsi)/.test(attribute ?? '')) masked += part;
    else
      masked +=
        part.slice(0, 1) +
        maskField(part.replace(/^["']|["']$/g, ''), { field: attribute, spoken: true, within: false }, known) +
        part.slice(0, 1);
    before = part;
  }
  return masked;
}
