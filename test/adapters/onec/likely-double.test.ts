import { expect } from 'chai';
import type { FieldRecord } from '../../../adapters/onec/field-record.ts';
import type { OneCRecord } from '../../../adapters/onec/record.ts';
import type { Trouble } from '../../../stand-ins/onec/behaviour.ts';
import { failure } from './failure.ts';
import { formats } from './formats.ts';
import { Office } from './office.ts';
import { typeIn } from './type-in.ts';

const people = 'Catalog_ФизическиеЛица';
const vera = { Фамилия: 'Зимина', Имя: 'Вера', Отчество: 'Павловна', ДатаРождения: '1991-12-03' };
const shorter = { Description: 'Зимина Вера', ФИО: 'Зимина Вера', ДатаРождения: '1991-12-03T00:00:00' };

function person(fields: FieldRecord, match = [['СтраховойНомерПФР'], ['ФИО', 'ДатаРождения']]): OneCRecord {
  const { Фамилия: last = null, Имя: first = null, Отчество: middle = null } = fields;
  const whole = [last, first, middle].filter((one) => typeof one === 'string').join(' ');
  const named = { Description: whole, ФИО: whole, СтраховойНомерПФР: null, ...fields };
  return { steps: [{ upsert: people, as: 'person', of: { kind: 'applicant', id: 17 }, match, fields: named }] };
}

for (const format of formats)
  for (const keepsKeys of [true, false])
    describe(`a likely double (${format}, keys ${keepsKeys ? 'honoured' : 'replaced'})`, () => {
      let office: Office;

      beforeEach(async () => {
        office = await Office.open({ settings: { format }, behaviour: { keepsKeys }, speed: 2000 });
      });

      afterEach(() => office.close());

      const answer = (object: string): unknown =>
        office.references.set(JSON.stringify(['applicant', '17', '', people]), object);

      it('is asked about by key and names of fields, and nothing is written', async () => {
        const key = typeIn(office, people, shorter);

        const error = await failure('rejected', office.deliver(1, person(vera)));

        expect(error.en).to.include(`deliveries choose ID --step person --object ${key}`).and.to.include('Отчество');
        for (const text of [error.ru, error.en]) expect(text).to.not.match(/Зимин|Вер[аы]|Павловн|1991/);
        expect(office.standIn.seen.every(({ method }) => method === 'GET')).to.equal(true);
      });

      it('is taken, with what is empty filled, where the answer was that it is the same person', async () => {
        const key = typeIn(office, people, shorter);
        await failure('rejected', office.deliver(1, person(vera)));
        answer(key);
        await office.insist(1, person({ ...vera, СтраховойНомерПФР: '112-233-445 95' }));

        expect(office.standIn.base.all(people)).to.have.length(1);
        expect(office.standIn.base.all(people)[0]).to.include({
          ФИО: 'Зимина Вера',
          СтраховойНомерПФР: '112-233-445 95',
        });
      });

      for (const trouble of [{ kind: 'commitThenDrop' }, { kind: 'drop' }] as const satisfies readonly Trouble[])
        it(`leads to one new person where the answer was --new, also through ${trouble.kind}`, async () => {
          typeIn(office, people, shorter);
          await failure('rejected', office.deliver(1, person(vera)));
          answer('new');
          let once = true;
          office.standIn.trouble = ({ method }) => {
            if (method !== 'POST' || !once) return undefined;
            once = false;
            return trouble;
          };

          await office.insist(1, person(vera));
          await office.insist(2, person({ ...vera, Отчество: 'Петровна' }));

          expect(office.standIn.base.all(people)).to.have.length(2);
        });

      it('goes on being told of after a lost answer and a restart', async () => {
        typeIn(office, people, { ...shorter, ФИО: 'Зимина Вера Павловна', ДатаРождения: '0001-01-01T00:00:00' });
        let once = true;
        office.standIn.trouble = ({ method }) => {
          if (method !== 'POST' || !once) return undefined;
          once = false;
          return { kind: 'commitThenDrop' };
        };
        await office.deliver(1, person(vera)).catch(() => undefined);
        await office.restart();
        const { receipt } = await office.insist(1, person(vera));

        expect(JSON.stringify(receipt.attention)).to.include('looks alike');
        expect(office.standIn.base.all(people)).to.have.length(2);
      });

      it('is found among a hundred and thirty who share the birthday', async () => {
        for (let count = 0; count < 130; count += 1)
          typeIn(office, people, { ФИО: `Чужой ${count}`, ДатаРождения: '1991-12-03T00:00:00' });
        typeIn(office, people, shorter);

        const { en } = await failure('rejected', office.deliver(1, person(vera)));
        expect(en).to.include('seems to be there already');
      });

      it('is nobody where the mapping looks for nobody', async () => {
        typeIn(office, people, shorter);
        const { attention } = await office.deliver(1, person(vera, []));

        expect(attention ?? []).to.deep.equal([]);
        expect(office.standIn.base.all(people)).to.have.length(2);
      });
    });
