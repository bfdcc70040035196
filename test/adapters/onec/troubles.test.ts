import { expect } from 'chai';
import { objectKey } from '../../../adapters/onec/object-key.ts';
import type { Trouble } from '../../../stand-ins/onec/behaviour.ts';
import { until } from '../../support/until.ts';
import { failure } from './failure.ts';
import { formats } from './formats.ts';
import { hireOf, personOf, valuesOf } from './hire.ts';
import { Office } from './office.ts';

const people = 'Catalog_ФизическиеЛица';
const orders = 'Document_ПриемНаРаботу';

/** The first request of this method to this set meets the trouble. */
function once(office: Office, method: string, set: string, trouble: Trouble): void {
  let met = false;
  office.standIn.trouble = (asked) => {
    if (met || asked.method !== method || asked.set !== set) return undefined;
    met = true;
    return trouble;
  };
}

for (const format of formats) {
  describe(`1C in trouble (${format})`, () => {
    let office: Office;

    beforeEach(async () => {
      office = await Office.open({ settings: { format, settle: '2m' }, timeout: 1000, speed: 100 });
    });

    afterEach(() => office.close());

    for (const trouble of [{ kind: 'commitThenDrop' }, { kind: 'commitThen500' }] as const) {
      it(`looks before writing again, and goes on with what it finds (${trouble.kind})`, async () => {
        office.standIn.behaviour.keepsKeys = false;
        once(office, 'POST', orders, trouble);

        const { summary } = await office.deliver(1, hireOf(valuesOf(17)));

        expect(summary).to.match(/ПриемНаРаботу\(\S+\) found after a lost answer$/);
        expect(office.standIn.base.all(orders)).to.have.length(1);
      });

      it(`does the same for a record of a register (${trouble.kind})`, async () => {
        once(office, 'POST', 'InformationRegister_ФИОФизическихЛиц', trouble);

        await office.deliver(1, hireOf(valuesOf(17)));

        expect(office.standIn.base.all('InformationRegister_ФИОФизическихЛиц')).to.have.length(1);
      });

      it(`does not change twice what was changed (${trouble.kind})`, async () => {
        await office.deliver(1, hireOf(valuesOf(17)));
        once(office, 'PATCH', orders, trouble);

        const { summary } = await office.deliver(2, hireOf(valuesOf(17, { date: '2026-12-15' })));

        expect(summary).to.match(/ПриемНаРаботу\(\S+\) updated$/);
        expect(office.standIn.seen.filter(({ method }) => method === 'PATCH')).to.have.length(1);
      });
    }

    it('does not create again what 1C may still be busy with', async () => {
      office.standIn.behaviour.keepsKeys = false;
      const busy = Promise.withResolvers<void>();
      once(office, 'POST', people, { kind: 'commitLate', after: busy.promise });

      const error = await failure('unavailable', office.deliver(1, hireOf(valuesOf(17))));
      const second = await failure('unavailable', office.deliver(1, hireOf(valuesOf(17))));
      busy.resolve();
      await until('1C has done it', () => office.standIn.base.all(people).length === 1);
      await office.deliver(1, hireOf(valuesOf(17)));

      expect(error.en).to.match(
        /^POST Catalog_ФизическиеЛица: the answer of 1C was lost \(.*waited 1000 ms.*\) and the object is not to be seen yet; we look again in 120 s/,
      );
      expect(second.en).to.include('not to be seen yet');
      expect(office.standIn.base.all(people)).to.have.length(1);
    });

    it('counts the wait from the lost answer, also when the look after it fails', async () => {
      office.standIn.behaviour.keepsKeys = false;
      const busy = Promise.withResolvers<void>();
      const troubles: Trouble[] = [{ kind: 'commitLate', after: busy.promise }, { kind: 'pool' }];
      office.standIn.trouble = ({ method, set }) =>
        set === people && (method === 'POST' || troubles.length === 1) ? troubles.shift() : undefined;

      await failure('unavailable', office.deliver(1, hireOf(valuesOf(17))));
      const second = await failure('unavailable', office.deliver(1, hireOf(valuesOf(17))));
      busy.resolve();
      await until('1C has done it', () => office.standIn.base.all(people).length === 1);
      await office.deliver(1, hireOf(valuesOf(17)));

      expect(second.en).to.include('not to be seen yet');
      expect(office.standIn.base.all(people)).to.have.length(1);
    });

    it('creates again once the wait is over and nothing is to be seen', async () => {
      office.standIn.behaviour.keepsKeys = false;
      once(office, 'POST', people, { kind: 'drop' });

      const { attempts } = await office.insist(1, hireOf(valuesOf(17)));

      expect(attempts).to.equal(2);
      expect(office.standIn.base.all(people)).to.have.length(1);
    });

    it('tells its own from a namesake when an answer without marker and match is lost', async () => {
      office.standIn.behaviour.keepsKeys = false;
      await office.deliver(1, { steps: [personOf(valuesOf(16, { birthday: null, phone: null, email: null }))] });
      await office.restart();
      once(office, 'POST', people, { kind: 'commitThenDrop' });

      const { summary } = await office.deliver(2, {
        steps: [personOf(valuesOf(17, { birthday: null, phone: null, email: null }))],
      });

      expect(summary).to.include('found after a lost answer');
      expect(office.standIn.base.all(people)).to.have.length(2);
      expect(new Set(office.references.values()).size).to.equal(2);
    });

    it('is unavailable for a lock conflict, and has nothing to look for afterwards', async () => {
      office.standIn.behaviour.keepsKeys = false;
      once(office, 'POST', people, { kind: 'lock' });

      const error = await failure('unavailable', office.deliver(1, hireOf(valuesOf(17))));
      await office.deliver(1, hireOf(valuesOf(17)));

      expect(error.en).to.equal(
        'POST Catalog_ФизическиеЛица: a lock conflict in 1C, the transaction was rolled back; it will be tried again.',
      );
      expect(office.standIn.base.all(people)).to.have.length(1);
    });

    it('is unavailable when the pool of sessions is used up', async () => {
      once(office, 'POST', people, { kind: 'pool' });

      expect((await failure('unavailable', office.deliver(1, hireOf(valuesOf(17))))).en).to.include('raise poolSize');
      await office.deliver(1, hireOf(valuesOf(17)));
    });

    it('takes a login page for no answer', async () => {
      once(office, 'GET', people, { kind: 'loginPage' });

      expect((await failure('unavailable', office.deliver(1, hireOf(valuesOf(17))))).en).to.include(
        'a login page or a proxy',
      );
      await office.deliver(1, hireOf(valuesOf(17)));
    });

    it('looks after a write whose answer of success cannot be read', async () => {
      once(office, 'POST', people, { kind: 'loginPage' });

      await office.insist(1, hireOf(valuesOf(17)));

      expect(office.standIn.base.all(people)).to.have.length(1);
    });

    it('resumes after the last step that ended, whatever the step after it met', async () => {
      for (const set of [people, 'InformationRegister_ФИОФизическихЛиц', 'Catalog_Сотрудники', orders]) {
        once(office, 'POST', set, { kind: 'lock' });
        await failure('unavailable', office.deliver(1, hireOf(valuesOf(17))));
      }
      const before = office.standIn.seen.length;
      await office.deliver(1, hireOf(valuesOf(17)));

      expect(office.standIn.seen.slice(before).filter(({ method }) => method === 'POST')).to.have.length(1);
    });

    it('reports what the base cut, dropped or changed, also when the answer was lost', async () => {
      office.standIn.behaviour.publishMaxLength = false;
      office.standIn.behaviour.ignores = [`${orders}.ДлительностьИспытательногоСрока`];
      once(office, 'POST', people, { kind: 'commitThenDrop' });

      const { warnings } = await office.deliver(1, hireOf(valuesOf(17, { birthplace: 'город '.repeat(50).trim() })));

      expect(warnings).to.deep.equal([
        {
          ru: `1С обрезала ${people}.МестоРождения: отправлено 299 символов, осталось 239`,
          en: `1C cut ${people}.МестоРождения: 299 characters sent, 239 kept`,
        },
        {
          ru: `1С не сохранила ${orders}.ДлительностьИспытательногоСрока`,
          en: `1C dropped ${orders}.ДлительностьИспытательногоСрока`,
        },
      ]);
    });

    it('reads again and writes the rest when If-Match is heeded and somebody was quicker', async () => {
      office.standIn.behaviour.heedsIfMatch = true;
      await office.deliver(1, hireOf(valuesOf(17)));
      const key = String(office.standIn.base.all(orders)[0]?.['Ref_Key']);
      office.standIn.trouble = ({ method, set }) => {
        if (method === 'PATCH' && set === orders && office.standIn.base.all(orders)[0]?.['ВидДоговора'] === '')
          office.standIn.base.edit(orders, key, { ВидДоговора: 'ТрудовойДоговор' });
        return undefined;
      };

      await office.deliver(2, hireOf(valuesOf(17, { date: '2026-12-15' })));

      expect(office.standIn.base.all(orders)[0]).to.include({
        ДатаПриема: '2026-12-15T00:00:00',
        ВидДоговора: 'ТрудовойДоговор',
      });
    });

    for (const code of ['15', '-1']) {
      it(`takes the record of a register that is there already, when the 400 says code ${code}`, async () => {
        office.standIn.behaviour.repeatedRecordCode = code;
        const register = office.standIn.base.sets.get('InformationRegister_ФИОФизическихЛиц');
        const person = objectKey('hunt.example/1', { kind: 'applicant', id: 17, set: people });
        if (register !== undefined)
          office.standIn.base.add(register, {
            Period: '2026-12-01T00:00:00',
            ФизическоеЛицо: person,
            ФизическоеЛицо_Type: `StandardODATA.${people}`,
            Фамилия: 'Иванова',
          });

        const { summary } = await office.deliver(1, hireOf(valuesOf(17)));

        expect(summary).to.include('InformationRegister_ФИОФизическихЛиц updated');
        expect(office.standIn.base.all('InformationRegister_ФИОФизическихЛиц')).to.have.length(1);
        expect(office.standIn.base.all('InformationRegister_ФИОФизическихЛиц')[0]).to.include({ Имя: 'Анна' });
      });
    }
  });
}

