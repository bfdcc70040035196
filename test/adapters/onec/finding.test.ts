import { expect } from 'chai';
import { objectKey } from '../../../adapters/onec/object-key.ts';
import { failure } from './failure.ts';
import { formats } from './formats.ts';
import { hireOf, personOf, valuesOf } from './hire.ts';
import { Office } from './office.ts';
import { typeIn } from './type-in.ts';

const people = 'Catalog_ФизическиеЛица';
const orders = 'Document_ПриемНаРаботу';

for (const format of formats) {
  describe(`finding what 1C has (${format})`, () => {
    let office: Office;

    beforeEach(async () => {
      office = await Office.open({ settings: { format } });
    });

    afterEach(() => office.close());

    it('adopts a person typed in by hand and keeps it as Reference', async () => {
      const key = typeIn(office, people, {
        Description: 'Иванова Анна',
        ФИО: 'Иванова Анна',
        ДатаРождения: '1990-05-01T00:00:00',
        МестоРождения: 'Тверь',
      });

      await office.deliver(1, hireOf(valuesOf(17)));

      expect(office.standIn.base.all(people)).to.have.length(1);
      expect(office.standIn.base.all(people)[0]).to.include({
        Ref_Key: key,
        Фамилия: 'Иванова',
        МестоРождения: 'Тверь',
      });
      expect(office.standIn.base.all('Catalog_Сотрудники')[0]).to.include({ ФизическоеЛицо_Key: key });
      expect([...office.references].find(([name]) => name.includes(people))?.[1]).to.equal(key);
    });

    it('heeds the groups of match in order', async () => {
      typeIn(office, people, {
        ФИО: 'Иванова Анна',
        ДатаРождения: '1990-05-01T00:00:00',
        СтраховойНомерПФР: '999-999-999 99',
      });
      const key = typeIn(office, people, { ФИО: 'Иванова Анна Петровна', СтраховойНомерПФР: '112-233-445 95' });

      await office.deliver(1, { steps: [personOf(valuesOf(17, { snils: '112-233-445 95' }))] });

      expect([...office.references.values()]).to.deep.equal([key]);
    });

    it('skips a group whose field is empty', async () => {
      typeIn(office, people, { ФИО: 'Иванова Анна' });

      await office.deliver(1, { steps: [personOf(valuesOf(17, { birthday: null }))] });

      expect(office.standIn.base.all(people)).to.have.length(2);
    });

    it('rejects two candidates with a sentence and writes nothing', async () => {
      for (let count = 0; count < 2; count += 1)
        typeIn(office, people, { ФИО: 'Иванова Анна', ДатаРождения: '1990-05-01T00:00:00' });

      const error = await failure('rejected', office.deliver(1, hireOf(valuesOf(17))));

      expect(error).to.deep.equal({
        ru: `${people}: подходят 2 объекта, и не видно, какой из них нужен; объедините дубли в 1С или уточните match, затем повторите доставку.`,
        en:
          `${people}: 2 objects fit and nothing tells which one is meant; merge the duplicates in 1C or make ` +
          'match narrower, then retry the delivery.',
      });
      expect(office.standIn.seen.every(({ method }) => method === 'GET')).to.equal(true);
    });

    it('prefers the one that is not marked for deletion', async () => {
      typeIn(office, people, { ФИО: 'Иванова Анна', ДатаРождения: '1990-05-01T00:00:00', DeletionMark: true });
      const key = typeIn(office, people, { ФИО: 'Иванова Анна', ДатаРождения: '1990-05-01T00:00:00' });

      await office.deliver(1, { steps: [personOf(valuesOf(17))] });

      expect([...office.references.values()]).to.deep.equal([key]);
    });

    it('reports an object marked for deletion and does not revive it', async () => {
      await office.deliver(1, hireOf(valuesOf(17)));
      const key = String(office.standIn.base.all(people)[0]?.['Ref_Key']);
      office.standIn.base.edit(people, key, { DeletionMark: true });

      const error = await failure('rejected', office.deliver(2, hireOf(valuesOf(17, { lastName: 'Петрова' }))));

      expect(error.en).to.include(`${people}(${key})`).and.to.include('marked for deletion');
      expect(office.standIn.base.all(people)[0]).to.include({ Фамилия: 'Иванова', DeletionMark: true });
    });

    it('creates anew what was deleted for good', async () => {
      await office.deliver(1, { steps: [personOf(valuesOf(17))] });
      office.standIn.base.remove(people, String(office.standIn.base.all(people)[0]?.['Ref_Key']));

      await office.deliver(2, { steps: [personOf(valuesOf(17))] });

      expect(office.standIn.base.all(people)).to.have.length(1);
    });

    it('finds its own by Ref_Key when References are lost', async () => {
      await office.deliver(1, hireOf(valuesOf(17)));
      office.references.clear();
      await office.restart();

      await office.deliver(2, hireOf(valuesOf(17, { birthday: '1991-01-01' })));

      expect(office.standIn.base.all(people)).to.have.length(1);
      expect(office.standIn.base.all(orders)).to.have.length(1);
    });

    it('finds a draft by its marker when the base gave a key of its own', async () => {
      office.standIn.behaviour.keepsKeys = false;
      await office.deliver(1, hireOf(valuesOf(17)));
      office.references.clear();
      await office.restart();
      office.standIn.base.edit(orders, String(office.standIn.base.all(orders)[0]?.['Ref_Key']), {
        Комментарий: `проверено: ${String(office.standIn.base.all(orders)[0]?.['Комментарий'])}!`,
      });

      await office.deliver(2, hireOf(valuesOf(17, { date: '2026-12-15' })));

      expect(office.standIn.base.all(orders)).to.have.length(1);
      expect(office.standIn.base.all(orders)[0]?.['Комментарий']).to.match(/^проверено: HF applicant 17 [0-9a-f]{8}!$/);
    });

    it('finds a draft by a marker of an earlier version', async () => {
      office.standIn.behaviour.keepsKeys = false;
      await office.deliver(1, hireOf(valuesOf(17)));
      office.references.clear();
      await office.restart();
      const [order] = office.standIn.base.all(orders);
      const earlier = `от руки [${String(order?.['Комментарий'])}]`;
      office.standIn.base.edit(orders, String(order?.['Ref_Key']), { Комментарий: earlier });

      await office.deliver(2, hireOf(valuesOf(17, { date: '2026-12-15' })));

      expect(office.standIn.base.all(orders)).to.have.length(1);
      expect(office.standIn.base.all(orders)[0]).to.include({
        Комментарий: earlier,
        ДатаПриема: '2026-12-15T00:00:00',
      });
    });

    it('keeps the key that the base chose', async () => {
      office.standIn.behaviour.keepsKeys = false;

      await office.deliver(1, { steps: [personOf(valuesOf(17))] });

      const key = String(office.standIn.base.all(people)[0]?.['Ref_Key']);
      expect(key).to.not.equal(objectKey('hunt.example/1', { kind: 'applicant', id: 17, set: people }));
      expect([...office.references.values()]).to.deep.equal([key]);
    });
  });
}

