import { Text } from '@codemirror/state';
import { expect } from 'chai';
import { asOptions, changed, filterOf } from '../../../src/console/page/address/delivery-filter.ts';
import { addressOf, placeOf } from '../../../src/console/page/address/place.ts';
import { soughtOf } from '../../../src/console/page/address/search.ts';
import { roadOf } from '../../../src/console/page/delivery/road.ts';
import { merged } from '../../../src/console/page/live/merge.ts';
import { ticketText } from '../../../src/console/page/delivery/ticket.ts';
import { visitAt, visitText } from '../../../src/console/page/causes/visit.ts';
import { csvOf } from '../../../src/console/page/parts/csv.ts';
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

  it('takes a key for what stands on a US keyboard, under layouts of other letters too', () => {
    const meant = (key: string, code: string, shiftKey = false) => keyMeant({ key, code, shiftKey });
    expect([meant('.', 'Slash'), meant(',', 'Slash', true)], 'Russian').to.deep.equal(['/', '?']);
    expect([meant('/', 'Digit7', true), meant('?', 'Minus', true)], 'German').to.deep.equal(['/', '?']);
    expect(meant('-', 'Slash'), 'German, beside the right shift').to.equal('-');
    expect([meant('о', 'KeyJ'), meant('л', 'KeyK'), meant('Ч', 'KeyX', true)]).to.deep.equal(['j', 'k', 'x']);
    expect([meant('ξ', 'KeyJ'), meant('j', 'KeyC')], 'Greek; Dvorak').to.deep.equal(['j', 'j']);
    expect(meant('Escape', 'Escape')).to.equal('escape');
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
      for (const first of ['+', '-', '@', '\t', '\r']) expect(csvOf(['a'], [[`${first}x`]])).to.include(`'${first}x`);
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
