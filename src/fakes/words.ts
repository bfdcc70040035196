import { draw, drawDigits, drawFrom, inCaseOf } from './draw.ts';

/** Every length up to nine has several: a fake has to differ from what it stands for. */
const russian =
  'а и о у в к с да но же на по дом лес сад мир свет река небо трава город берег ветер весна дорога облако родник закат утренняя тропинка светлый поляна зелёный вечерний открытый солнечный берёзовый незабудка колосится';
const latin =
  'a e o et in ad ut sit est nec amet elit urna nibh lorem ipsum dolor magna tempor labore aliqua lectus ' +
  'feugiat viverra integer egestas sagittis pharetra interdum maecenas consequat convallis tristique curabitur';

const byLength = { russian: grouped(russian), latin: grouped(latin) };

function grouped(words: string): ReadonlyMap<number, readonly string[]> {
  return Map.groupBy(words.split(' '), ({ length }) => length);
}

/** Letters become other words of the same length, digits other digits; spaces, signs and line breaks stay. */
export function fakeWords(text: string): string {
  return text
    .replace(/\p{L}[\p{L}\p{M}]*/gu, (word) => inCaseOf(word, fakeWord(word)))
    .replace(/\p{N}+/gu, (digits) => otherDigits(digits));
}

function fakeWord(word: string): string {
  const words = /\p{Script=Cyrillic}/u.test(word) ? byLength.russian : byLength.latin;
  let fake = '';
  for (let rest = word.length; rest > 0; rest = word.length - fake.length) {
    fake += drawFrom(words.get(Math.min(rest, 9)) ?? [], word, String(fake.length));
  }
  return fake;
}

/** One of at most a hundred numbers of that length: with more of them, trying every number would lead back. */
export function otherDigits(digits: string): string {
  const drawn = draw(digits, Math.min(100, Math.max(3, 10 ** (digits.length - 1))), 'digits');
  const fake = drawDigits(String(drawn), digits.length, 'digits');
  return fake === digits ? `${fake.slice(0, -1)}${(Number(fake.at(-1)) + 1) % 10}` : fake;
}

const tags =
  /(<\/?(?:p|br|b|i|u|s|a|ul|ol|li|em|strong|div|span|h[1-6]|table|thead|tbody|tr|td|th|hr|blockquote|pre|code|img)(?:\s[^<>]*)?\/?>|&(?:nbsp|amp|lt|gt|quot|laquo|raquo|mdash|ndash);)/i;

/** The same with tags left in their places, bare: attributes may hold addresses. */
export function fakeText(text: string): string {
  return text
    .split(tags)
    .map((piece, index) => (index % 2 === 0 ? fakeWords(piece) : piece.replace(/^(<\/?\w+)[^>]*?(\/?>)$/, '$1$2')))
    .join('');
}

const extension = /\.(pdf|docx?|odt|rtf|txt|xlsx?|png|jpe?g|gif|webp|heic|mp3|mp4|wav|ogg|zip)$/i;

export function isFileName(text: string): boolean {
  return extension.test(text);
}

/** `file1234.pdf` */
export function fakeFileName(text: string): string {
  return `file${String(draw(text, 10_000, 'file')).padStart(4, '0')}${extension.exec(text)?.[0].toLowerCase() ?? ''}`;
}
