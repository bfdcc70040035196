import { v5 } from 'uuid';
import { UnavailableError } from '../../src/adapter.ts';
import { cutText, fitted } from './cut-text.ts';
import { codeIn, foreign, forOperator, refusedPost, slower, textIn, unreachable } from './said.ts';
import type { ChatAnswer, ChatRefusal, ChatRequest, Dialect, Found, Verdict, Words } from './dialect.ts';

const name = 'Mattermost';

/** Runes of a post (facts/targets.md 4). */
const longest = 16_383;

/** Of this product's own, so that a key is the same on every machine. */
const namespace = '5c2f2f0e-7b6f-4a53-9d0c-0a7d0f6f3f11';

/** The API with a bot's token; a recipient is a channel id, or a person by e-mail (facts/targets.md 4). */
export function mattermostDialect(): Dialect {
  return {
    name,
    spacing: { chat: 100, all: 100 },
    // The same pending_post_id returns the first post for 30 s; some of that goes by on the way there.
    keyHolds: 20_000,
    post: postOf,
    bringFile: async (to, words, file, ask) => {
      const form = new FormData();
      form.set('channel_id', to);
      form.set('files', file, file.name);
      const summary = 'POST /api/v4/files';
      const brought = await ask({ method: 'POST', path: '/api/v4/files', form, summary });
      const id = textIn(brought.json, 'file_infos', '0', 'id');
      if (id === undefined) return refusalIn(brought);
      return postOf(to, words, { file_ids: [id] });
    },
    verdict,
    find: async (email, ask) => {
      const me = idOf(await ask(whoAmI));
      if (me instanceof Error) return me;
      const summary = 'GET /api/v4/users/email';
      const person = idOf(await ask({ method: 'GET', path: `/api/v4/users/email/${email}`, summary }));
      if (person instanceof Error) return person;
      const direct = {
        method: 'POST',
        path: '/api/v4/channels/direct',
        summary: 'POST /api/v4/channels/direct',
      } as const;
      return idOf(await ask({ ...direct, body: [me.id, person.id] }));
    },
    check: whoAmI,
  };
}

const postOf = (to: string, words: Words, more: object = {}): ChatRequest => ({
  method: 'POST',
  path: '/api/v4/posts',
  summary: 'POST /api/v4/posts',
  body: { channel_id: to, message: markdown(words), pending_post_id: v5(words.key, namespace), ...more },
});

/** An incoming webhook of Mattermost (facts/targets.md 4). */
export function hookDialect(path: string): Dialect {
  return {
    name,
    spacing: { chat: 100, all: 100 },
    keyHolds: 0,
    post: (to, words) => ({
      method: 'POST',
      path,
      summary: 'POST webhook',
      body: { text: markdown(words), ...(to !== '-' && { channel: to }) },
    }),
    verdict: (answer, chat) => {
      const { status, text, json } = answer;
      if (status === 200) {
        return text.trim() === 'ok' ? { is: 'taken' } : { is: 'refused', error: foreign(name, answer) };
      }
      const code = codeIn(textIn(json, 'id'));
      // A hook that is gone is one fault of the settings; a channel or person that is not there is the record's.
      const isGone =
        (status === 400 || status === 404) && /incoming_webhook\.(?:invalid|disabled)|sql_webhook/.test(code);
      return isGone ? { is: 'refused', error: forOperator(name, code) } : verdict(answer, chat);
    },
  };
}

const whoAmI: ChatRequest = { method: 'GET', path: '/api/v4/users/me', summary: 'GET /api/v4/users/me' };

function idOf(answer: ChatAnswer): Found | ChatRefusal {
  const id = textIn(answer.json, 'id');
  if (answer.status < 300 && id !== undefined) return { id };
  return refusalIn(answer);
}

function refusalIn(answer: ChatAnswer): ChatRefusal {
  const said = verdict(answer, '');
  return said.is === 'refused' ? said.error : foreign(name, answer);
}

function markdown({ text, link }: Words): string {
  if (link === undefined) return fitted(text, longest, escaped);
  const shown = `[${escaped(cutText(link.text, 200))}](${link.url.replaceAll('(', '%28').replaceAll(')', '%29')})`;
  return `${fitted(text, longest - shown.length - 1, escaped)}\n${shown}`;
}

/** Backslashes before what Markdown reads; a zero-width space keeps @all and :words: from meaning anything. */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-!|~<>]/g, '\\$&').replace(/([@:])(?=\w)/g, '$1\u200b');
}

function verdict(answer: ChatAnswer, chat: string): Verdict {
  const { status, json, headers } = answer;
  if (status >= 200 && status < 300) {
    const id = textIn(json, 'id');
    return id === undefined ? { is: 'refused', error: foreign(name, answer) } : { is: 'taken', id };
  }
  const code = codeIn(textIn(json, 'id'));
  if (code === '') return { is: 'refused', error: foreign(name, answer) };
  if (status === 429) return { is: 'refused', error: slower(name, chat, Number(headers['retry-after']) || 1) };
  if (code.includes('deduplicate_create_post.pending')) return { is: 'refused', error: again(code) };
  if (status === 401 || status === 501 || code.includes('permission') || code.includes('token'))
    return { is: 'refused', error: forOperator(name, code) };
  if (status === 403 || status === 404 || code.includes('channel') || code.includes('user')) {
    return {
      is: 'refused',
      error: unreachable({
        ru: `Mattermost ответил ${status} (${code}): такого канала или человека нет, либо бота там нет.`,
        en: `Mattermost answered ${status} (${code}): there is no such channel or person, or the bot is not there.`,
      }),
    };
  }
  if (status < 500) return { is: 'refused', error: refusedPost(name, code) };
  return { is: 'refused', error: foreign(name, answer) };
}

const again = (code: string): UnavailableError =>
  new UnavailableError(
    {
      ru: `Mattermost ещё обрабатывает это сообщение (${code}): спросим снова с тем же ключом.`,
      en: `Mattermost is still at this post (${code}): it is asked again with the same key.`,
    },
    { retryAfter: 2 },
  );
