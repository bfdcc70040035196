import { Text } from '@codemirror/state';
import { expect } from 'chai';
import { Journey, type Wayside } from '../../../src/console/page/address/journey.ts';
import { asOptions, changed, filterOf } from '../../../src/console/page/address/delivery-filter.ts';
import { addressOf, placeOf } from '../../../src/console/page/address/place.ts';
import { soughtOf } from '../../../src/console/page/address/search.ts';
import type { Draft } from '../../../src/console/page/api/answers.ts';
import { lastTry, markOf, outcomeOf } from '../../../src/console/page/delivery/tried-again.ts';
import { partsOf, spaced } from '../../../src/console/page/record/record-parts.ts';
import { isRefused } from '../../../src/console/page/record/refused-field.ts';
import { partInWords } from '../../../src/console/page/record/words.ts';
import { deliverySentence } from '../../../src/console/page/delivery/sentence.ts';
import { roadOf } from '../../../src/console/page/delivery/road.ts';
import { merged } from '../../../src/console/page/live/merge.ts';
import { ticketText } from '../../../src/console/page/delivery/ticket.ts';
import { visitAt, visitText } from '../../../src/console/page/causes/visit.ts';
import { csvOf } from '../../../src/console/page/parts/csv.ts';
import { DraftKeeper, type DraftPlace } from '../../../src/console/page/workbench/draft-keeper.ts';
import { groupsOf } from '../../../src/console/page/workbench/outcome-groups.ts';
import { marksOf } from '../../../src/console/page/workbench/marks.ts';
import { keyMeant } from '../../../src/console/page/shell/key-meant.ts';
import { Times } from '../../../src/console/page/time/times.ts';
import { Speech } from '../../../src/console/page/words/speech.ts';

const at = (address: string) => placeOf(new URL(address, 'http://console.example'));

