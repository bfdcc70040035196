import { expect } from 'chai';
import { usualGap } from '../../src/alarms/usual-gap.ts';
import { noteWebhooks } from '../../src/alarms/webhook-watch.ts';
import { HttpStandIn } from '../../stand-ins/http-stand-in.ts';
import { wallTimeAt } from '../../src/mapping/conversions/wall-time.ts';
import { ask, at, listed } from '../support/console.ts';
import { command } from '../support/serving.ts';
import { Service } from '../support/service.ts';
import { engines, openStores } from '../support/stores.ts';
import { hire, postWebhook } from '../support/webhook.ts';
import { Workspace } from '../support/workspace.ts';

const hour = 3_600_000;
const week = 168 * hour;
const nothingElse = { refused_since: null, refused_at: null, retried_at: null, retry: null };

describe('the first screen', function () {
  this.timeout(60_000);

  it('begins with the hour before the start', async () => {
    const workspace = new Workspace();
    try {
      const before = await Service.start({}, {}, workspace);
      for (const number of [1, 2, 3]) await postWebhook(before.url, hire(number));
      await listed(before, '/deliveries?state=delivered');
      await before.app.drain();
      await before.app.stop();
      const service = await Service.start({}, {}, workspace);
      const { json } = await ask(service, '/overview');
      await service.app.stop();
      const minutes = at(json, 'minutes');
      if (!Array.isArray(minutes)) throw new Error('there are minutes');
      const sum = (name: string) => minutes.reduce((all: number, minute) => all + Number(at(minute, name)), 0);
      expect([minutes.length, sum('received'), sum('delivered'), sum('failed')]).to.deep.equal([60, 3, 3, 0]);
      expect(at(json, 'intake', 'usualGap')).to.equal(null);
    } finally {
      workspace.remove();
    }
  });

  it('tells of each target whether it works, refuses, is paused, does not answer or is gone, as the command does', async () => {
    const workspace = new Workspace();
    const to = (name: string) =>
      `mapping: to-${name}\non: { event: APPLICANT }\nto: ${name}\nrecord: { path: /hires, body: { id: =applicant.id } }\n`;
    const rest = (baseUrl: string) => ({ adapter: 'rest', settings: { baseUrl }, retry: { schedule: ['1h'] } });
    const [works, refuses, dies] = [await HttpStandIn.start(), await HttpStandIn.start(), await HttpStandIn.start()];
    refuses.answer = (_arrival, response) => void response.writeHead(422).end('{}');
    const targets = { portal: rest(works.url), zup: rest(refuses.url), sap: rest(dies.url), shop: rest(works.url) };
    const mappings = Object.fromEntries(Object.keys(targets).map((name) => [`${name}.yaml`, to(name)]));
    await dies.stop();
    const config = { targets, zone: 'Europe/Moscow' };
    const service = await Service.start({ config, mappings }, {}, workspace);
    try {
      const { states } = service.app.composition;
      const since = Date.now();
      await states.pause('shop', since, { who: 'olga', from: 'api', key: 'aa' }, 'чиним витрину');
      await postWebhook(service.url, hire(1));
      await service.app.drain();
      const { json } = await ask(service, '/overview');
      const clock = `${wallTimeAt(since, 'Europe/Moscow').slice(11, 15)}\\d`;
      const next = '(?:\\d\\d\\.\\d\\d )?\\d\\d:\\d\\d';
      const said: readonly [string, string, RegExp][] = [
        ['portal', 'works', /^"portal" works$/],
        ['zup', 'stuck', /^"zup" works, 1 delivery must be seen to$/],
        [
          'sap',
          'unreachable',
          new RegExp(`^"sap" cannot be reached since ${clock}, next try ${next}, 1 delivery waits$`),
        ],
        ['shop', 'paused', new RegExp(`^"shop" is paused since ${clock} \\(olga: чиним витрину\\), 1 delivery waits$`)],
      ];
      for (const [place, [name, condition, sentence]] of said.entries()) {
        expect(at(json, 'targets', place, 'name')).to.equal(name);
        expect(at(json, 'targets', place, 'condition'), name).to.equal(condition);
        expect(at(json, 'targets', place, 'sentence'), name).to.match(sentence);
      }
      expect(at(json, 'sentence')).to.match(
        /^1 hire stands still, .*; "sap" cannot be reached since .*; "shop" is paused/,
      );
      expect(at(json, 'state')).to.equal('stuck');
      const listed = await ask(service, '/targets', { headers: { 'accept-language': 'ru' } });
      expect(at(listed.json, 'items', 3, 'sentence')).to.match(
        /^«shop» на паузе с .* \(olga: чиним витрину\), 1 доставка ждёт$/,
      );
      // A command of its own process says the same.
      const byHand = await command(['targets', '--json', '--config', workspace.path('config', 'connector.yaml')]);
      const items: readonly { name: string; condition: string }[] = JSON.parse(byHand.out).items;
      expect(items.map(({ name, condition }) => [name, condition])).to.deep.equal(
        said.map(([...words]) => words.slice(0, 2)),
      );
      await ask(service, '/targets/shop/resume', { body: {} });
      const [dead] = await service.app.composition.outbox.list({ state: 'dead' });
      await ask(service, `/deliveries/${dead?.id}/cancel`, { body: {} });
      const alone = (await ask(service, '/overview')).json;
      expect(at(alone, 'state')).to.equal('waiting');
      expect(at(alone, 'sentence')).to.match(/^"sap" cannot be reached since .*, 1 delivery waits; nothing is lost$/);
    } finally {
      await service.stop();
      for (const each of [works, refuses]) await each.stop();
    }
  });

  for (const engine of engines)
    it(`knows how often webhooks come in this hour of this weekday, on ${engine}`, async () => {
      const stores = await openStores(engine);
      const { database } = stores;
      try {
        const now = 1_800_000_000_000;
        const bucket = Math.floor(now / hour);
        const count = (weeks: number, events: number) => {
          const hours = { [bucket - (weeks * week) / hour]: events };
          const note = { source: 'huntflow', last_at: now, unsigned: 0, unkept: 0, hours, ...nothingElse };
          return database.call(noteWebhooks, { notes: [note], now });
        };
        await count(1, 30);
        await count(2, 90);
        expect(await usualGap(database.queries, now, 'Europe/Moscow'), 'two weeks are too few').to.equal(null);
        await count(4, 0);
        // Of the four weeks since anything was counted, one had none and is kept as nothing.
        expect(await usualGap(database.queries, now, 'Europe/Moscow')).to.equal(120);
        expect(await usualGap(database.queries, now + hour, 'Europe/Moscow'), 'nothing comes an hour later').to.equal(
          null,
        );
      } finally {
        await stores.close();
      }
    });
});
