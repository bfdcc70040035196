import { UnavailableError } from '../../src/adapter.ts';
import { cutText, fitted } from './cut-text.ts';
import { codeIn, foreign, forOperator, member, refusedPost, slower, textIn, unreachable } from './said.ts';
import type { ChatAnswer, ChatRefusal, Dialect, Verdict, Words } from './dialect.ts';

const name = 'Bitrix24';

/** Characters; more is cut in silence (facts/targets.md 4). */
const longest = 20_000;

const operatorFaults = new Set([
  'NO_AUTH_FOUND',
  'expired_token',
  'INVALID_CREDENTIALS',
  'insufficient_scope',
  'ACCESS_DENIED',
  'PORTAL_DELETED',
  'OVERLOAD_LIMIT',
  'INVALID_TOKEN',
]);

/** An incoming webhook of a portal; `path` is `/rest/{user}/{code}`, a secret (facts/targets.md 4). */
export function bitrixDialect(path: string): Dialect {
  const call = (method: string, body: Readonly<Record<string, unknown>>) =>
    ({ method: 'POST', path: `${path}/${method}`, body, summary: `POST ${method}` }) as const;
  return {
    name,
    // A bucket of 50 that empties by 2 a second, shared by everything from our address.
    spacing: { chat: 500, all: 500 },
    keyHolds: 0,
    post: (to, words) =>
      /^\d+$/.test(to)
        ? call('im.notify.personal.add', { USER_ID: Number(to), MESSAGE: bbCode(words) })
        : call('im.message.add', { DIALOG_ID: to, MESSAGE: bbCode(words), URL_PREVIEW: 'N' }),
    verdict,
    find: async (email, ask) => {
      const answer = await ask(call('user.get', { FILTER: { EMAIL: email, ACTIVE: true } }));
      const people = member(answer.json, 'result');
      if (!Array.isArray(people)) {
        const said = verdict(answer, '');
        return said.is === 'refused' ? said.error : foreign(name, answer);
      }
      const id = member(people[0], 'ID');
      if (people.length === 1 && (typeof id === 'string' || typeof id === 'number')) return { id: String(id) };
      return unreachable({
        ru: `Bitrix24 нашёл по этой почте сотрудников: ${people.length}; нужен один.`,
        en: `Bitrix24 found ${people.length} employees by this address; one is needed.`,
      });
    },
    check: call('user.current', {}),
  };
}

function bbCode({ text, link }: Words): string {
  if (link === undefined) return fitted(text, longest, plain);
  const address = link.url.replaceAll('[', '%5B').replaceAll(']', '%5D');
  const shown = `[URL=${address}]${plain(cutText(link.text, 200))}[/URL]`;
  return `${fitted(text, longest - shown.length - 1, plain)}\n${shown}`;
}

/** A zero-width space behind every bracket: no text from outside becomes a BB code. */
const plain = (text: string): string => text.replaceAll('[', '[\u200b');

function verdict(answer: ChatAnswer, chat: string): Verdict {
  const { status, json } = answer;
  const error = textIn(json, 'error');
  if (error !== undefined) return { is: 'refused', error: refusal(error, status, json, chat) };
  const result = member(json, 'result');
  if (result === undefined || status >= 300) return { is: 'refused', error: foreign(name, answer) };
  if (result === false) return { is: 'refused', error: refusedPost(name, 'result: false') };
  return typeof result === 'number' ? { is: 'taken', id: String(result) } : { is: 'taken' };
}

function refusal(error: string, status: number, json: unknown, chat: string): ChatRefusal {
  const code = codeIn(error);
  if (operatorFaults.has(error)) return forOperator(name, code);
  // The bucket is the portal's, not one chat's.
  if (error === 'QUERY_LIMIT_EXCEEDED') return slower(name, '', 1);
  if (error === 'OPERATION_TIME_LIMIT') return slower(name, '', secondsUntil(member(json, 'time')));
  if (
    error === 'USER_ID_EMPTY' ||
    error === 'ACCESS_ERROR' ||
    error === 'DIALOG_ID_EMPTY' ||
    error === 'USER_NOT_FOUND'
  ) {
    return unreachable({
      ru: `Bitrix24 ответил ${code}: такого сотрудника или чата нет, либо вебхуку туда нельзя.`,
      en: `Bitrix24 answered ${code}: there is no such employee or chat, or the webhook may not write there.`,
    });
  }
  if (status >= 500) {
    return new UnavailableError(
      { ru: `Bitrix24 ответил ${code}: попытка повторится.`, en: `Bitrix24 answered ${code}: it is tried again.` },
      chat === '' ? {} : { retryAfter: 10 },
    );
  }
  return refusedPost(name, code);
}

/**
 * When the limit of running time is over, by Bitrix24's own clock: `operating_reset_at` and `finish`, both in seconds.
 */
function secondsUntil(time: unknown): number {
  const reset = member(time, 'operating_reset_at');
  const now = member(time, 'finish');
  if (typeof reset !== 'number' || typeof now !== 'number') return 60;
  return Math.min(3600, Math.max(1, Math.ceil(reset - now)));
}