describe('the logic of the page', () => {
  describe('addresses', () => {
    it('come back as the place they were made of, whatever the name holds', () => {
      for (const name of ['hire-to-csv', 'выход/на работу', '50%', 'a?b#c']) {
        const place = at(addressOf('workbench', name, { event: '1' }));
        expect([place?.screen, place?.of, place?.query.get('event')]).to.deep.equal(['workbench', name, '1']);
      }
      expect(at(addressOf('overview'))).to.include({ screen: 'overview', of: undefined });
    });

    it('leave out what is empty, and lead nowhere where no screen lives', () => {
      expect(addressOf('deliveries', undefined, { state: '', target: undefined })).to.equal('/console/deliveries');
      expect(at('/console/nothing')).to.equal(undefined);
      expect(at('/console/workbench/%E0%A4')?.of).to.equal('%E0%A4');
    });

    it('hold the filter, and nothing that is no filter', () => {
      const filter = { state: 'dead', key: 'applicant/17 & 18' };
      expect(filterOf(at(addressOf('deliveries', undefined, filter))?.query ?? new URLSearchParams())).to.deep.equal(
        filter,
      );
      expect(filterOf(new URLSearchParams('state=+&colour=red&__proto__=1'))).to.deep.equal({});
    });

    it('change one part of a filter', () => {
      expect(changed({ state: 'dead', target: 'onec' }, 'state', undefined)).to.deep.equal({ target: 'onec' });
      expect(changed({ state: 'dead' }, 'state', 'pending')).to.deep.equal({ state: 'pending' });
    });

    it('become options that a shell takes as they are meant', () => {
      expect(asOptions({ state: 'dead', reason: "it's $HOME" })).to.equal(`--state dead --reason 'it'\\''s $HOME'`);
    });

    it('know a number, a key and a name in what was typed', () => {
      expect(soughtOf(' № 17 ')).to.deep.equal({ is: 'number', number: '17' });
      expect(soughtOf('applicant/17')).to.deep.equal({ is: 'key', key: 'applicant/17' });
      expect(soughtOf('Королёв Пётр')).to.deep.equal({ is: 'name', name: 'Королёв Пётр' });
      expect(soughtOf(' # ')).to.deep.equal({ is: 'nothing' });
    });
  });

  it('says of each state of a delivery how it stands, in whole sentences of both languages', () => {
    type Told = Parameters<typeof deliverySentence>[0];
    const attempt: Told['attempts'][number] = {
      number: 1,
      startedAt: '2026-12-01T08:00:00.000Z',
      milliseconds: 100,
      outcome: 'retry',
      summary: null,
      warnings: [],
      exchanges: [],
    };
    const usual: Told = {
      state: 'pending',
      reason: null,
      blocked: false,
      attention: false,
      attempts: [attempt],
      dueAt: null,
      target: 'zup',
      blockedBy: null,
      replacedBy: null,
    };
    const states: readonly (Partial<Told> & { readonly paused?: boolean })[] = [
      { attempts: [] },
      { dueAt: '2026-12-01T08:30:00.000Z' },
      { paused: true },
      { blocked: true },
      { state: 'sending' },
      { state: 'delivered' },
      { state: 'delivered', attempts: [] },
      { state: 'delivered', attention: true },
      { state: 'cancelled' },
      { state: 'cancelled', replacedBy: 17 },
      { state: 'dead', reason: 'rejected' },
      { state: 'dead', reason: 'gave up' },
      { state: 'dead', reason: 'unknown outcome' },
      { state: 'dead', reason: 'mapping failed' },
      { state: 'dead' },
    ];
    const now = Date.parse('2026-12-01T09:00:00.000Z');
    for (const language of ['ru', 'en'] as const) {
      const said = states.map(({ paused = false, ...state }) => {
        const told = { ...usual, ...state };
        const speech = new Speech(language);
        return deliverySentence(told, { paused, now }, speech, new Times('Europe/Moscow', language));
      });
      expect(new Set(said.map((each) => each.said)).size, language).to.equal(states.length);
      for (const { said: sentence, advice = '.' } of said) {
        expect(sentence).to.match(language === 'ru' ? /^[А-ЯЁ«].*\.$/ : /^[A-Z"].*\.$/);
        expect(`${sentence} ${advice}`).to.not.match(/[{}]|undefined|1970/);
      }
    }
  });

  it('takes a key for what stands on a US keyboard, under layouts of other letters too', () => {
    const meant = (key: string, code: string, shiftKey = false) => keyMeant({ key, code, shiftKey });
    expect([meant('.', 'Slash'), meant(',', 'Slash', true)], 'Russian').to.deep.equal(['/', '?']);
    expect([meant('/', 'Digit7', true), meant('?', 'Minus', true)], 'German').to.deep.equal(['/', '?']);
    expect(meant('-', 'Slash'), 'German, beside the right shift').to.equal('-');
    expect([meant('о', 'KeyJ'), meant('л', 'KeyK'), meant('Ч', 'KeyX', true)]).to.deep.equal(['j', 'k', 'x']);
    expect([meant('ξ', 'KeyJ'), meant('j', 'KeyC')], 'Greek; Dvorak').to.deep.equal(['j', 'j']);
    expect(meant('Escape', 'Escape')).to.equal('escape');
  });

  describe('the way of the page', () => {
    const root = 'http://console.example/console/';

    /** A browser's history; it tells of its own moves later, as browsers do. */
    function wayside() {
      const entries: { href: string; state: unknown }[] = [{ href: root, state: null }];
      let at = 0;
      const gone: number[] = [];
      const window: Wayside & { move(): void } = {
        location: {
          get href() {
            return entries[at]?.href ?? '';
          },
        },
        history: {
          get state() {
            return entries[at]?.state;
          },
          go: (by) => gone.push(by),
          pushState: (state, _, address = '') => {
            at += 1;
            entries.splice(at, entries.length, { href: new URL(address, root).href, state });
          },
          replaceState: (state, _, address = entries[at]?.href ?? '') => {
            entries[at] = { href: new URL(address, root).href, state };
          },
        },
        move: () => {
          at += gone.shift() ?? 0;
          journey.moved();
        },
      };
      const journey = new Journey(window);
      return { journey, window, seen: () => new URL(journey.address).pathname };
    }

    it('goes where it is told, and back, as long as nothing is unsent', () => {
      const { journey, window, seen } = wayside();
      journey.go('/console/targets');
      journey.go('/console/audit', { instead: true });
      expect(seen()).to.equal('/console/audit');
      window.history.go(-1);
      window.move();
      expect([seen(), journey.isAsked]).to.deep.equal(['/console/', false]);
    });

    it('asks before a link leaves what is not sent, and goes only with a yes', () => {
      const { journey, seen } = wayside();
      journey.stay();
      journey.go('/console/targets');
      expect([seen(), journey.isAsked]).to.deep.equal(['/console/', true]);
      journey.remain();
      expect([seen(), journey.isAsked]).to.deep.equal(['/console/', false]);
      journey.go('/console/targets');
      journey.leave();
      expect([seen(), journey.isAsked]).to.deep.equal(['/console/targets', false]);
      journey.go('/console/audit');
      expect(seen(), 'who has left is not asked again').to.equal('/console/audit');
    });

    it('comes back where Back and Forward have gone already, asks, and moves as far as was wanted', () => {
      const { journey, window, seen } = wayside();
      journey.go('/console/targets');
      journey.go('/console/audit');
      const sent = journey.stay();
      window.history.go(-2);
      window.move();
      expect([seen(), journey.isAsked]).to.deep.equal(['/console/audit', true]);
      window.move();
      expect(window.location.href, 'the browser is where the page is').to.equal(`${root}audit`);
      journey.leave();
      window.move();
      expect(seen()).to.equal('/console/');
      sent();
    });

    it('asks nobody who has sent it', () => {
      const { journey, seen } = wayside();
      journey.stay();
      journey.go('/console/deliveries/2', { instead: true, done: true });
      expect([seen(), journey.isAsked]).to.deep.equal(['/console/deliveries/2', false]);
      const over = journey.stay();
      over();
      journey.go('/console/targets');
      expect(seen()).to.equal('/console/targets');
    });
  });

  describe('drafts', () => {
    const file: Draft = {
      text: 'file',
      base: 'h1',
      savedAt: null,
      file: 'hire.yaml',
      source: 'file',
      sourceHash: 'h1',
    };

    /** A service that keeps, or refuses while it is told to; time goes on when it is told to. */
    function bench(begun = file) {
      const said: string[] = [];
      const waiting = new Set<() => void>();
      const service = { refuses: false, savedAt: begun.savedAt };
      const answer = async (what: string): Promise<void> => {
        said.push(what);
        await Promise.resolve();
        if (service.refuses) throw new Error('away');
      };
      const place: DraftPlace = {
        read: async () => file,
        isClash: (why) => why instanceof Error && why.message === 'clash',
        save: async ({ text, seen }) => {
          if (seen !== undefined && seen !== service.savedAt) throw new Error('clash');
          await answer(text);
          service.savedAt = '2026-12-01T09:00:00.000Z';
          return '2026-12-01T09:00:00.000Z';
        },
        drop: async () => {
          await answer('dropped');
          service.savedAt = null;
        },
        after: (_, act) => {
          waiting.add(act);
          return () => waiting.delete(act);
        },
      };
      const keeper = new DraftKeeper(begun, place);
      const later = async (): Promise<void> => {
        const due = [...waiting];
        waiting.clear();
        for (const act of due) act();
        await keeper.keep();
      };
      return { keeper, said, later, service };
    }

    it('are kept by themselves, once for a pause in the writing, and hold the last word', async () => {
      const { keeper, said, later } = bench();
      keeper.write('a');
      keeper.write('ab');
      expect([keeper.standing.is, keeper.isUnkept]).to.deep.equal(['typed', true]);
      const kept = later();
      keeper.write('abc');
      await kept;
      await later();
      expect([said, keeper.standing.is, keeper.isUnkept]).to.deep.equal([['ab', 'abc'], 'kept', false]);
    });

    it('are told to be unkept while the service does not take them, and are given to it again', async () => {
      const { keeper, said, later, service } = bench();
      service.refuses = true;
      keeper.write('a');
      await later();
      expect([keeper.standing.is, keeper.text]).to.deep.equal(['unkept', 'a']);
      service.refuses = false;
      await later();
      expect([said, keeper.standing.is]).to.deep.equal([['a', 'a'], 'kept']);
    });

    it('do not overwrite what another tab has kept, until somebody says which of them counts', async () => {
      const { keeper, said, later, service } = bench();
      service.savedAt = '2026-12-01T08:30:00.000Z';
      keeper.write('mine');
      await later();
      await later();
      expect([keeper.standing.is, keeper.isUnkept, said]).to.deep.equal(['clash', true, []]);
      keeper.insist();
      await keeper.keep();
      expect([keeper.standing.is, said]).to.deep.equal(['kept', ['mine']]);
      service.savedAt = '2026-12-01T09:30:00.000Z';
      keeper.write('mine again');
      await later();
      expect([await keeper.giveWay(), keeper.text, keeper.isUnkept]).to.deep.equal(['file', 'file', false]);
    });

    it('are none where everything was undone', async () => {
      const { keeper, said, later } = bench();
      keeper.write('a');
      await later();
      keeper.write('file');
      await later();
      expect([said, keeper.standing.is]).to.deep.equal([['a', 'dropped'], 'file']);
    });

    it('can be taken back once they are thrown away, and stay where they are while that is refused', async () => {
      const { keeper, said, later, service } = bench({ ...file, text: 'mine', savedAt: '2026-12-01T08:00:00.000Z' });
      service.refuses = true;
      expect(await keeper.drop().catch((error: unknown) => error)).to.be.an('error');
      expect([keeper.text, keeper.standing.is]).to.deep.equal(['mine', 'kept']);
      service.refuses = false;
      expect([await keeper.drop(), keeper.standing.is]).to.deep.equal(['file', 'dropped']);
      expect(keeper.takeBack()).to.equal('mine');
      await later();
      expect([said.at(-1), keeper.standing.is]).to.deep.equal(['mine', 'kept']);
    });
  });

  describe('the parts of a record', () => {
    const record = {
      steps: [
        {
          upsert: 'Catalog_ФизическиеЛица',
          of: { kind: 'applicant', id: 17 },
          match: [['ИНН']],
          fields: { Фамилия: 'Ким' },
        },
        null,
        {
          create: 'Document_ПриемНаРаботу',
          as: 'hire',
          fields: {
            ДатаПриема: '2026-12-01',
            Должность: { find: 'Catalog_Должности', by: { Description: 'Бухгалтер' } },
            ФизическоеЛицо: { ref: 'person' },
          },
        },
      ],
    };
    const russian = new Speech('ru');

    it('are the steps at 1C as 1C shows them, counted from one, with what says nothing of a person apart', () => {
      const parts = partsOf(record).filter(({ set }) => set !== undefined);
      expect(parts.map((part) => partInWords(part, russian))).to.deep.equal([
        'Шаг 1. Справочник «Физические лица»',
        'Шаг 3. Документ «Прием на работу»',
      ]);
      const shown = parts.flatMap(({ fields }) => fields.filter(({ isTechnical }) => !isTechnical));
      expect(shown.map(({ label, value }) => [label, value])).to.deep.equal([
        ['Фамилия', 'Ким'],
        ['Дата приема', '2026-12-01'],
        ['Должность (Description)', 'Бухгалтер'],
      ]);
    });

    it('are one where there are no steps, with the body of a request first', () => {
      const [part, none] = partsOf({ method: 'PUT', path: '/staff', body: { name: 'Ким', rooms: [3] } });
      expect(none).to.equal(undefined);
      expect(part?.fields.map(({ label, isTechnical }) => [label, isTechnical])).to.deep.equal([
        ['method', true],
        ['path', true],
        ['name', false],
        ['rooms › 1', false],
      ]);
      expect(partsOf({ Фамилия: 'Ким' })[0]?.fields[0]?.isTechnical).to.equal(false);
      for (const odd of [null, 'text', 7, [], [1], { steps: 'none' }, { steps: [7] }])
        expect(() => partsOf(odd).map((each) => partInWords(each, russian))).to.not.throw();
    });

    it('know which value was refused, however the refusal names it', () => {
      const refusedBy = (of: unknown, field: string | null, text: string | null = null) =>
        partsOf(of).flatMap((part) =>
          part.fields.filter((each) => isRefused(part, each, { field, text })).map(({ label }) => label),
        );
      expect(refusedBy(record, 'Document_ПриемНаРаботу.Должность')).to.include('Должность (Description)');
      expect(refusedBy(record, 'steps[2].fields.ДатаПриема')).to.deep.equal(['Дата приема']);
      expect(refusedBy(record, null, 'steps[2].fields.ДатаПриема: не дата')).to.deep.equal(['Дата приема']);
      expect(refusedBy(record, null, 'steps[2].fields.ДатаПриемаНаРаботу: не дата')).to.deep.equal([]);
      expect(refusedBy({ Имя: 'Ким', id: 3 }, 'Имя')).to.deep.equal(['Имя']);
      expect(refusedBy({ Имя: 'Ким', id: 3 }, null, 'столбец «Имя»: нет id')).to.deep.equal(['Имя']);
    });

    it('call fields as 1C shows them, and leave other names alone', () => {
      for (const [name, shown] of [
        ['ДатаРождения', 'Дата рождения'],
        ['КодПоОКИН', 'Код по ОКИН'],
        ['ИНН', 'ИНН'],
        ['Ref_Key', 'Ref_Key'],
        ['Дата рождения', 'Дата рождения'],
        ['', ''],
      ] as const)
        expect(spaced(name)).to.equal(shown);
    });
  });

  describe('what comes of a mapping', () => {
    it('stands under its step, which is said once', () => {
      const field = (name: string, value: string) => ({ field: name, value, formula: '', failure: null });
      const groups = groupsOf([
        field('key', 'applicant/17'),
        field('record.Имя', 'А••'),
        field('record.steps[1].create', 'Document_ПриемНаРаботу'),
        field('record.steps[1].fields.Должность.by.Description', 'Б•••'),
      ]);
      expect(groups.map(({ step, set, fields }) => [step, set, fields.map(({ label }) => label)])).to.deep.equal([
        [undefined, undefined, ['key', 'Имя']],
        [2, 'Document_ПриемНаРаботу', ['create', 'Должность.by.Description']],
      ]);
    });
  });

  describe('a retry', () => {
    const times = new Times('UTC', 'ru');
    const russian = new Speech('ru');
    const now = Date.parse('2026-12-01T10:00:00.000Z');
    const attempt = (number: number, summary: string) => ({
      number,
      outcome: 'dead' as const,
      startedAt: `2026-12-01T09:0${number}:00.000Z`,
      milliseconds: 5,
      summary,
      exchanges: [],
      warnings: [],
    });
    const dead = {
      id: 12,
      state: 'dead' as const,
      reason: 'rejected',
      attempts: [attempt(1, 'нет должности')],
      lastError: 'нет должности',
      dueAt: null,
      createdAt: '2026-12-01T09:00:00.000Z',
      finishedAt: '2026-12-01T09:01:00.000Z',
    };
    const before = markOf(dead);
    const outcome = (change: object) => outcomeOf({ ...dead, ...change }, before, russian, times, now);

    it('is not over until something has come of it', () => {
      expect(outcome({})).to.equal(undefined);
      expect(outcome({ state: 'pending', finishedAt: null })).to.equal(undefined);
      expect(outcome({ state: 'sending', finishedAt: null })).to.equal(undefined);
    });

    it('says what came of it', () => {
      const again = { attempts: [...dead.attempts, attempt(2, 'нет должности')] };
      expect(outcome(again)?.said).to.equal('Доставка 12 снова остановлена: нет должности');
      expect(outcome({ state: 'delivered', finishedAt: null })).to.deep.equal({
        tone: 'good',
        said: 'Доставка 12 дошла',
      });
      expect(outcome({ ...again, state: 'pending', dueAt: '2026-12-01T10:05:00.000Z' })?.said).to.include('в 10:05');
      expect(outcome({ finishedAt: '2026-12-01T09:02:00.000Z' })?.tone, 'of a mapping').to.equal('bad');
    });

    it('stands under the sentence as the latest of several, the same or another', () => {
      const after = (summary: string) =>
        lastTry({ ...dead, attempts: [...dead.attempts, attempt(2, summary)] }, russian, times, now);
      expect(after('нет должности')).to.equal('Попытка 2 в 09:02: то же самое.');
      expect(after('нет отдела')).to.equal('Это ответ на попытку 2 в 09:02.');
      expect(lastTry(dead, russian, times, now)).to.equal(undefined);
    });
  });

  describe('the text for a ticket', () => {
    const times = new Times('Europe/Moscow', 'ru');
    const delivery = {
      id: 31,
      target: 'zup',
      mapping: 'hire',
      mappingHash: 'abcdef0123456789',
      key: 'applicant/17',
      event: { id: 9, receivedAt: '2026-12-01T09:00:00.000Z' },
      createdAt: '2026-12-01T09:00:01.000Z',
      state: 'dead' as const,
      blocked: false,
      attention: false,
      lastError: 'нет поля «Отдел»',
      findings: [],
      record: { Фамилия: 'И••••••' },
      attempts: [1, 2, 3, 4, 5, 6].map((number) => ({
        number,
        outcome: 'retry' as const,
        startedAt: `2026-12-01T09:0${number}:00.000Z`,
        milliseconds: 5,
        summary: '503',
        exchanges: [{ sent: { summary: 'POST', body: 'тело' }, received: null }],
        warnings: [],
      })),
    };

    it('says how it stands, when and where, and holds neither record nor bodies', () => {
      const address = 'https://console.example/console/deliveries/31';
      const sentence = { said: '«zup» отказала.', advice: 'Исправьте справочник.' };
      const text = ticketText({ delivery, sentence, address }, new Speech('ru'), times);
      expect(text.split('\n').slice(0, 4)).to.deep.equal([
        'Доставка 31 → zup: остановлена',
        '«zup» отказала.',
        'нет поля «Отдел»',
        'Исправьте справочник.',
      ]);
      expect(text)
        .to.include('2026-12-01 12:00:01 Europe/Moscow')
        .and.to.include('Попытка 6')
        .and.to.include(address)
        .and.not.to.match(/Попытка 1:|Фамилия|тело|\{\w+\}/);
    });
  });

  describe('visits', () => {
    const minute = 60_000;
    const monday = 1_800_000_000_000;

    it('find nothing new at the first time, nor in what is kept wrongly', () => {
      for (const kept of [undefined, '', 'nonsense', '5', '-1 -1', 'NaN 7'])
        expect(visitAt(kept, monday), kept).to.deep.equal({ last: monday, since: monday });
    });

    it('go on for half an hour, reloads and all, and begin anew after it', () => {
      const first = visitAt(undefined, monday);
      const reloaded = visitAt(visitText(first), monday + 20 * minute);
      expect(reloaded).to.deep.equal({ last: monday + 20 * minute, since: monday });
      const next = visitAt(visitText(reloaded), monday + 60 * minute);
      expect(next).to.deep.equal({ last: monday + 60 * minute, since: monday + 20 * minute });
    });

    it('hide nothing where the clock was set back', () => {
      const before = visitText({ last: monday + 600 * minute, since: monday + 500 * minute });
      expect(visitAt(before, monday)).to.deep.equal({ last: monday, since: monday });
    });
  });

  describe('numbers in words', () => {
    const hires = {
      ru: { one: '{n} человек', few: '{n} человека', many: '{n} человек', other: '{n} человека' },
      en: { one: '{n} person', other: '{n} people' },
    };

    it('take the form of the language', () => {
      const ru = [0, 1, 2, 5, 11, 21, 22, 111].map((n) => new Speech('ru').count(hires, n));
      expect(ru.join(', ')).to.equal(
        '0 человек, 1 человек, 2 человека, 5 человек, 11 человек, 21 человек, 22 человека, 111 человек',
      );
      expect([0, 1, 2].map((n) => new Speech('en').count(hires, n))).to.deep.equal([
        '0 people',
        '1 person',
        '2 people',
      ]);
    });

    it('stop at a thousand where counting does', () => {
      expect(new Speech('en').upTo(hires, 1000)).to.equal('1,000 people');
      expect(new Speech('en').upTo(hires, 1001)).to.equal('1,000+ people');
    });

    it('leave a value that nobody gave as it is written', () => {
      const text = { ru: '{a} {b}', en: '{a} {b}' };
      expect(new Speech('ru').say(text, { a: '{b}' })).to.equal('{b} {b}');
    });
  });

  describe('times', () => {
    const times = new Times('Asia/Yekaterinburg', 'en');

    it("are of the service's zone, on its calendar day", () => {
      expect(times.full('2026-11-27T20:30:05Z')).to.equal('2026-11-28 01:30:05');
      expect(times.brief('2026-11-27T20:30:05Z', Date.parse('2026-11-28T03:00:00Z'))).to.equal('01:30');
      expect(times.brief('2026-11-27T18:30:05Z', Date.parse('2026-11-28T03:00:00Z'))).to.equal('27 Nov, 23:30');
    });

    it('carry the offset of the zone where they fix a link, and come back as the same instant', () => {
      expect(times.offset(Date.parse('2026-11-27T20:30:05.700Z'))).to.equal('2026-11-28T01:30:05+05:00');
      const delhi = new Times('Asia/Kolkata', 'en');
      expect(delhi.offset(Date.parse('2026-11-27T20:30:05Z'))).to.equal('2026-11-28T02:00:05+05:30');
      expect(new Times('America/St_Johns', 'en').offset(0)).to.match(/^1969-12-31T20:30:00-03:30$/);
    });

    it('span at most two units, and never less than nothing', () => {
      const spans = [-5000, 59_000, 60_000, 7_800_000, 36_000_000, 172_800_000].map((each) => times.span(each));
      expect(spans).to.deep.equal(['0 s', '59 s', '1 min', '2 h 10 min', '10 h', '2 d']);
    });
  });

  describe('files of lists', () => {
    it('hold no formula and lose no quote, semicolon or line', () => {
      expect(csvOf(['a', 'b'], [['=1+1', 'x;"y"\nz']])).to.equal('\uFEFFa;b\r\n\'=1+1;"x;""y""\nz"\r\n');
      for (const first of ['+', '-', '@', '＝', '＠', '\t', '\r', '\n'])
        expect(csvOf(['a'], [[`${first}x`]])).to.include(`'${first}x`);
    });
  });

  describe('marks of the editor', () => {
    it('stand at the word that is wrong, and never past the text', () => {
      const text = Text.of(['mapping: hire', 'to: zupp']);
      const fault = { file: 'hire.yaml', line: 2, column: 5, level: 'error', text: 'there is no target' } as const;
      const [mark] = marksOf([fault], text);
      expect([mark?.from, mark?.to]).to.deep.equal([18, 22]);
      const [past] = marksOf([{ ...fault, line: 99, column: 99 }], text);
      expect([past?.from, past?.to]).to.deep.equal([22, 22]);
    });
  });

  describe('rows on the screen', () => {
    const rows = (...ids: readonly number[]) => ids.map((id) => ({ id }));

    it('stay in their order, and what is new waits above', () => {
      const { rows: shown, newer } = merged(rows(3, 2, 1), rows(5, 4, 3, 2, 1), true);
      expect([shown.map(({ row }) => row.id), newer]).to.deep.equal([[3, 2, 1], 2]);
    });

    it('stay greyed when they fit no more', () => {
      const gone = merged(rows(3, 2, 1), rows(3, 1), true).rows.filter((each) => each.gone);
      expect(gone.map(({ row }) => row.id)).to.deep.equal([2]);
    });

    it('are not gone when new ones pushed them off the page', () => {
      const { rows: shown, newer } = merged(rows(2, 1), rows(4, 3), false);
      expect([shown.some((each) => each.gone), newer]).to.deep.equal([false, 2]);
    });
  });

  describe('the road', () => {
    const now = '2026-11-27T09:00:00.000Z';
    type Travelled = Parameters<typeof roadOf>[0];
    const stops = (delivery: Partial<Travelled> & Pick<Travelled, 'state'>) =>
      roadOf({ reason: null, blocked: false, createdAt: now, attempts: [], event: null, ...delivery }).map(
        (stop) => stop.is,
      );

    it('shows where a delivery stands', () => {
      expect(stops({ state: 'pending' })).to.deep.equal(['done', 'done', 'here', 'ahead']);
      expect(stops({ state: 'pending', blocked: true })).to.deep.equal(['done', 'done', 'stopped', 'ahead']);
      expect(stops({ state: 'sending' })).to.deep.equal(['done', 'done', 'done', 'here']);
      expect(stops({ state: 'delivered' })).to.deep.equal(['done', 'done', 'done', 'done']);
      expect(stops({ state: 'cancelled' })).to.deep.equal(['done', 'done', 'stopped', 'ahead']);
      expect(stops({ state: 'dead', reason: 'mapping failed' })).to.deep.equal(['done', 'stopped', 'ahead', 'ahead']);
    });
  });
});
