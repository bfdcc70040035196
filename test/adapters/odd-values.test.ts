import { expect } from 'chai';
import MailComposer from 'nodemailer/lib/mail-composer';
import { bitrixDialect } from '../../adapters/chat/bitrix24-dialect.ts';
import { hookDialect, mattermostDialect } from '../../adapters/chat/mattermost-dialect.ts';
import { chatRecord } from '../../adapters/chat/record.ts';
import { rocketDialect } from '../../adapters/chat/rocket-chat-dialect.ts';
import { slackDialect, slackHookDialect } from '../../adapters/chat/slack-dialect.ts';
import { telegramDialect } from '../../adapters/chat/telegram-dialect.ts';
import { wordsOf } from '../../adapters/chat/words.ts';
import { Mail } from '../../adapters/mail.ts';
import { mailRecord, type MailRecord } from '../../adapters/mail/record.ts';
import { subjectOf } from '../../adapters/mail/subject.ts';
import { validate } from '../../src/files/validation.ts';
import { viewOf } from '../../src/huntflow/view.ts';
import { candidateLink } from '../../src/mapping/formulas/functions/candidate-link.ts';
import { loadMappings } from '../../src/mapping/file/folder.ts';
import { isPlainObject } from '../../src/process/plain-object.ts';
import { MappingEngine } from '../../src/mapping/thread/engine.ts';
import { context } from '../mapping/sample.ts';
import type { Dialect } from '../../adapters/chat/dialect.ts';
import { isObject, type Json } from '../../src/huntflow/json.ts';
import type { Mapping } from '../../src/mapping/file/mapping.ts';

const stages = { manager: ['Решение руководителя'], accepted: ['Оффер принят'], hired: ['Выход на работу'] };
const targets = new Map([
  ['chat', { record: chatRecord }],
  ['mail', { record: mailRecord }],
]);

/** What people and other programs put into fields that hold a name, a title or a comment. */
const odd: Readonly<Record<string, Json>> = {
  nothing: null,
  'an empty text': '',
  blanks: ' \u00a0\t',
  emoji: '👩‍👩‍👧‍👧😀🇷🇺',
  'marks of writing from the right': '\u202eабв\u202c\u200f',
  'half a character': 'a\ud83d',
  '100,000 characters': 'слово '.repeat(16_700),
  '100,000 characters without a blank': 'ж'.repeat(100_000),
  markup: '*_~`[x](javascript:1)<!channel>@all [URL=http://x]y[/URL]</a><script>1</script> & "\'',
  'line ends and a header': 'a\r\nBcc: thief@y.example\r\n\r\nb',
  'control characters': 'a\u0000b\u001b[31m\u2028c\u0085d',
  'a number': 17,
  'a list': ['a', 'b'],
};

/** Everything that steers the mapping stays: addresses, dates, codes, stages, the domain. */
const steers = (text: string): boolean =>
  /^(?:\d{4}-\d\d|\d+$|[A-Z_]+$|https?:|\S+@\S+$|[a-z_-]+$|huntflow\.example$)/.test(text) ||
  Object.values(stages).flat().includes(text);

/** So long ones only where people write: a body of megabytes is another matter, and takes a second. */
const written = new Set(['last_name', 'position', 'comment', 'location']);
const isLong = (instead: Json): boolean => typeof instead === 'string' && instead.length > 1000;

function withOdd(value: Json, instead: Json, key = ''): Json {
  if (typeof value === 'string') return steers(value) || (isLong(instead) && !written.has(key)) ? value : instead;
  if (Array.isArray(value)) return value.map((one) => withOdd(one, instead, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withOdd(one, instead, key)]));
}

