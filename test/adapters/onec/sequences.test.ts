import { expect } from 'chai';
import { stringify } from 'yaml';
import type { Receipt } from '../../../src/adapter.ts';
import type { Json, JsonObject } from '../../../src/huntflow/json.ts';
import type { Mapping } from '../../../src/mapping/file/mapping.ts';
import { zupSeeded } from '../../../stand-ins/onec/zup/seed.ts';
import { withValue } from '../../support/webhook.ts';
import { failure } from './failure.ts';
import { webhookOf } from './fifty/office-of.ts';
import { Office } from './office.ts';
import { mappingOf, recordOf } from './shipped.ts';
import { typeIn } from './type-in.ts';

const people = 'Catalog_ФизическиеЛица';
const cards = 'Catalog_Сотрудники';
const orders = 'Document_ПриемНаРаботу';
const anna = { last: 'Иванова', first: 'Анна', middle: 'Сергеевна', birthday: '1990-05-01' };

interface Stage {
  readonly log: number;
  readonly applicant?: number;
  readonly vacancy?: number;
  readonly name?: string;
  readonly action?: 'ADD' | 'EDIT' | 'DELETE';
  readonly day?: string;
}

/** What Huntflow sends when the candidate is put on a stage. */
function stage({ log, applicant = 17, vacancy = 9, name = 'Выход на работу', action, day }: Stage): JsonObject {
  const values: readonly (readonly [string, Json])[] = [
    ['event.applicant.id', applicant],
    ['event.applicant_log.id', log],
    ['event.applicant_log.vacancy.id', vacancy],
    ['event.applicant_log.status', { id: 21, name }],
    ['event.applicant_log.employment_date', day ?? '2026-12-01'],
    ['meta.webhook_action', action ?? 'ADD'],
  ];
  return values.reduce((body, [path, value]) => withValue(body, path.split('.'), value), webhookOf(anna));
}

