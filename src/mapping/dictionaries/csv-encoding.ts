import { unicodeText } from '../../files/unicode-text.ts';

/** Text as Russian Excel saves it: Unicode (UTF-8, or UTF-16 with its mark), else windows-1251. */
export function decodeText(bytes: Uint8Array): string {
  return unicodeText(bytes) ?? new TextDecoder('windows-1251').decode(bytes);
}
