import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { chatRecord } from '../../adapters/chat/record.ts';
import { restRecord } from '../../adapters/rest/record.ts';
import { validate } from '../../src/files/validation.ts';
import { readBody } from '../../src/huntflow/body.ts';
import { viewOf } from '../../src/huntflow/view.ts';
import { MappingEngine } from '../../src/mapping/thread/engine.ts';
import { type Arrival, HttpStandIn } from '../../stand-ins/http-stand-in.ts';
import { parse } from 'yaml';
import { good } from '../mapping/sample.ts';
import { plainNetwork } from '../support/plain-network.ts';
import { Service } from '../support/service.ts';
import { until } from '../support/until.ts';
import { postWebhook } from '../support/webhook.ts';

const head = 'mapping: recipe\non: { event: APPLICANT }\nto: anything\n';

describe('docs/chats', () => {
  const engine = new MappingEngine();

  after(() => engine.close());

  const records = (page: string): readonly string[] =>
    [...readFileSync(page, 'utf8').matchAll(/```yaml\n(record:\n[^]*?)```/g)].map(([, yaml = '']) => yaml);

  it('has recipes whose records the adapters take', async () => {
    const read = readBody(readFileSync('mappings/examples/chats/fixtures/candidate-at-manager.json'));
    if (!read.ok) throw new Error(read.text.en);
    const recipes = records('docs/chats.md').filter((yaml) => !yaml.includes('lookup:'));
    expect(recipes.length).to.equal(5);
    for (const yaml of recipes) {
      const outcome = await engine.map(await good(head + yaml), viewOf(read.body, {}));
      if (outcome.outcome !== 'record') throw new Error(`${outcome.outcome}\n${yaml}`);
      expect(validate(restRecord, outcome.record).problems, yaml).to.deep.equal([]);
      expect(JSON.stringify(outcome.record), yaml).to.include('Иванова Анна');
    }
  });

  it('shows the same recipes in both languages', () => {
    expect(records('docs/chats.ru.md')).to.deep.equal(records('docs/chats.md'));
  });

  describe('other chats, through rest', () => {
    plainNetwork();
    const token = 'made-up-token-5f1c';
    let chat: HttpStandIn;
    let service: Service;
    /** By name of the target: what its documents say of a post that was taken. */
    const taken: Readonly<Record<string, object>> = {
      yandex: { ok: true, message_id: 1 },
      max: { message: { body: { mid: '1' } } },
      pachca: { data: { id: 1 } },
      express: { status: 'ok', result: { sync_id: '1' } },
      vkteams: { ok: true, msgId: '1' },
    };
    const refused: Readonly<Record<string, object>> = {
      max: { code: 'chat.not.found', message: 'Chat not found' },
      express: { status: 'error', reason: 'chat_not_found' },
      vkteams: { ok: false, description: 'no such chat' },
    };
    let answers: Readonly<Record<string, object>> = taken;

    before(async () => {
      chat = await HttpStandIn.start(({ url }, response) => {
        const name = /^\/(\w+)\//.exec(url)?.[1] ?? '';
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end(JSON.stringify(answers[name] ?? taken[name]));
      });
      const blocks = [
        ...readFileSync('docs/chats.md', 'utf8').matchAll(
          /```yaml\n(targets:\n[^]*?)```\n\n```yaml\n(record:\n[^]*?)```/g,
        ),
      ];
      const targets: Record<string, unknown> = {};
      const mappings: Record<string, string> = {};
      for (const [, target = '', record = ''] of blocks) {
        const [, name = ''] = /^ {2}(\w+): /m.exec(target) ?? [];
        const here = target.replace(/"https:\/\/[^/"]+/, `"${chat.url}/${name}`).replaceAll(/\$\{\w+:-\}/g, token);
        Object.assign(targets, parse(here).targets);
        mappings[`${name}.yaml`] =
          `mapping: to-${name}\non: { event: APPLICANT, type: STATUS }\nto: ${name}\nonce: =event.id\n${record}`;
      }
      expect(Object.keys(targets).toSorted()).to.deep.equal(Object.keys(taken).toSorted());
      service = await Service.start({ config: { targets }, mappings });
    });

    after(async () => {
      await chat.stop();
      await service.stop();
    });

    const body = (id: string): Buffer =>
      Buffer.from(
        readFileSync('mappings/examples/chats/fixtures/candidate-at-manager.json', 'utf8').replace('"351"', `"${id}"`),
      );
    const deliveries = (state: 'delivered' | 'dead') => service.app.composition.outbox.list({ state });

    it('get their posts as their documents ask, with a token that no attempt shows', async () => {
      await postWebhook(service.url, body('1'));
      await until('all have come', () => chat.arrivals.length === 5);
      const arrival = (name: string): Arrival | undefined =>
        chat.arrivals.find(({ url }) => url.startsWith(`/${name}/`));
      const words = 'Кандидат ждёт решения, Иванова Анна Сергеевна';
      expect(arrival('yandex')?.url).to.equal('/yandex/bot/v1/messages/sendText/');
      expect(arrival('yandex')?.headers.authorization).to.equal(`OAuth ${token}`);
      expect(JSON.parse(arrival('yandex')?.body ?? '')).to.deep.equal({
        login: 'sidorova@example.com',
        text: words,
        payload_id: 'candidate-to-yandex-1',
      });
      expect(arrival('max')?.url).to.equal('/max/messages?chat_id=1234567890');
      expect(arrival('max')?.headers.authorization).to.equal(token);
      expect(JSON.parse(arrival('max')?.body ?? '')).to.deep.equal({ text: words });
      expect(arrival('pachca')?.headers.authorization).to.equal(`Bearer ${token}`);
      expect(JSON.parse(arrival('pachca')?.body ?? '').message.content).to.equal(words);
      expect(arrival('express')?.url).to.equal('/express/api/v4/botx/notifications/direct/sync');
      expect(JSON.parse(arrival('express')?.body ?? '').notification).to.deep.equal({ status: 'ok', body: words });
      const asked = new URL(arrival('vkteams')?.url ?? '', chat.url);
      expect(asked.pathname).to.equal('/vkteams/bot/v1/messages/sendText');
      expect(Object.fromEntries(asked.searchParams)).to.deep.equal({
        token,
        chatId: 'sidorova@example.com',
        text: words,
      });
      await until('all are delivered', async () => (await deliveries('delivered')).length === 5);
      expect(service.log.join('')).to.not.include(token);
    });

    it('are not taken for having a post that they refused with 200', async () => {
      answers = refused;
      await postWebhook(service.url, body('2'));
      await until('three are dead letters', async () => (await deliveries('dead')).length === 3);
      const dead = await deliveries('dead');
      expect(dead.map(({ target }) => target).toSorted()).to.deep.equal(['express', 'max', 'vkteams']);
    });
  });

  it('names recipients as chats take them', () => {
    expect(validate(chatRecord, { to: [17001, -1001234567890], text: 'x' }).problems).to.deep.equal([]);
  });
});
