import { UnavailableError } from '../../src/adapter.ts';
import { cutText } from './cut-text.ts';
import { codeIn, foreign, forOperator, member, refusedPost, slower, textIn, unclear, unreachable } from './said.ts';
import type { Ask, ChatAnswer, ChatRefusal, ChatRequest, Dialect, Verdict, Words } from './dialect.ts';

const name = 'Slack';

/** Characters of a section's text (facts/targets.md 3.1). */
const longest = 3000;

const recipientFaults = new Set([
  'channel_not_found',
  'is_archived',
  'not_in_channel',
  'users_not_found',
  'user_not_found',
  'cannot_dm_bot',
  'user_disabled',
]);
const operatorFaults = new Set([
  'invalid_auth',
  'not_authed',
  'token_revoked',
  'token_expired',
  'account_inactive',
  'missing_scope',
  'access_denied',
  'accesslimited',
  'ekm_access_denied',
  'two_factor_setup_required',
  'enterprise_is_restricted',
  'not_allowed_token_type',
  'org_login_required',
]);
const passing = new Set(['service_unavailable', 'team_added_to_org', 'request_timeout']);
const limits = new Set(['rate_limited', 'ratelimited', 'message_limit_exceeded']);
const clouded = new Set(['internal_error', 'fatal_error']);

/** The Web API with a bot token (facts/targets.md 3.1). */
export function slackDialect(base: string): Dialect {
  return {
    name,
    spacing: { chat: 1000, all: 50 },
    keyHolds: 0,
    post: (to, words) => ({
      method: 'POST',
      path: '/api/chat.postMessage',
      summary: 'POST chat.postMessage',
      body: { channel: to, ...textAndBlocks(words), unfurl_links: false, unfurl_media: false },
    }),
    bringFile: (to, words, file, ask) => broughtFile(to, words, file, ask, base),
    verdict,
    find: async (email, ask) => {
      const summary = 'GET users.lookupByEmail';
      const answer = await ask({ method: 'GET', path: '/api/users.lookupByEmail', query: { email }, summary });
      const id = textIn(answer.json, 'user', 'id');
      if (id !== undefined) return { id };
      return refusalIn(answer);
    },
    check: { method: 'POST', path: '/api/auth.test', body: {}, summary: 'POST auth.test' },
  };
}

/** An incoming webhook: one fixed channel, its whole path a secret (facts/targets.md 3.2). */
export function slackHookDialect(path: string): Dialect {
  return {
    name,
    spacing: { chat: 1000, all: 1000 },
    keyHolds: 0,
    post: (_to, words) => ({ method: 'POST', path, summary: 'POST webhook', body: textAndBlocks(words) }),
    verdict: (answer) => {
      const { status, text, headers } = answer;
      if (status === 200) {
        return text.trim() === 'ok' ? { is: 'taken' } : { is: 'refused', error: foreign(name, answer) };
      }
      const code = codeIn(text.slice(0, 80).trim());
      // It has one channel, whatever `to` says.
      if (status === 429) return { is: 'refused', error: slower(name, '', Number(headers['retry-after']) || 1) };
      if (status === 403 || status === 404 || status === 410) return { is: 'refused', error: hookGone(status, code) };
      if (status === 400) return { is: 'refused', error: refusedPost(name, code || '400') };
      return { is: 'refused', error: foreign(name, answer) };
    },
  };
}

/** A hook that is gone is one fault of the settings, not thousands of dead letters. */
function hookGone(status: number, code: string): UnavailableError {
  const answered = `${status}${code === '' ? '' : ` ${code}`}`;
  return new UnavailableError({
    ru: `Slack ответил ${answered}: вебхук отозван или его канал закрыт; создайте новый и впишите в settings.`,
    en: `Slack answered ${answered}: the webhook was revoked or its channel closed; make a new one for settings.`,
  });
}

function textAndBlocks({ text, link }: Words): Readonly<Record<string, unknown>> {
  const shown = cutText(text, longest);
  const blocks: unknown[] = [{ type: 'section', text: { type: 'plain_text', text: shown, emoji: false } }];
  if (link !== undefined) {
    const label = escaped(cutText(link.text, 200)).replaceAll('|', '¦');
    const address = escaped(link.url).replaceAll('|', '%7C');
    blocks.push({ type: 'section', text: { type: 'mrkdwn', text: `<${address}|${label}>`, verbatim: true } });
  }
  return { text: escaped(shown), blocks };
}

