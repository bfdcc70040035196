import { UnavailableError } from '../../src/adapter.ts';
import { cutText } from './cut-text.ts';
import { codeIn, foreign, forOperator, member, refusedPost, slower, textIn, unclear, unreachable } from './said.ts';
import type { ChatAnswer, ChatRefusal, ChatRequest, Dialect, Verdict, Words } from './dialect.ts';

const name = 'Telegram';

/**
 * UTF-16 units of a post; whether Telegram counts these or code points is not documented (facts/targets.md 2.1, 11).
 */
const longest = 4096;

const longestCaption = 1024;

/** The Bot API (facts/targets.md 2). Posts are plain text with entities, so nothing needs to be escaped. */
export function telegramDialect(token: string): Dialect {
  const path = (method: string): string => `/bot${token}/${method}`;
  return {
    name,
    // A group has a rule of its own, 20 a minute; its id is negative, or a name (facts/targets.md 2.1).
    spacing: { chat: (to) => (/^\d+$/.test(to) ? 1000 : 3000), all: 34 },
    keyHolds: 0,
    post: (to, words) => ({
      method: 'POST',
      path: path('sendMessage'),
      summary: 'POST sendMessage',
      body: { chat_id: /^-?\d{1,15}$/.test(to) ? Number(to) : to, ...textAndEntities(words) },
    }),
    postFile: (to, words, file) => ({
      method: 'POST',
      path: path('sendDocument'),
      summary: 'POST sendDocument',
      form: formOf(to, words, file),
    }),
    verdict,
    check: { method: 'GET', path: path('getMe'), summary: 'GET getMe' } satisfies ChatRequest,
  };
}

function textAndEntities({ text, link }: Words): Readonly<Record<string, unknown>> {
  const off = { link_preview_options: { is_disabled: true } };
  if (link === undefined) return { text: cutText(text, longest), ...off };
  const shown = cutText(link.text, 200);
  const above = cutText(text, longest - shown.length - 1);
  const entity = { type: 'text_link', offset: above.length + 1, length: shown.length, url: link.url };
  return { text: `${above}\n${shown}`, entities: [entity], ...off };
}

/** The limit of a caption is its own (facts/targets.md 2.1). */
function formOf(to: string, { text, link }: Words, file: File): FormData {
  const form = new FormData();
  form.set('chat_id', to);
  // A form carries every line end as two characters.
  const room = longestCaption - (text.match(/\n/g)?.length ?? 0);
  form.set(
    'caption',
    link === undefined ? cutText(text, room) : `${cutText(text, room - link.url.length - 2)}\n${link.url}`,
  );
  form.set('document', file);
  return form;
}

function verdict(answer: ChatAnswer, chat: string): Verdict {
  const { json } = answer;
  const ok = member(json, 'ok');
  if (ok === true) {
    const id = member(json, 'result', 'message_id');
    return typeof id === 'number' ? { is: 'taken', id: String(id) } : { is: 'taken' };
  }
  if (ok !== false) return { is: 'refused', error: foreign(name, answer) };
  const moved = member(json, 'parameters', 'migrate_to_chat_id');
  if (typeof moved === 'number' || typeof moved === 'string') return { is: 'moved', to: String(moved) };
  const code = member(json, 'error_code');
  const said = textIn(json, 'description') ?? '';
  if (/message is not modified/i.test(said.slice(0, 200))) return { is: 'taken' };
  return {
    is: 'refused',
    error: refusal(typeof code === 'number' ? code : answer.status, said.slice(0, 500), json, chat),
  };
}

function refusal(code: number, said: string, json: unknown, chat: string): ChatRefusal {
  const pause = member(json, 'parameters', 'retry_after');
  if (code === 429) return slower(name, chat, typeof pause === 'number' && pause >= 0 ? pause : 60);
  if (code === 401 || code === 404 || code === 421) return forOperator(name, String(code));
  if (code === 403) return unreachable(whyUnreachable(said));
  if (code >= 500) {
    // A flood limit without a number comes as a 500 (facts/targets.md 2.2).
    if (/too many requests|retry later/i.test(said)) return slower(name, chat, 60);
    return unclear(name, String(code));
  }
  if (/chat not found|user not found|PEER_ID_INVALID|USER_ID_INVALID/i.test(said)) {
    return unreachable({
      ru: 'Telegram не знает такого чата: проверьте id; человек должен сначала написать боту.',
      en: 'Telegram knows no such chat: check the id; a person has to write to the bot first.',
    });
  }
  if (/not enough rights|CHAT_WRITE_FORBIDDEN|CHAT_RESTRICTED|CHAT_SEND_\w+_FORBIDDEN/.test(said)) {
    return unreachable({
      ru: 'Telegram: боту в этом чате нельзя писать; дайте ему право писать.',
      en: 'Telegram: the bot may not write in this chat; let it post.',
    });
  }
  if (code === 400) return refusedPost(name, codeIn(/\b[A-Z][A-Z0-9_]{5,}\b/.exec(said)?.[0]) || '400');
  return new UnavailableError({
    ru: `Telegram ответил ${code}: попытка повторится.`,
    en: `Telegram answered ${code}: it is tried again.`,
  });
}

function whyUnreachable(said: string): { readonly ru: string; readonly en: string } {
  if (/initiate conversation/i.test(said)) {
    return {
      ru: 'Telegram: этот человек ещё не запускал бота; попросите его открыть бота и нажать «Старт».',
      en: 'Telegram: this person never started the bot; ask them to open it and press Start.',
    };
  }
  if (/blocked by the user/i.test(said)) {
    return {
      ru: 'Telegram: этот человек заблокировал бота; попросите его снять блокировку.',
      en: 'Telegram: this person blocked the bot; ask them to unblock it.',
    };
  }
  if (/deactivated/i.test(said)) {
    return { ru: 'Telegram: этого пользователя больше нет.', en: 'Telegram: this user is gone.' };
  }
  return {
    ru: 'Telegram: бот в этом чате не состоит или не может писать; добавьте его и дайте право писать.',
    en: 'Telegram: the bot is not in this chat or may not write there; add it and let it post.',
  };
}