for (const [format, keepsKeys] of [
  ['json', true],
  ['json', false],
  ['atom', true],
  ['atom', false],
] as const)
  describe(`what happens to one hire over months (${format}, keys ${keepsKeys ? 'honoured' : 'replaced'})`, () => {
    let office: Office;
    let number = 0;
    const mappings = new Map<string, Mapping>();

    beforeEach(async () => {
      office = await Office.open({ zup: true, settings: { format }, behaviour: { keepsKeys } });
    });

    afterEach(() => office.close());

    const all = (set: string) => office.standIn.base.all(set);
    const keyAt = (set: string, at: number): string => String(all(set).at(at)?.['Ref_Key']);
    const marks = () => all(orders).map((order) => order['DeletionMark']);

    async function deliver(preset: string, values: JsonObject, body: JsonObject): Promise<Receipt> {
      const text = stringify({ mapping: 'm', to: 'zup', preset, with: values });
      const mapping = mappings.get(text) ?? (await mappingOf(text));
      mappings.set(text, mapping);
      // A service that was started anew in between: nothing may rest on what is in memory.
      await office.restart();
      return office.deliver((number += 1), await recordOf(mapping, body));
    }
    const hire = (what: Stage, organisation = 'ООО Ромашка') =>
      deliver('zup-3.1/hire', { organisation, division: 'Бухгалтерия' }, stage(what));
    const withdraw = (what: Stage) => deliver('zup-3.1/hire-withdrawn', {}, stage({ name: 'Отказ', ...what }));

    function post(set: string, key: string): void {
      const model = office.standIn.base.sets.get(set);
      if (model === undefined) throw new Error(`no ${set}`);
      office.standIn.base.post(model, { Ref_Key: key }, 'false');
    }

    function dismiss(card: string, day: string): void {
      const fired = {
        Сотрудник_Key: card,
        ФизическоеЛицо_Key: keyAt(people, 0),
        Организация_Key: zupSeeded.organisation,
      };
      const values = { ...fired, Date: `${day}T00:00:00`, ДатаУвольнения: `${day}T00:00:00` };
      post('Document_Увольнение', typeIn(office, 'Document_Увольнение', values));
    }

    it('leaves a correction to a person where HR has marked our order for deletion', async () => {
      await hire({ log: 1 });
      office.standIn.base.edit(orders, keyAt(orders, 0), { DeletionMark: true });

      const { en } = await failure('rejected', hire({ log: 1, action: 'EDIT', day: '2026-12-08' }));
      expect(en).to.include('marked for deletion').and.to.include('take the mark off');
      expect(marks()).to.deep.equal([true]);

      office.standIn.base.edit(orders, keyAt(orders, 0), { DeletionMark: false });
      await hire({ log: 1, action: 'EDIT', day: '2026-12-08' });
      expect(all(orders)).to.have.length(1);
      expect(all(orders)[0]).to.include({ ДатаПриема: '2026-12-08T00:00:00' });
    });

    it('makes the order anew, on the same card, where HR has deleted it for good', async () => {
      await hire({ log: 1 });
      office.standIn.base.remove(orders, keyAt(orders, 0));
      await hire({ log: 1, action: 'EDIT', day: '2026-12-08' });

      expect([all(people).length, all(cards).length, all(orders).length]).to.deep.equal([1, 1, 1]);
      expect(all(orders)[0]).to.include({ Сотрудник_Key: keyAt(cards, 0), ДатаПриема: '2026-12-08T00:00:00' });
    });

    it('changes nothing when it is replayed after months, dismissal and another hire', async () => {
      await hire({ log: 1 });
      post(orders, keyAt(orders, 0));
      dismiss(keyAt(cards, 0), '2027-03-01');
      await hire({ log: 2, day: '2027-06-01' });
      post(orders, keyAt(orders, 1));
      const before = structuredClone([all(people), all(cards), all(orders)]);

      await hire({ log: 1 });
      await hire({ log: 2, day: '2027-06-01' });
      const { en } = await failure('rejected', hire({ log: 1, action: 'EDIT', day: '2026-12-08' }));

      expect(en).to.include('is posted in 1C already');
      expect([all(people), all(cards), all(orders)]).to.deep.equal(before);
    });

    it('changes nothing when it is replayed after HR has hired the person again by hand', async () => {
      await hire({ log: 1 });
      post(orders, keyAt(orders, 0));
      dismiss(keyAt(cards, 0), '2027-03-01');
      const who = { ФизическоеЛицо_Key: keyAt(people, 0) };
      const card = typeIn(office, cards, { ...who, ГоловнаяОрганизация_Key: zupSeeded.organisation });
      const again = { ...who, Сотрудник_Key: card, Организация_Key: zupSeeded.organisation };
      post(orders, typeIn(office, orders, { ...again, ДатаПриема: '2027-06-01T00:00:00' }));
      const before = structuredClone([all(people), all(cards), all(orders)]);

      await hire({ log: 1 });
      expect([all(people), all(cards), all(orders)]).to.deep.equal(before);
    });

    for (const [when, merges] of [
      ['before the hire', 0],
      ['between the hire and its correction', 1],
      ['after the correction', 2],
    ] as const)
      it(`is one hire of one person where Huntflow merges two applicants ${when}`, async () => {
        const steps = [
          () => hire({ log: 1, applicant: merges === 0 ? 17 : 18 }),
          () => hire({ log: 1, applicant: merges < 2 ? 17 : 18, action: 'EDIT', day: '2026-12-08' }),
        ];
        for (const [at, step] of steps.entries()) {
          if (at === merges) office.aliases.set('18', '17');
          await step();
        }
        office.aliases.set('18', '17');
        await hire({ log: 1, applicant: 17, action: 'EDIT', day: '2026-12-09' });

        expect([all(people).length, all(cards).length, all(orders).length]).to.deep.equal([1, 1, 1]);
        expect(all(orders)[0]).to.include({ ДатаПриема: '2026-12-09T00:00:00' });
      });

    it('is one order at a time, on one card, through hired, withdrawn, hired, withdrawn, hired', async () => {
      await hire({ log: 1 });
      await withdraw({ log: 2 });
      await hire({ log: 3 });
      await withdraw({ log: 4 });
      await hire({ log: 5 });

      expect([all(people).length, all(cards).length]).to.deep.equal([1, 1]);
      expect(marks()).to.deep.equal([true, true, false]);
      // What went before comes late, or is replayed: the newest order stays.
      await withdraw({ log: 4 });
      await withdraw({ log: 2 });
      expect(marks()).to.deep.equal([true, true, false]);
    });

    it('is two cards and two orders where one person is hired by two organisations', async () => {
      const lutik = typeIn(office, 'Catalog_Организации', { Description: 'ООО Лютик' });
      typeIn(office, 'Catalog_ПодразделенияОрганизаций', {
        Description: 'Бухгалтерия',
        Owner_Key: lutik,
        Сформировано: true,
      });
      await hire({ log: 1 });
      post(orders, keyAt(orders, 0));
      await hire({ log: 2, vacancy: 10 }, 'ООО Лютик');
      await hire({ log: 2, vacancy: 10, action: 'EDIT', day: '2026-12-08' }, 'ООО Лютик');
      await withdraw({ log: 3, vacancy: 10 });

      expect([all(people).length, all(cards).length]).to.deep.equal([1, 2]);
      expect(all(cards).map((card) => card['ГоловнаяОрганизация_Key'])).to.deep.equal([zupSeeded.organisation, lutik]);
      expect(marks()).to.deep.equal([false, true]);
    });

    for (const [what, left] of [
      ['another living card is there', 1],
      ['no other card is there', 0],
    ] as const)
      it(`goes on where the card that operations chose was deleted for good and ${what}`, async () => {
        const person = typeIn(office, people, { ФИО: 'Иванова Анна Сергеевна', ДатаРождения: '1990-05-01T00:00:00' });
        const typed = ['0001', '0002'].map((Code) =>
          typeIn(office, cards, { Code, ФизическоеЛицо_Key: person, ГоловнаяОрганизация_Key: zupSeeded.organisation }),
        );
        await failure('rejected', hire({ log: 1 }));
        const [chosen = '', other = ''] = typed;
        office.references.set(JSON.stringify(['log', '1', '', cards]), chosen);
        office.notes.set(JSON.stringify(['log', '1', '', cards]), { own: false, chosen: true });
        for (const key of left === 1 ? [chosen] : typed) office.standIn.base.remove(cards, key);

        await hire({ log: 1 });
        expect(all(cards)).to.have.length(1);
        expect(all(orders)).to.have.length(1);
        if (left === 1) expect(all(orders)[0]).to.include({ Сотрудник_Key: other });
      });
  });