describe('1C that keeps everybody waiting', () => {
  it('puts a delivery off while $metadata is read, and goes on when it is', async () => {
    const office = await Office.open({ behaviour: { metadataDelay: 300 }, settings: { metadata: { wait: '50ms' } } });
    try {
      const error = await failure('unavailable', office.deliver(1, hireOf(valuesOf(17))));
      expect(error.en).to.include('is still being read');
      await office.insist(1, hireOf(valuesOf(17)));
      expect(office.standIn.seen.filter(({ url }) => url.endsWith('$metadata'))).to.have.length(1);
    } finally {
      await office.close();
    }
  });

  it('reads $metadata from its file after a restart', async () => {
    const office = await Office.open();
    try {
      await office.deliver(1, hireOf(valuesOf(17)));
      await office.restart();
      await office.deliver(2, hireOf(valuesOf(18, { lastName: 'Петрова' })));
      expect(office.standIn.seen.filter(({ url }) => url.endsWith('$metadata'))).to.have.length(1);
    } finally {
      await office.close();
    }
  });

  it('is given up at once when the service stops, and nothing is lost', async () => {
    const office = await Office.open();
    try {
      await office.deliver(1, { steps: [personOf(valuesOf(17))] });
      const stop = new AbortController();
      const busy = Promise.withResolvers<void>();
      office.standIn.trouble = ({ method }) => {
        if (method === 'GET') return undefined;
        setImmediate(() => stop.abort());
        return { kind: 'commitLate', after: busy.promise };
      };
      await failure(
        'uncertain',
        office.deliver(2, hireOf(valuesOf(18, { lastName: 'Петрова' })), { signal: stop.signal }),
      );
      office.standIn.trouble = () => undefined;
      busy.resolve();
      await until('1C has done it', () => office.standIn.base.all(people).length === 2);
      await office.deliver(2, hireOf(valuesOf(18, { lastName: 'Петрова' })));
      expect(office.standIn.base.all(people)).to.have.length(2);
    } finally {
      await office.close();
    }
  });
});
