/**
 * Text of at most `most` UTF-16 units, cut at a word where one ends in the last fifth, never inside a code point or a
 * character that is composed of several; `…` says that something is missing.
 */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  if (most < 1) return '';
  let end = 0;
  // Only what may still fit is looked at, however long the text is.
  for (const { index, segment } of graphemes.segment(text.slice(0, most + longest))) {
    if (index + segment.length > most - 1) break;
    end = index + segment.length;
  }
  const whole = text.slice(0, end);
  const word = /\s\S*$/.exec(whole.slice(Math.floor(end * 0.8)));
  const kept = word === null ? whole : whole.slice(0, Math.floor(end * 0.8) + word.index);
  return `${kept.trimEnd()}…`;
}

const graphemes = new Intl.Segmenter('ru', { granularity: 'grapheme' });

/** UTF-16 units that one character of a reader may take (families of emoji are 25). */
const longest = 64;

/** Text that is at most `most` long once it is escaped: cut before, so that nothing is cut within an escape. */
export function fitted(text: string, most: number, escape: (text: string) => string): string {
  let room = most;
  let escaped = escape(cutText(text, room));
  while (escaped.length > most && room > 0) {
    room = Math.floor((room * most) / escaped.length) - 1;
    escaped = escape(cutText(text, room));
  }
  return escaped;
}
