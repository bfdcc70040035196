import { rmSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { HttpStandIn } from '../../stand-ins/http-stand-in.ts';
import type { Sighting } from '../../src/alarms/alarm.ts';
import { calendarOf } from '../../src/alarms/calendar.ts';
import { Certificates } from '../../src/alarms/certificates.ts';
import { keepSightings } from '../../src/alarms/keep-sightings.ts';
import { clockSightings } from '../../src/alarms/machine-sightings.ts';
import { missedIn } from '../../src/alarms/silence.ts';
import { wallTimeAt } from '../../src/mapping/conversions/wall-time.ts';
import { newKey, replaceKeyFile } from '../../src/people/key-file.ts';
import { Clock } from '../support/clock.ts';
import { sharedPostgres } from '../support/postgres.ts';
import { Service, type ServiceFiles } from '../support/service.ts';
import { engines, newDelivery } from '../support/stores.ts';
import { Workspace } from '../support/workspace.ts';
import { hire, postWebhook } from '../support/webhook.ts';

const minute = 60_000;
const hour = 60 * minute;
const mapping = `mapping: hire-to-zup
on: { event: APPLICANT, type: STATUS, action: ADD, stage: hired }
to: zup
record: { path: /hires, body: { id: =applicant.id } }
`;

interface Heard {
  readonly text: string;
  readonly state: string;
  readonly cause: string;
}

for (const engine of engines)
  describe(`alarms on ${engine}`, function () {
    this.timeout(60_000);
    let service: Service;
    let files: ServiceFiles;
    let clock: Clock;
    let zup: HttpStandIn;
    let chats: { readonly ru: HttpStandIn; readonly en: HttpStandIn };
    let space: number;
    let hired = 0;

    async function open(rule: object = {}, sealed = false): Promise<void> {
      const url =
        engine === 'postgres' ? await (await sharedPostgres()).createMigrated() : 'sqlite:../var/connector.db';
      const chat = (standIn: HttpStandIn) => ({ adapter: 'rest', settings: { baseUrl: standIn.url } });
      const record = { path: '/', body: { text: '=alarm.text', state: '=alarm.state', cause: '=alarm.cause' } };
      const workspace = new Workspace();
      if (sealed) replaceKeyFile(workspace.path('connector.key'), [newKey(1)]);
      files = {
        config: {
          database: { url },
          ...(sealed && { privacy: { keyFile: '../connector.key' } }),
          targets: {
            zup: {
              adapter: 'rest',
              settings: { baseUrl: zup.url },
              retry: { schedule: ['1m'], giveUp: '1d' },
              breaker: { after: 2, rest: '1m', restMax: '1m' },
            },
            'chat-ru': chat(chats.ru),
            'chat-en': chat(chats.en),
          },
          alarms: [
            { to: 'chat-ru', language: 'ru', record, ...rule },
            { to: 'chat-en', language: 'en', record, ...rule },
          ],
        },
        mappings: { 'hire-to-zup.yaml': mapping },
      };
      service = await Service.start(files, { now: clock.now, freeSpace: async () => space }, workspace);
    }

    /** Everything that is due is done, and people hear of what stands wrong then. */
    async function look(): Promise<void> {
      await service.app.drain();
      await service.app.composition.alarms.look();
      await service.app.drain();
    }

    async function send(options: { readonly secret?: string; readonly retry?: number } = {}): Promise<void> {
      hired += 1;
      await postWebhook(service.url, hire(hired, { retry: options.retry ?? 0 }), options);
    }

    const heard = (language: 'ru' | 'en'): Heard[] =>
      chats[language].arrivals.map(({ body }) => {
        const said: Heard = JSON.parse(body);
        return said;
      });
    const causes = (language: 'ru' | 'en' = 'en'): string[] =>
      heard(language).map(({ state, cause }) => `${state} ${cause.replace(/^dead\/.*/, 'dead')}`);

    beforeEach(async () => {
      clock = new Clock(Date.parse('2026-12-01T09:00:00Z'));
      space = 10 ** 12;
      hired = 0;
      zup = await HttpStandIn.start();
      chats = { ru: await HttpStandIn.start(), en: await HttpStandIn.start() };
    });

    afterEach(async () => {
      await service.stop();
      for (const each of [zup, chats.ru, chats.en]) await each.stop();
    });

    interface Case {
      readonly name: string;
      readonly provoke: () => Promise<void>;
      readonly ru: RegExp;
      readonly en: RegExp;
      readonly mend: () => Promise<void>;
      readonly over: { readonly ru: RegExp; readonly en: RegExp };
    }

    const answer = (status: number): void => {
      zup.answer = (_arrival, response) => void response.writeHead(status).end('{}');
    };
    const cases: readonly Case[] = [
      {
        name: 'a signature that does not fit',
        provoke: () => send({ secret: 'another' }),
        ru: /^вебхук «huntflow» отвергнут с 12:00: подпись не сходится \(1 раз\)/,
        en: /^the webhook "huntflow" has been refused since 12:00: its signature does not fit \(1 time\)/,
        mend: () => send(),
        over: { ru: /^Снова в порядке: подписи/, en: /^Back to normal: signatures/ },
      },
      {
        name: 'a webhook that Huntflow had to repeat',
        provoke: () => send({ retry: 2 }),
        ru: /^Huntflow повторил вебхук «huntflow» в 12:00 \(попытка 3 из 4\)/,
        en: /^Huntflow had to send a webhook of "huntflow" again at 12:00 \(try 3 of 4\)/,
        mend: async () => {
          clock.advance(11 * minute);
          await send();
        },
        over: { ru: /больше не повторяет/, en: /repeats the webhook "huntflow" no more/ },
      },
      {
        name: 'a dead letter',
        provoke: async () => {
          answer(422);
          await send();
          await send();
        },
        ru: /^«zup»: 2 доставки ждут решения \(2 человека\)\. .*Кто исправит: автор маппинга/,
        en: /^"zup": 2 deliveries \(2 people\) must be seen to\. .*Who mends it: mapping author/,
        mend: async () => {
          answer(200);
          const { outbox } = service.app.composition;
          for (const { id } of await outbox.list({ state: 'dead' })) await outbox.retry(id, clock.now());
        },
        over: {
          ru: /по причине \w+ больше ничего не стоит/,
          en: /nothing for "zup" stands still for the cause \w+ any more/,
        },
      },
      {
        name: 'a target that rests',
        provoke: async () => {
          zup.answer = (_arrival, _response, socket) => void socket.destroy();
          await send();
          await send();
          await send();
        },
        ru: /^цель «zup» недоступна с 12:00: \d неудач/,
        en: /^the target "zup" cannot be reached since 12:00: \d failures in a row/,
        mend: async () => {
          answer(200);
          for (let probe = 0; probe < 4; probe += 1) {
            clock.advance(2 * minute);
            await service.app.drain();
          }
        },
        over: { ru: /цель «zup» снова принимает/, en: /the target "zup" takes records again/ },
      },
      {
        name: 'a mapping file that is refused',
        provoke: async () => {
          writeFileSync(service.workspace.path('mappings', 'bad.yaml'), 'mapping: bad\nto: nowhere\n');
          await service.app.reload();
        },
        ru: /^файл маппинга .*bad\.yaml не принят/,
        en: /^the mapping file .*bad\.yaml was refused/,
        mend: async () => {
          rmSync(service.workspace.path('mappings', 'bad.yaml'));
          await service.app.reload();
        },
        over: { ru: /снова принят/, en: /is in use again/ },
      },
      {
        name: 'a full disk',
        provoke: async () => void (space = 100 * 1024 ** 2),
        ru: /^на диске осталось 100 МБ/,
        en: /^100 MB are left on the disk/,
        mend: async () => void (space = 10 ** 12),
        over: { ru: /места на диске .* хватает/, en: /there is room on the disk/ },
      },
    ];

    // PostgreSQL differs in nothing but the statements.
    for (const { name, provoke, ru, en, mend, over } of engine === 'postgres' ? cases.slice(0, 3) : cases) {
      it(`tell of ${name} once, in both languages, and of its end`, async () => {
        await open();
        await look();
        await provoke();
        await look();
        clock.advance(minute / 2);
        await look();
        await look();
        expect(causes()).to.have.length(1);
        expect(heard('ru')[0]?.text).to.match(ru);
        expect(heard('en')[0]?.text).to.match(en);
        await mend();
        await look();
        clock.advance(minute / 2);
        await look();
        expect(causes('ru')).to.have.length(2);
        expect(heard('ru')[1]?.text)
          .to.match(/^Снова в порядке: /)
          .and.to.match(over.ru);
        expect(heard('en')[1]?.text)
          .to.match(/^Back to normal: /)
          .and.to.match(over.en);
      });
    }

    it('remind, keep quiet in quiet hours, and say nothing of what came and went then', async () => {
      await open({ remind: '4h', quiet: '22:00-07:00' });
      space = 100 * 1024 ** 2;
      await look();
      clock.advance(4 * hour);
      await look();
      expect(causes()).to.have.length(2);
      expect(heard('en')[1]?.text).to.match(/^Still \(since 12:00\): /);
      clock.advance(7 * hour); // 23:00
      await look();
      expect(causes(), 'in the night').to.have.length(2);
      space = 10 ** 12;
      await send({ secret: 'another' });
      await look();
      await send();
      await look();
      expect(causes(), 'in the night').to.have.length(2);
      clock.advance(9 * hour); // 08:00
      await look();
      expect(causes().map((each) => each.split(' ')[0])).to.deep.equal(['raised', 'reminded', 'over']);
    });

    it('tell of what was over in quiet hours and came back, and of each return (grafana/grafana#80996, prometheus/alertmanager#1063)', async () => {
      await open({ remind: '4h', quiet: '22:00-07:00' });
      const states = () => causes().map((each) => each.split(' ')[0]);
      const disk = async (free: number) => {
        space = free;
        await look();
        clock.advance(minute);
      };
      for (const free of [100 * 1024 ** 2, 10 ** 12, 100 * 1024 ** 2, 10 ** 12]) await disk(free);
      expect(states(), 'told of both').to.deep.equal(['raised', 'over', 'raised', 'over']);
      clock.advance(2 * hour);
      await disk(100 * 1024 ** 2);
      clock.advance(8 * hour); // 22:00 and later: over, and back again
      for (const free of [10 ** 12, 100 * 1024 ** 2]) await disk(free);
      expect(states().slice(4), 'in the night').to.deep.equal(['raised']);
      clock.advance(10 * hour); // the morning: it stands still
      await look();
      expect(states().slice(4)).to.deep.equal(['raised', 'reminded']);
      await disk(10 ** 12);
      expect(states().at(-1)).to.equal('over');
    });

    it('send a target that was away the last state only', async () => {
      await open();
      const { states } = service.app.composition;
      await states.pause('chat-en', clock.now());
      space = 100 * 1024 ** 2;
      await look();
      clock.advance(5 * hour);
      await look();
      space = 10 ** 12;
      await look();
      expect(causes('ru').map((each) => each.split(' ')[0])).to.deep.equal(['raised', 'reminded', 'over']);
      await states.resume('chat-en');
      await look();
      expect(causes('en').map((each) => each.split(' ')[0])).to.deep.equal(['over']);
    });

    it('tell the others of an alarm target that takes nothing, never itself', async () => {
      await open({ when: ['disk'] });
      chats.en.answer = (_arrival, response) => void response.writeHead(422).end();
      space = 100 * 1024 ** 2;
      await look();
      await look();
      expect(causes('ru')).to.deep.equal([`raised disk/${service.workspace.path('var')}`, 'raised target/chat-en']);
      expect(causes('en')).to.deep.equal([`raised disk/${service.workspace.path('var')}`]);
    });

    it('stand in no list, count or cause but their own', async () => {
      await open();
      chats.en.answer = (_arrival, response) => void response.writeHead(422).end();
      space = 100 * 1024 ** 2;
      await look();
      const { outbox } = service.app.composition;
      expect(await outbox.list({})).to.deep.equal([]);
      expect(await outbox.causes()).to.deep.equal([]);
      expect(await outbox.open()).to.deep.equal([]);
      const own = await outbox.list({ mapping: 'alarms' });
      expect(own.map(({ eventId, key, state, target }) => ({ eventId, key, state, target }))).to.deep.include({
        eventId: null,
        key: `disk/${service.workspace.path('var')}`,
        state: 'dead',
        target: 'chat-en',
      });
    });

    it('say in the morning what stands still, on working days only', async () => {
      await open({ when: ['digest'] });
      answer(422);
      clock.time = Date.parse('2026-12-04T04:00:00Z'); // Friday, 07:00
      for (let count = 0; count < 3; count += 1) await send();
      await look();
      expect(causes()).to.deep.equal([]);
      clock.advance(2 * hour + minute);
      await look();
      await look();
      expect(heard('en').map(({ text }) => text)).to.deep.equal(['3 hires stand still, oldest 2 h; all else flows']);
      expect(heard('ru').map(({ text }) => text)).to.deep.equal(['3 приёма стоят, самый старый — 2 ч; остальное идёт']);
      clock.advance(24 * hour);
      await look();
      expect(causes(), 'on Saturday').to.have.length(1);
      clock.advance(48 * hour);
      await look();
      expect(causes(), 'on Monday').to.have.length(2);
    });

    it('tell for every instance what only its machine sees, and of its end', async () => {
      await open({ when: ['clock', 'certificate'] });
      const { database } = service.app.composition;
      const see = (sightings: readonly Sighting[]) =>
        database.call(keepSightings, { instance: 'another', now: clock.now(), sightings });
      const ending = new Certificates([], [['1c.example:443', clock.now() + 3 * 24 * hour]]);
      await see([...clockSightings(7, 'srv-2'), ...ending.sightings(clock.now())]);
      await look();
      await look();
      expect(causes('ru').toSorted()).to.deep.equal(['raised certificate/1c.example:443', 'raised clock/srv-2']);
      const said = (language: 'ru' | 'en') => heard(language).map(({ text }) => text);
      expect(said('ru')).to.include(
        'часы машины srv-2 спешат на 7 с от часов базы данных: поставьте верное время (NTP)',
      );
      expect(said('en').find((text) => text.includes('certificate'))).to.match(
        /^the certificate of 1c\.example:443 ends on 2026-12-04 \(3 days left\): renew it/,
      );
      await see([]);
      await look();
      await look();
      expect(
        causes()
          .filter((each) => each.startsWith('over'))
          .toSorted(),
      ).to.deep.equal(['over certificate/1c.example:443', 'over clock/srv-2']);
    });

    it('tell of what was delivered with findings until somebody has seen them', async () => {
      await open({ when: ['attention'] });
      const { outbox } = service.app.composition;
      await outbox.insert([newDelivery({ target: 'elsewhere', key: 'applicant/7', eventId: 1 })]);
      const [claim] = await outbox.claim({ target: 'elsewhere', now: clock.now(), until: clock.now() + hour, most: 1 });
      if (claim === undefined) throw new Error('it is claimed');
      const finding = { ru: 'ДатаРождения отличается', en: 'ДатаРождения differs' };
      await outbox.settle(claim, {
        startedAt: clock.now(),
        finishedAt: clock.now(),
        summary: null,
        exchanges: [],
        warnings: [],
        outcome: 'delivered',
        attention: [finding],
      });
      await look();
      await look();
      expect(causes()).to.deep.equal(['raised attention/elsewhere']);
      expect(heard('ru')[0]?.text).to.match(/^«elsewhere» приняла с замечаниями, которых никто не видел: 1 доставка/);
      await outbox.markSeen([claim.id], clock.now());
      await look();
      expect(causes()).to.deep.equal(['raised attention/elsewhere', 'over attention/elsewhere']);
      expect(heard('en')[1]?.text).to.match(/^Back to normal: /);
    });

    it('come from one of several instances', async () => {
      await open({ when: ['disk'] });
      if (service.app.composition.database.file !== undefined) return;
      const other = await Service.create(files, { now: clock.now, freeSpace: async () => space }, service.workspace);
      const lookAt = (each: Service) => each.app.composition.alarms.look();
      await lookAt(service);
      space = 100 * 1024 ** 2;
      for (const each of [service, other, service, other]) await lookAt(each);
      await look();
      const own = `raised disk/${service.workspace.path('var')}`;
      expect(causes().filter((each) => each === own)).to.have.length(1);
      await other.app.stop();
    });

    if (engine === 'postgres') return;

    it('have keys that are hashed where keys are, and are found by them', async () => {
      await open({ when: ['disk'] }, true);
      space = 100 * 1024 ** 2;
      await look();
      const cause = `disk/${service.workspace.path('var')}`;
      expect(causes()).to.deep.equal([`raised ${cause}`]);
      const { outbox } = service.app.composition;
      expect(await outbox.list({ mapping: 'alarms', key: cause })).to.have.length(2);
      chats.en.answer = (_arrival, response) => void response.writeHead(503).end();
      clock.advance(5 * hour);
      await look();
      space = 10 ** 12;
      await look();
      chats.en.answer = (_arrival, response) => void response.end('{}');
      clock.advance(2 * hour);
      await look();
      const states = (await outbox.list({ mapping: 'alarms', target: 'chat-en' })).map(({ state }) => state);
      expect(states, 'only the last state goes').to.deep.equal(['delivered', 'cancelled', 'delivered']);
    });

    it('tell the others of an alarm target that does not answer', async () => {
      await open({ when: ['disk'] });
      chats.en.answer = (_arrival, response) => void response.writeHead(503).end();
      space = 100 * 1024 ** 2;
      await look();
      clock.advance(11 * minute);
      await look();
      expect(causes('ru')).to.include('raised target/chat-en');
      chats.en.answer = (_arrival, response) => void response.end('{}');
      clock.advance(11 * minute);
      await look();
      await look();
      expect(causes('ru').at(-1)).to.equal('over target/chat-en');
    });

    it('say nothing in a quiet week, also of nights and days off, and tell of silence', async () => {
      await open();
      const { watch, alarms } = service.app.composition;
      clock.time = Date.parse('2026-10-05T00:00:00Z'); // Monday
      for (let passed = 0; passed < 5 * 7 * 24; passed += 1) {
        const now = new Date(clock.time);
        const works = now.getUTCDay() % 6 !== 0 && now.toISOString().slice(0, 10) !== '2026-11-04';
        if (works && now.getUTCHours() >= 6 && now.getUTCHours() < 15)
          for (let each = 0; each < 12; each += 1) watch.taken('huntflow', clock.time + each * 4 * minute);
        clock.advance(hour);
        if (passed % 3 === 0) await alarms.look();
      }
      await look();
      expect(causes()).to.deep.equal([]);
      clock.advance(9 * hour); // Monday, noon in Moscow
      await look();
      expect(causes()).to.deep.equal(['raised silence/huntflow']);
      expect(heard('ru')[0]?.text).to.match(/^вебхук «huntflow» молчит с 06\.11 17:44, а обычно .* около 36\./);
      await send();
      await look();
      expect(causes()).to.deep.equal(['raised silence/huntflow', 'over silence/huntflow']);
    });

    it('say that the webhook is probably off after four refusals', async () => {
      await open({ when: ['off'] });
      for (const wait of [0, 10_000, 100_000, 1_000_000]) {
        clock.advance(wait);
        await send({ secret: 'another' });
      }
      await look();
      expect(causes()).to.deep.equal(['raised off/huntflow']);
      await send();
      await look();
      expect(causes()).to.deep.equal(['raised off/huntflow', 'over off/huntflow']);
    });

    it('say after a quarter of an hour that a target cannot be reached, though its breaker is closed', async () => {
      await open({ when: ['resting'] });
      answer(500);
      await send();
      await look();
      expect(causes()).to.deep.equal([]);
      clock.advance(15 * minute);
      await look();
      expect(causes()).to.deep.equal(['raised resting/zup']);
      expect(heard('ru')[0]?.text).to.match(/^цель «zup» недоступна с 12:00: \d неудачи? подряд/);
      answer(200);
      clock.advance(2 * minute);
      await look();
      await look();
      expect(causes()).to.deep.equal(['raised resting/zup', 'over resting/zup']);
    });

    it('tell of ten causes of a target one by one and of the rest at once, and of many alarms by their number', async () => {
      await open({ when: ['dead', 'digest'] });
      const { outbox, alarms } = service.app.composition;
      const failed = (place: number) => ({ ru: `поле ${'я'.repeat(place)}`, en: `field ${'z'.repeat(place)}` });
      const makes = Array.from({ length: 14 }, (_none, place) =>
        newDelivery({ target: 'zup', key: `applicant/${place}`, made: { failed: failed(place + 1) } }),
      );
      await outbox.insert(makes);
      await look();
      await look();
      const raised = heard('ru').map(({ text }) => text);
      expect(raised).to.have.length(11);
      expect(raised.at(-1)).to.equal(
        '«zup»: ещё 4 доставки ждут решения, причин 4. Какие и что делать — команда causes.',
      );
      for (const { id } of await outbox.list({ state: 'dead', limit: 4 })) await outbox.cancel(id, clock.now());
      await look();
      expect(causes().at(-1)).to.equal('over dead');
      // Eight files that are refused.
      for (let each = 0; each < 8; each += 1)
        writeFileSync(service.workspace.path('mappings', `bad-${each}.yaml`), `mapping: bad-${each}\nto: nowhere\n`);
      await service.app.reload();
      clock.time = Date.parse('2026-12-02T06:01:00Z');
      await alarms.look();
      await look();
      const digest = heard('ru').find(({ text }) => text.includes('Открыто тревог'))?.text;
      expect(digest).to.match(/Открыто тревог: 8\. .* И ещё 3: команда doctor\.$/);
    });

    it('say that a key has been held back for long', async () => {
      await open({ when: ['blocked'] });
      answer(422);
      await postWebhook(service.url, hire(1, { key: 7 }));
      await postWebhook(service.url, hire(2, { key: 7 }));
      await look();
      expect(causes()).to.deep.equal([]);
      clock.advance(hour);
      await look();
      expect(causes()).to.deep.equal(['raised blocked/zup']);
      expect(heard('en')[0]?.text).to.match(/^"zup": 1 key held back by a dead letter, the longest for 1 h/);
      for (const { id } of await service.app.composition.outbox.list({ state: 'dead' }))
        await service.app.composition.outbox.cancel(id, clock.now());
      await look();
      expect(causes()).to.deep.equal(['raised blocked/zup', 'over blocked/zup']);
    });
  });

describe('silence where clocks are moved', () => {
  const calendar = calendarOf({ off: [], working: [] });
  // Twelve webhooks an hour from nine to six by the clock on the wall, but at weekends.
  const usual = (from: string, to: string, zone: string): Map<number, number> => {
    const hours = new Map<number, number>();
    for (let bucket = Date.parse(from) / hour; bucket < Date.parse(to) / hour; bucket += 1) {
      const wall = wallTimeAt(bucket * hour, zone);
      const weekend = [0, 6].includes(new Date(`${wall.slice(0, 10)}T00:00:00Z`).getUTCDay());
      const [at, works] = [Number(wall.slice(11, 13)), !weekend];
      hours.set(bucket, works && at >= 9 && at < 18 ? 12 : 0);
    }
    return hours;
  };

  for (const [zone, change] of [
    ['Europe/Berlin', '2026-10-25'],
    ['Europe/Berlin', '2026-03-29'],
    ['America/New_York', '2026-11-01'],
  ] as const)
    it(`is usual at the hours of ${zone} before and after ${change}`, () => {
      const first = new Date(Date.parse(change) - 9 * 7 * 24 * hour).toISOString();
      const end = new Date(Date.parse(change) + 15 * 24 * hour).toISOString();
      const events = usual(first, end, zone);
      let last = Date.parse(change) - 6 * 24 * hour;
      for (let now = last; now < Date.parse(end) - 24 * hour; now += hour / 2) {
        if ((events.get(Math.floor(now / hour)) ?? 0) > 0) last = now;
        const missed = missedIn(last, now, events, { calendar, zone });
        expect(missed, `${wallTimeAt(last, zone)} to ${wallTimeAt(now, zone)}`).to.equal(undefined);
      }
    });
});
