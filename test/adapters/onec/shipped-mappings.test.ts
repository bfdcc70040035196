import { expect } from 'chai';
import type { OneCRecord } from '../../../adapters/onec/record.ts';
import { failure } from './failure.ts';
import { Office } from './office.ts';
import { recordOfTest } from './shipped.ts';

const orders = 'Document_ПриемНаРаботу';

let hired: OneCRecord;
let moved: OneCRecord;
const withdrawn = new Map<string, OneCRecord>();
let offered: OneCRecord;

const withdrawals = [
  'запись о приёме удалили',
  'запись о приёме исправили на другой этап',
  'кандидата перевели на другой этап той же вакансии',
] as const;

describe('the mappings shipped for 1C', () => {
  let office: Office;

  before(async () => {
    hired = await recordOfTest('hire-to-1c', 'кандидата вывели на работу');
    moved = await recordOfTest('hire-to-1c', 'день выхода исправили: тот же черновик с новой датой');
    offered = await recordOfTest('offer-to-1c', 'оффер выставлен');
    for (const test of withdrawals) withdrawn.set(test, await recordOfTest('hire-withdrawn-to-1c', test));
  });

  function withdrawal(test: string): OneCRecord {
    const found = withdrawn.get(test);
    if (found === undefined) throw new Error(test);
    return found;
  }

  beforeEach(async () => {
    office = await Office.open();
  });

  afterEach(() => office.close());

  it('hire, and move the draft when the day is corrected', async () => {
    await office.deliver(1, hired);
    await office.deliver(2, moved);

    expect(office.standIn.base.all(orders)).to.have.length(1);
    expect(office.standIn.base.all(orders)[0]).to.include({
      ДатаПриема: '2026-12-08T00:00:00',
      Posted: false,
      DeletionMark: false,
    });
    expect(office.standIn.base.all(orders)[0]?.['Комментарий']).to.match(/^HF log 9041 \w{8} HF applicant 17 \w{8}$/);
    expect(office.standIn.base.all('InformationRegister_ФИОФизическихЛиц')).to.have.length(1);
  });

  for (const test of withdrawals) {
    it(`take the hire back: ${test}`, async () => {
      await office.deliver(1, hired);
      await office.deliver(2, withdrawal(test));

      expect(office.standIn.base.all(orders)[0]).to.include({ DeletionMark: true });
    });

    it(`leave a posted order to a person: ${test}`, async () => {
      await office.deliver(1, hired);
      office.standIn.base.edit(orders, String(office.standIn.base.all(orders)[0]?.['Ref_Key']), { Posted: true });

      expect((await failure('rejected', office.deliver(2, withdrawal(test)))).en).to.include('a person must decide');
    });

    it(`find the draft by its marker when the service has forgotten it: ${test}`, async () => {
      office.standIn.behaviour.keepsKeys = false;
      await office.deliver(1, hired);
      office.references.clear();
      await office.deliver(2, withdrawal(test));

      expect(office.standIn.base.all(orders)[0]).to.include({ DeletionMark: true });
    });
  }

  it('leave a hire alone that is newer than the stage which arrives late', async () => {
    const again: OneCRecord = {
      steps: hired.steps.map((step) => (step?.draft === orders ? { ...step, of: { kind: 'log', id: 9999 } } : step)),
    };
    await office.deliver(1, again);
    const { warnings } = await office.deliver(2, withdrawal('кандидата перевели на другой этап той же вакансии'));

    expect(office.standIn.base.all(orders)[0]).to.include({ DeletionMark: false });
    expect(JSON.stringify(warnings)).to.include('was made by a later event and is left as it is');
  });

  it('tell which of two log ids beyond 2^53 is the later one', async () => {
    const again: OneCRecord = {
      steps: hired.steps.map((step) =>
        step?.draft === orders ? { ...step, of: { kind: 'log', id: '9007199254740993' } } : step,
      ),
    };
    const withdrawn = (id: string): OneCRecord => ({
      steps: withdrawal('кандидата перевели на другой этап той же вакансии').steps.map((step) => ({
        ...step,
        after: { kind: 'log', id },
      })),
    });
    await office.deliver(1, again);
    await office.deliver(2, withdrawn('9007199254740992'));
    expect(office.standIn.base.all(orders)[0]).to.include({ DeletionMark: false });
    await office.deliver(3, withdrawn('9007199254740994'));
    expect(office.standIn.base.all(orders)[0]).to.include({ DeletionMark: true });
  });

  it('make a new draft when the candidate is hired again for the same vacancy', async () => {
    await office.deliver(1, hired);
    await office.deliver(2, withdrawal('кандидата перевели на другой этап той же вакансии'));
    const again: OneCRecord = {
      steps: hired.steps.map((step) => (step?.draft === orders ? { ...step, of: { kind: 'log', id: 9050 } } : step)),
    };
    await office.deliver(3, again);
    await office.deliver(4, withdrawal('запись о приёме удалили'));

    expect(office.standIn.base.all(orders).map((order) => order['DeletionMark'])).to.deep.equal([true, false]);
    const later = withdrawal('кандидата перевели на другой этап той же вакансии').steps.map((step) => ({
      ...step,
      after: { kind: 'log', id: 9060 },
    }));
    await office.deliver(5, { steps: later });
    expect(office.standIn.base.all(orders).map((order) => order['DeletionMark'])).to.deep.equal([true, true]);
    expect(office.standIn.base.all('Catalog_ФизическиеЛица')).to.have.length(1);
    expect(office.standIn.base.all('Catalog_Сотрудники')).to.have.length(1);
  });

  it('prepare the person at the offer, whom the hire then uses', async () => {
    await office.deliver(1, offered);
    await office.deliver(2, hired);

    expect(office.standIn.base.all('Catalog_ФизическиеЛица')).to.have.length(1);
    expect(office.standIn.base.all(orders)).to.have.length(1);
  });
});