/** With the length of a text and what would mean something there; Telegram reads no markup at all. */
const dialects: readonly (readonly [string, Dialect, number, RegExp?])[] = [
  ['Telegram', telegramDialect('1:token'), 4096],
  ['Slack', slackDialect('https://slack.com'), 3000, /<!channel>|<script/],
  ['Slack webhook', slackHookDialect('/services/T/B/x'), 3000, /<!channel>|<script/],
  ['Mattermost', mattermostDialect(), 16_383, /[^\\]\[x|@all/],
  ['Mattermost webhook', hookDialect('/hooks/x'), 16_383, /[^\\]\[x|@all/],
  ['Rocket.Chat', rocketDialect('/hooks/x/y'), 5000, /\]\(javascript|@all/],
  ['Bitrix24', bitrixDialect('/rest/1/x'), 20_000, /\[URL=http:\/\/x\]/],
];

/** Every text that a chat reads for its markup, however deep: Telegram reads none, Slack none of plain_text. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (isPlainObject(value) && value['type'] === 'plain_text') return [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

describe('odd values in what shipped mappings tell chats and mail', function () {
  this.timeout(60_000);
  const engine = new MappingEngine();
  const mappings: Mapping[] = [];

  before(async () => {
    for (const language of ['ru', 'en']) {
      const folder = `mappings/examples/chats/${language}`;
      mappings.push(
        ...(await loadMappings(folder, folder, { ...context, targets, stages: new Set(Object.keys(stages)) })).mappings,
      );
    }
  });

  after(() => engine.close());

  async function recordsWith(instead: Json, to: string): Promise<readonly unknown[]> {
    const records: unknown[] = [];
    for (const mapping of mappings.filter((one) => one.to === to))
      for (const { given } of isLong(instead) ? mapping.tests.slice(0, 1) : mapping.tests) {
        const body = withOdd(given, instead);
        if (!isObject(body)) throw new Error('a webhook is an object');
        const outcome = await engine.map(mapping, viewOf(body, {}));
        if (outcome.outcome === 'failed') throw new Error(`${mapping.name}: ${outcome.text.en}`);
        if (outcome.outcome === 'record') records.push(outcome.record);
      }
    return records;
  }

  it('make no link of what is no host, and never a record that is refused for its link', () => {
    for (const [name, domain] of Object.entries(odd)) {
      const view = { body: { meta: { domain } }, account: { nick: 'a\ud83d/?' }, applicant: { id: 17 } };
      const link = candidateLink(undefined, view);
      if (link !== undefined) expect(URL.canParse(link) && !/\s/.test(link), name).to.equal(true);
    }
    expect(
      candidateLink(undefined, { body: { meta: { domain: 'x y' } }, account: { nick: 'a' }, applicant: { id: 17 } }),
    ).to.equal(undefined);
  });

  for (const [name, instead] of Object.entries(odd)) {
    it(`reach every chat within its limits, and mean nothing there: ${name}`, async () => {
      const records = await recordsWith(instead, 'chat');
      expect(records.length).to.be.greaterThan(10);
      for (const given of records) {
        const { value, problems } = validate(chatRecord, given);
        if (value === undefined) throw new Error(JSON.stringify(problems));
        const words = wordsOf(value, 'k');
        expect(words.text, 'words of programs').not.to.match(/\b(?:null|undefined|NaN)\b|\[object/);
        for (const [chat, dialect, most, means] of dialects) {
          const { body } = dialect.post('17', words);
          if (chat === 'Telegram' && words.link !== undefined) expect(linked(body)).to.equal(words.link.text);
          for (const text of textsIn(body)) {
            expect(text.length, chat).to.be.at.most(most);
            expect(text.isWellFormed(), `${chat} refuses half a character`).to.equal(true);
            if (means !== undefined) expect(text, chat).not.to.match(means);
          }
        }
      }
    });

    it(`come in a letter that holds what was meant and nothing else: ${name}`, async () => {
      const records = await recordsWith(instead, 'mail');
      expect(records.length).to.be.greaterThan(3);
      for (const given of records) {
        const { value, problems } = validate(mailRecord, given);
        if (value === undefined) throw new Error(JSON.stringify(problems));
        const raw = (await letterOf(value)).toString('latin1');
        const head = raw.slice(0, raw.indexOf('\r\n\r\n'));
        expect(head).not.to.match(/^Bcc:/im);
        for (const line of raw.split('\r\n')) expect(line.length, line.slice(0, 40)).to.be.at.most(998);
        const invitation = value.attachments?.[0]?.content ?? '';
        expect(invitation).not.to.match(/\r(?!\n)|(?<!\r)\n|^Bcc:/im);
      }
    });
  }
});

/** What Telegram shows as the link: offsets are UTF-16 units, as in a JavaScript text. */
function linked(body: unknown): string {
  const { text, entities }: { text?: string; entities?: readonly { offset: number; length: number }[] } = Object(body);
  const { offset = 0, length = 0 } = entities?.[0] ?? {};
  return text?.slice(offset, offset + length) ?? '';
}

/** As the adapter composes it. */
async function letterOf({ to, subject, text, attachments }: MailRecord): Promise<Buffer> {
  expect(Mail.record.isValidSync({ to, subject, text, attachments })).to.equal(true);
  return new MailComposer({
    to: 'boss@firm.example',
    subject: subjectOf(subject),
    ...(text && { text }),
    attachments: (attachments ?? []).map(({ name, content, type }) => ({
      filename: name,
      content: content ?? '',
      contentType: type,
    })),
    textEncoding: 'base64',
  })
    .compile()
    .build();
}