/**
 * files.upload is gone: an address is asked for, the bytes go there, and the file is posted then
 * (docs.slack.dev/reference/methods/files.getUploadURLExternal). A file is posted into a channel, so a person's own is
 * opened first.
 */
async function broughtFile(
  to: string,
  { text, link }: Words,
  file: File,
  ask: Ask,
  base: string,
): Promise<ChatRequest | ChatRefusal> {
  const query = { filename: file.name, length: String(file.size) };
  const summary = 'GET files.getUploadURLExternal';
  const place = await ask({ method: 'GET', path: '/api/files.getUploadURLExternal', query, summary });
  const [address, id] = [textIn(place.json, 'upload_url'), textIn(place.json, 'file_id')];
  if (address === undefined || id === undefined) return refusalIn(place);
  const url = uploadAddress(address, base);
  if (url === undefined) return foreign(name, place);
  const way = { method: 'POST', summary: 'POST the file', bytes: new Uint8Array(await file.arrayBuffer()) } as const;
  const brought = await ask({
    ...way,
    origin: url.origin,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
  });
  if (brought.status !== 200) return foreign(name, brought);
  let channel = to;
  if (/^[UW][A-Z0-9]{5,}$/.test(to)) {
    const opening = { method: 'POST', path: '/api/conversations.open', summary: 'POST conversations.open' } as const;
    const opened = await ask({ ...opening, body: { users: to } });
    const found = textIn(opened.json, 'channel', 'id');
    if (found === undefined) return refusalIn(opened);
    channel = found;
  }
  const below = link === undefined ? '' : `\n${escaped(link.url)}`;
  return {
    method: 'POST',
    path: '/api/files.completeUploadExternal',
    summary: 'POST files.completeUploadExternal',
    body: {
      files: [{ id, title: file.name }],
      channel_id: channel,
      initial_comment: escaped(cutText(text, longest - below.length)) + below,
    },
  };
}

function refusalIn(answer: ChatAnswer): ChatRefusal {
  const said = verdict(answer, '');
  return said.is === 'refused' ? said.error : foreign(name, answer);
}

/** An answer of a stranger must not choose where people's files go. */
function uploadAddress(address: string, base: string): URL | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  const ours = url.origin === new URL(base).origin;
  return ours || (url.protocol === 'https:' && url.port === '' && url.hostname.endsWith('.slack.com'))
    ? url
    : undefined;
}

/** Only these three may become entities (facts/targets.md 3.3). */
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function verdict(answer: ChatAnswer, chat: string): Verdict {
  const { json, status, headers } = answer;
  if (status === 429) return { is: 'refused', error: slower(name, chat, Number(headers['retry-after']) || 1) };
  const ok = member(json, 'ok');
  if (ok === true) {
    const id = textIn(json, 'ts');
    return id === undefined ? { is: 'taken' } : { is: 'taken', id };
  }
  if (ok !== false || status >= 300) return { is: 'refused', error: foreign(name, answer) };
  return { is: 'refused', error: refusal(textIn(json, 'error') ?? '', codeIn(textIn(json, 'needed')), chat) };
}

function refusal(error: string, needed: string, chat: string): ChatRefusal {
  const code = codeIn(error);
  if (limits.has(error)) return slower(name, chat, 1);
  if (operatorFaults.has(error)) return forOperator(name, needed === '' ? code : `${code} (${needed})`);
  if (clouded.has(error)) return unclear(name, code);
  if (passing.has(error)) {
    return new UnavailableError({
      ru: `Slack ответил ${code}: попытка повторится.`,
      en: `Slack answered ${code}: it is tried again.`,
    });
  }
  if (recipientFaults.has(error)) {
    return unreachable({
      ru: `Slack ответил ${code}: этого собеседника или канала нет, либо бота туда не пригласили.`,
      en: `Slack answered ${code}: there is no such person or channel, or the bot was not invited there.`,
    });
  }
  return refusedPost(name, code);
}
