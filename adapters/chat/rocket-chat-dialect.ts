import { cutText, fitted } from './cut-text.ts';
import { codeIn, foreign, forOperator, member, refusedPost, slower, textIn, unreachable } from './said.ts';
import type { ChatAnswer, Dialect, Verdict, Words } from './dialect.ts';

const name = 'Rocket.Chat';

/** Characters of a post, unless its administrator said otherwise (facts/targets.md 4). */
const longest = 5000;

/** An incoming webhook has its integration and its token in the path; one of Mattermost has its id alone. */
export const isRocketHook = (path: string): boolean => /\/hooks\/[^/]+\/[^/]+$/.test(path);

/** An incoming webhook of Rocket.Chat (facts/targets.md 4). */
export function rocketDialect(path: string): Dialect {
  return {
    name,
    spacing: { chat: 100, all: 100 },
    keyHolds: 0,
    post: (to, words) => ({
      method: 'POST',
      path,
      summary: 'POST webhook',
      body: { text: written(words), ...(to !== '-' && { channel: to }) },
    }),
    verdict,
  };
}

function written({ text, link }: Words): string {
  if (link === undefined) return fitted(text, longest, plain);
  const url = link.url.replaceAll('(', '%28').replaceAll(')', '%29');
  const shown = `[${plain(cutText(link.text, 200)).replaceAll(/[[\]]/g, ' ')}](${url})`;
  return `${fitted(text, longest - shown.length - 1, plain)}\n${shown}`;
}

/**
 * Its grammar has no way to escape (packages/message-parser of Rocket.Chat): a backslash would be shown, and within a
 * pair of stars nothing helps. So what makes pairs gets the look of itself, and the rest a zero-width space behind it.
 */
function plain(text: string): string {
  return text
    .replaceAll('*', '\u2217')
    .replaceAll('~', '\u223c')
    .replaceAll('`', '\u02cb')
    .replaceAll(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\uff3f')
    .replaceAll(/[@#:<!|$]|\](?=\()|^[ \t]*(?:[->+]|\d+\.)/gm, '$&\u200b');
}

function verdict(answer: ChatAnswer): Verdict {
  const { status, json, headers } = answer;
  const said = (textIn(json, 'error') ?? failedPart(json))?.slice(0, 500);
  if (status === 200 && member(json, 'success') === true && said === undefined) return { is: 'taken' };
  const code = codeOf(said ?? '') || String(status);
  if (status === 429 || /too-many-requests/.test(said ?? ''))
    return { is: 'refused', error: slower(name, '', Number(headers['retry-after']) || 60) };
  if (member(json, 'success') === undefined) return { is: 'refused', error: foreign(name, answer) };
  if (status === 401 || status === 403 || status === 404 || status === 503)
    return { is: 'refused', error: forOperator(name, code) };
  if (status >= 500) return { is: 'refused', error: foreign(name, answer) };
  if (/channel|room|user/i.test(said ?? '')) {
    return {
      is: 'refused',
      error: unreachable({
        ru: `Rocket.Chat ответил ${code}: такого канала или человека нет, либо вебхуку туда нельзя.`,
        en: `Rocket.Chat answered ${code}: there is no such channel or person, or the webhook may not write there.`,
      }),
    };
  }
  return { is: 'refused', error: refusedPost(name, code) };
}

/** An error is a code, or a sentence that may end in one. */
const codeOf = (said: string): string =>
  /^[\w.-]{1,80}$/.test(said) ? codeIn(said) : codeIn(/\[(error-[\w-]{1,70})\]/.exec(said)?.[1]);

/** With `separateResponse` a post that reached nobody is a success that says so in one of its parts. */
function failedPart(json: unknown): string | undefined {
  const parts = member(json, 'responses');
  if (!Array.isArray(parts)) return undefined;
  return parts.map((part: unknown) => textIn(part, 'error')).find((error) => error !== undefined);
}
