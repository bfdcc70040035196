import { cutText } from '../chat/cut-text.ts';
import { oneLine } from './address.ts';

/** UTF-16 units: nobody reads more, and of headers beyond 100 KB Postfix makes text (header_size_limit). */
const longest = 500;

/** A subject as it goes out: one line, cut at a word. */
export const subjectOf = (text: string): string => cutText(oneLine(text.toWellFormed()), longest);
