import type { ChatRecord } from './record.ts';
import type { Words } from './dialect.ts';

/**
 * What a record says. Half a character (a text of an organisation that was cut at a wrong place) becomes U+FFFD: chats
 * refuse the whole post for it.
 *
 * @param key the same over attempts of one delivery to one recipient.
 */
export function wordsOf({ text, link }: ChatRecord, key: string): Words {
  return {
    text: text.toWellFormed(),
    link: link ? { url: link.url, text: (link.text ?? link.url).toWellFormed() } : undefined,
    key,
  };
}
