import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { SMTPServer } from 'smtp-server';
import type { JsonObject } from '../../src/huntflow/json.ts';
import { SlackStandIn } from '../../stand-ins/chats/slack.ts';
import { TelegramStandIn } from '../../stand-ins/chats/telegram.ts';
import { at } from '../support/console.ts';
import { fixture } from '../support/fixtures.ts';
import { plainNetwork } from '../support/plain-network.ts';
import { writeFiles } from '../support/service.ts';
import { Serving } from '../support/serving.ts';
import { until } from '../support/until.ts';
import { postWebhook, withValue } from '../support/webhook.ts';
import { Workspace } from '../support/workspace.ts';

const project = path.resolve(import.meta.dirname, '../..');
const shipped = (file: string): string => readFileSync(path.join(project, file), 'utf8');

/** As the chats' own mapping, for mail. */
const byMail = `mapping: candidate-by-mail
on: { event: APPLICANT, type: STATUS, action: ADD, stage: manager }
when: =$exists(vacancy.vacancy_request.account_info.email)
to: mail
once: =log.id
record:
  to: =vacancy.vacancy_request.account_info.email
  subject: '="Кандидат ждёт решения: " & $fullName(applicant)'
  text: '="Вакансия: " & vacancy.position & "\\n" & $candidateLink()'
`;

