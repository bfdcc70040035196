import iconv from 'iconv-lite';
import { unicodeText } from '../../files/unicode-text.ts';

/**
 * Text as programs in Russia save it: Unicode (UTF-8, or UTF-16 with or without its mark), else the one of
 * windows-1251, cp866 and koi8-r that makes the likeliest Russian of it.
 */
export function decodeText(bytes: Uint8Array): string {
  return unicodeText(bytes) ?? mostlyUnicode(bytes) ?? likeliest(bytes);
}

/** UTF-8 of which a part was written by somebody else, or cut; what is lost of it shows as U+FFFD. */
function mostlyUnicode(bytes: Uint8Array): string | undefined {
  const text = new TextDecoder().decode(bytes);
  const [russian, lost] = [text.match(/[Ѐ-ӿ]/g)?.length ?? 0, text.match(/\ufffd/g)?.length ?? 0];
  return russian * 2 > lost ? text : undefined;
}

function likeliest(bytes: Uint8Array): string {
  const sample = Buffer.from(bytes.subarray(0, 20_000));
  const score = (charset: string): number => likelihood(iconv.decode(sample, charset));
  // A few letters prove nothing: windows-1251 is what nearly everybody has.
  const candidates = [
    ['windows-1251', score('windows-1251') + 5],
    ['cp866', score('cp866')],
    ['koi8-r', score('koi8-r')],
  ] as const;
  const [best] = candidates.toSorted(([, a], [, b]) => b - a);
  return iconv.decode(Buffer.from(bytes), best?.[0] ?? 'windows-1251');
}

/** How often each letter stands in a thousand of Russian text. */
const frequencies: Readonly<Record<string, number>> = Object.fromEntries(
  'о110 е85 а80 и74 н67 т63 с55 р47 в45 л44 к35 м32 д30 п28 у26 я20 ы19 ь17 г17 з16 б16 ч14 й12 х10 ж9 ш7 ю6 ц5 щ4 э3 ф3 ъ0.4 ё0.4'
    .split(' ')
    .map((each) => [each.slice(0, 1), Number(each.slice(1)) / 1_000]),
);

function likelihood(text: string): number {
  let sum = 0;
  let before = '';
  for (const character of text) {
    if (character > '\u007f') {
      const lower = character.toLowerCase();
      const frequency = frequencies[lower];
      sum += frequency === undefined ? (usual.has(character) ? -5 : -12) : Math.log(frequency);
      // A capital within a word is what another alphabet's small letters look like.
      if (frequency !== undefined && character !== lower && before !== '' && before === before.toLowerCase()) sum -= 3;
      before = frequency === undefined ? '' : character;
    } else before = '';
  }
  return sum;
}

const usual: ReadonlySet<string> = new Set('«»№–—…“”„\u00a0°§');