describe('an applicant that Huntflow has merged with another', () => {
  let office: Office;

  beforeEach(async () => {
    office = await Office.open();
  });

  afterEach(() => office.close());

  it('goes on under the survivor, also in a delivery that was waiting', async () => {
    office.knowsAliases = false;
    await office.deliver(1, hireOf(valuesOf(12)));
    office.aliases.set('12', '17');

    await office.deliver(2, { steps: [personOf(valuesOf(12, { birthday: null, firstName: 'Анна Мария' }))] });
    await office.deliver(3, { steps: [personOf(valuesOf(17, { birthday: null, firstName: 'Анна Мария' }))] });

    expect(office.standIn.base.all(people)).to.have.length(1);
    expect(office.standIn.base.all(people)[0]).to.include({ Имя: 'Анна Мария' });
  });

  it('is found by a delivery for the survivor, who was never in 1C', async () => {
    await office.deliver(1, hireOf(valuesOf(12)));
    office.aliases.set('12', '17');

    await office.deliver(2, hireOf(valuesOf(17, { lastName: 'Петрова', birthday: null, vacancy: 712 })));

    expect(office.standIn.base.all(people)).to.have.length(1);
    expect(office.standIn.base.all(people)[0]).to.include({ Фамилия: 'Петрова' });
    expect(office.standIn.base.all('Catalog_Сотрудники')).to.have.length(1);
  });

  it('asks for a merge also in a delivery for the survivor', async () => {
    await office.deliver(1, { steps: [personOf(valuesOf(12))] });
    await office.deliver(2, { steps: [personOf(valuesOf(17, { lastName: 'Петрова' }))] });
    office.aliases.set('12', '17');

    expect(
      (await failure('rejected', office.deliver(3, { steps: [personOf(valuesOf(17, { lastName: 'Петрова' }))] }))).ru,
    ).to.include('объедините их в 1С');
  });

  it('is found under its removed id when only 1C remembers it', async () => {
    await office.deliver(1, { steps: [personOf(valuesOf(12))] });
    office.references.clear();
    office.aliases.set('12', '17');

    await office.deliver(2, { steps: [personOf(valuesOf(12, { birthday: null }))] });

    expect(office.standIn.base.all(people)).to.have.length(1);
  });

  it('asks a person to merge when both are in 1C, and goes on once that is done', async () => {
    await office.deliver(1, { steps: [personOf(valuesOf(12))] });
    await office.deliver(2, { steps: [personOf(valuesOf(17, { lastName: 'Петрова' }))] });
    office.aliases.set('12', '17');

    const error = await failure(
      'rejected',
      office.deliver(3, { steps: [personOf(valuesOf(12, { lastName: 'Петрова' }))] }),
    );
    expect(error.en).to.include('merge them in 1C');
    office.standIn.base.edit(people, objectKey('hunt.example/1', { kind: 'applicant', id: 12, set: people }), {
      DeletionMark: true,
    });
    const { summary } = await office.deliver(4, { steps: [personOf(valuesOf(12, { lastName: 'Петрова' }))] });

    expect(summary).to.include(objectKey('hunt.example/1', { kind: 'applicant', id: 17, set: people }));
  });
});
