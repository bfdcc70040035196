import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { OneCRecord } from '../../../adapters/onec/record.ts';
import { recordSchema } from '../../../adapters/onec/record-schema.ts';
import { type Attachment, RejectedError, UnavailableError } from '../../../src/adapter.ts';
import { validate } from '../../../src/files/validation.ts';
import { failure } from './failure.ts';
import { formats } from './formats.ts';
import { Office } from './office.ts';

const people = 'Catalog_ФизическиеЛица';
const attached = 'Catalog_ФизическиеЛицаПрисоединенныеФайлы';
const bytes = 'InformationRegister_ДвоичныеДанныеФайлов';
const inCatalog = 'ФайлХранилище_Base64Data';
const inRegister = 'ДвоичныеДанныеФайла_Base64Data';
const cv = Buffer.from('%PDF-1.7 резюме Ивановой \u0000\u0001');

function recordOf(file: string | number | null = 501): OneCRecord {
  const step = {
    upsert: attached,
    as: 'cv',
    of: { kind: 'applicant', id: 17, role: 'file 501' },
    fields: {
      Description: 'Резюме',
      ВладелецФайла: { ref: 'person' },
      Расширение: 'pdf',
      ФайлХранилище: { file, name: 'cv.pdf' },
    },
  };
  return {
    steps: [
      {
        upsert: people,
        as: 'person',
        of: { kind: 'applicant', id: 17 },
        fields: { Description: 'Иванова Анна', ФИО: 'Иванова Анна' },
      },
      step,
      {
        upsert: bytes,
        keys: { Файл: { ref: 'cv' } },
        fields: { ДвоичныеДанныеФайла: { file, name: 'cv.pdf' } },
      },
    ],
  };
}

for (const format of formats) {
  describe(`files for 1C (${format})`, () => {
    let folder: string;
    let office: Office;
    let fetched: () => Attachment;

    beforeEach(async () => {
      folder = mkdtempSync(join(tmpdir(), 'onec-files-'));
      const path = join(folder, 'cv');
      writeFileSync(path, cv);
      fetched = () => ({ path, size: cv.length, type: 'application/pdf' });
      const attachment = async () => fetched();
      const settings = { format, settle: '2m' };
      office = await Office.open({ zup: true, settings, speed: 100, timeout: 1000, attachment });
    });

    afterEach(async () => {
      await office.close();
      rmSync(folder, { recursive: true, force: true });
    });

    const stored = (set: string, field: string): readonly Buffer[] =>
      office.standIn.base.all(set).map((row) => Buffer.from(String(row[field]), 'base64'));

    function isThereOnce(): void {
      expect(office.standIn.base.all(people)).to.have.length(1);
      expect(stored(attached, inCatalog)).to.deep.equal([cv]);
      expect(stored(bytes, inRegister)).to.deep.equal([cv]);
    }

    it('go into the catalog of attached files and into the register of their bytes', async () => {
      const delivery = office.delivery(1);
      const { warnings } = await office.adapter.deliver(recordOf(), delivery);

      isThereOnce();
      expect(warnings).to.deep.equal([]);
      const [file] = office.standIn.base.all(attached);
      expect(file?.['ВладелецФайла_Key']).to.equal(office.standIn.base.all(people)[0]?.['Ref_Key']);
      expect(JSON.stringify(delivery.exchanges.map(({ request }) => request))).to.not.include(cv.toString('base64'));
    });

    it('are not sent again by a later delivery, nor asked back from 1C', async () => {
      await office.deliver(1, recordOf());
      const before = office.standIn.seen.length;
      await office.deliver(2, recordOf());

      isThereOnce();
      const later = office.standIn.seen.slice(before);
      expect(later.filter(({ method }) => method !== 'GET')).to.deep.equal([]);
      const asked = later.filter(({ url }) => url.includes(`/${attached}`) || url.includes(`/${bytes}`));
      expect(asked.length).to.be.greaterThan(0);
      for (const { url } of asked) expect(url).to.include('$select=').and.not.include('Base64Data');
    });

    for (const keepsKeys of [true, false])
      for (const kind of ['commitThenDrop', 'commitThen500', 'drop'] as const)
        for (const set of [attached, bytes])
          it(`are there once after a lost answer (${kind}, ${set}, keys ${keepsKeys ? 'kept' : 'replaced'})`, async () => {
            office.standIn.behaviour.keepsKeys = keepsKeys;
            let met = false;
            office.standIn.trouble = (asked) => {
              if (met || asked.method !== 'POST' || asked.set !== set) return undefined;
              met = true;
              return { kind };
            };

            await office.insist(1, recordOf());

            expect(met).to.equal(true);
            isThereOnce();
          });

    it('that have not come, or never will, leave nothing half written', async () => {
      fetched = () => {
        throw new UnavailableError('not here yet', { retryAfter: 10, holds: 'delivery' });
      };
      await failure('unavailable', office.deliver(1, recordOf()));
      fetched = () => {
        throw new RejectedError('never');
      };
      await failure('rejected', office.deliver(1, recordOf()));
      expect(office.standIn.base.all(people)).to.deep.equal([]);
    });

    it('go into no other field, and into no row or key', async () => {
      const fields = { Description: { file: 501, name: 'cv.pdf' } };
      const of = { kind: 'applicant', id: 17 };
      const error = await failure('rejected', office.deliver(1, { steps: [{ upsert: people, of, fields }] }));
      expect(error.en).to.include('Description: a file goes into a value storage');
      const keys = { Файл: { file: 501 } };
      const other = await failure('rejected', office.deliver(2, { steps: [{ upsert: bytes, keys }] }));
      expect(other.en).to.include('a file stands in fields of a step alone');
    });
  });
}

describe('a file in a record for 1C', () => {
  it('is an address or an id with a name, or null', () => {
    for (const file of [501, 'https://files.example/501', null])
      expect(validate(recordSchema, recordOf(file)).problems).to.deep.equal([]);
    const wrong = { steps: [{ upsert: attached, fields: { ФайлХранилище: { file: { id: 1 } } } }] };
    expect(validate(recordSchema, wrong).problems).to.have.length(1);
  });
});