describe('a candidate reaches the stage at which the person who ordered the vacancy decides', function () {
  this.timeout(120_000);
  plainNetwork();
  let workspace: Workspace;
  let telegram: TelegramStandIn;
  let slack: SlackStandIn;
  let smtp: SMTPServer;
  const letters: { readonly to: string; readonly raw: string }[] = [];
  let serving: Serving;
  let body: JsonObject;

  before(async () => {
    workspace = new Workspace();
    telegram = await TelegramStandIn.start('17:scene');
    slack = await SlackStandIn.start('xoxb-scene');
    slack.people.set('sidorova@example.com', 'U017');
    smtp = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      logger: false,
      onData: (stream, { envelope }, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          letters.push({ to: envelope.rcptTo[0]?.address ?? '', raw: Buffer.concat(chunks).toString() });
          done();
        });
      },
    });
    await new Promise<void>((resolve) => {
      smtp.listen(0, '127.0.0.1', resolve);
    });
    const target = (adapter: string, settings: object): object => ({ adapter, settings });
    const config = writeFiles(workspace, {
      config: {
        stages: { manager: ['Решение руководителя'] },
        targets: {
          telegram: target('telegram', { token: '17:scene', base: telegram.url }),
          chat: target('slack', { token: 'xoxb-scene', base: slack.url }),
          mail: target('mail', {
            host: '127.0.0.1',
            port: Number(at(smtp.server.address(), 'port')),
            tls: false,
            from: 'hr@firm.example',
          }),
        },
      },
      mappings: {
        'telegram.yaml': shipped('demo/mappings/candidate-to-manager.yaml').replace(
          'mapping: candidate-to-manager',
          'mapping: candidate-in-telegram',
        ),
        'slack.yaml': shipped('mappings/examples/chats/ru/candidate-to-manager.yaml').replaceAll(
          '../fixtures',
          'fixtures',
        ),
        'mail.yaml': byMail,
      },
    });
    mkdirSync(workspace.path('mappings', 'dictionaries'));
    cpSync(
      path.join(project, 'demo/mappings/telegram.csv'),
      workspace.path('mappings', 'dictionaries', 'telegram.csv'),
    );
    for (const fixtures of ['mappings/fixtures', 'mappings/examples/chats/fixtures'])
      cpSync(path.join(project, fixtures), workspace.path('mappings', 'fixtures'), { recursive: true });
    body = JSON.parse(shipped('mappings/examples/chats/fixtures/candidate-at-manager.json'));
    serving = await new Serving(config).ready(100_000);
  });

  after(async () => {
    await serving.stop();
    await telegram.stop();
    await slack.stop();
    await new Promise<void>((resolve) => smtp.close(() => resolve()));
    workspace.remove();
  });

  let number = 0;
  /** Another candidate at that stage; sent twice, as Huntflow does after a lost answer. */
  async function happens(change: (document: JsonObject) => JsonObject = (document) => document): Promise<void> {
    number += 1;
    let document = withValue(body, ['event', 'applicant', 'id'], 900 + number);
    document = withValue(document, ['event', 'applicant_log', 'id'], 7000 + number);
    document = change(withValue(document, ['meta', 'event_id'], `scene-${number}`));
    for (const time of [1, 2]) expect((await postWebhook(serving.url, document)).status, String(time)).to.equal(200);
  }

  const told = async (posts: TelegramStandIn['posts'], times: number): Promise<readonly unknown[]> => {
    await until(`${times} posts have come`, () => posts.taken.length >= times);
    return posts.taken.slice(times - 1);
  };
  const link = (applicant: number): string =>
    `https://huntflow.example/my/romashka#/vacancy/9/filter/workon/id/${applicant}`;

  it('is told in Telegram, in Slack and by mail: with name, position and a link, once', async () => {
    await happens();
    const [inTelegram] = await told(telegram.posts, 1);
    expect(inTelegram).to.have.property('chat', '17001');
    const [inSlack] = await told(slack.posts, 1);
    expect(inSlack).to.have.property('chat', 'U017');
    for (const post of [inTelegram, inSlack])
      expect(JSON.stringify(post)).to.include('Иванова Анна Сергеевна').and.include('Бухгалтер').and.include(link(901));
    await until('the letter has come', () => letters.length === 1);
    expect(letters[0]?.to).to.equal('sidorova@example.com');
    const text = Buffer.from(
      /base64\r\n(?:[\w-]+: [^\r]*\r\n)*\r\n([^]*)/.exec(letters[0]?.raw ?? '')?.[1] ?? '',
      'base64',
    );
    expect(text.toString()).to.include('Вакансия: Бухгалтер').and.include(link(901));
  });

  it('is told to the next one when the first has blocked the bot', async () => {
    telegram.troubles.set('17001', { code: 403, description: 'Forbidden: bot was blocked by the user' });
    slack.errors.set('U017', 'channel_not_found');
    await happens();
    expect(JSON.stringify(await told(telegram.posts, 2)))
      .to.include('"chat":"-1001"')
      .and.include(link(902));
    expect(JSON.stringify(await told(slack.posts, 2)))
      .to.include('"chat":"hr-channel"')
      .and.include(link(902));
    telegram.troubles.clear();
  });

  it('has a link of the right form: another domain, no vacancy, no nick', async () => {
    await happens((document) => withValue(document, ['meta', 'domain'], 'hunt.firm.example'));
    expect(JSON.stringify(await told(telegram.posts, 3)))
      .to //
      .include('https://hunt.firm.example/my/romashka#/vacancy/9/filter/workon/id/903');
    await happens((document) => withValue(document, ['event', 'applicant_log', 'vacancy'], undefined));
    const [among] = await told(telegram.posts, 4);
    expect(JSON.stringify(among))
      .to //
      .include('"chat":"-1001"')
      .and.include('https://huntflow.example/my/romashka#/applicants/filter/all/904');
    await happens((document) => withValue(document, ['meta', 'account', 'nick'], undefined));
    const [without] = await told(telegram.posts, 5);
    expect(JSON.stringify(without)).to.include('Иванова').and.not.include('https://');
  });

  it('is told also by version 1.0, whose accounts have no nick', async () => {
    const old = withValue(fixture('doc-1.0/applicant-2021').document, ['event', 'type'], 'STATUS');
    await happens(() => withValue(old, ['event', 'status', 'name'], 'Решение руководителя'));
    const [post] = await told(telegram.posts, 6);
    expect(JSON.stringify(post))
      .to.include('"chat":"-1001"')
      .and.include('Manufacturing Engineer')
      .and.not.include('https://');
  });
});
