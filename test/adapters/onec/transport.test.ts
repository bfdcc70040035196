import { readdirSync, statSync } from 'node:fs';
import { expect } from 'chai';
import { OnecOdata } from '../../../adapters/onec-odata.ts';
import { validate } from '../../../src/files/validation.ts';
import { failure } from './failure.ts';
import { hireOf, personOf, valuesOf } from './hire.ts';
import { Office } from './office.ts';

const people = 'Catalog_ФизическиеЛица';

async function withOffice(
  options: Parameters<typeof Office.open>[0],
  work: (office: Office) => Promise<void>,
): Promise<void> {
  const office = await Office.open(options);
  try {
    await work(office);
  } finally {
    await office.close();
  }
}

describe('requests to 1C', () => {
  it('carry Cyrillic credentials in UTF-8', () =>
    withOffice({}, async (office) => {
      await office.deliver(1, hireOf(valuesOf(17)));

      expect(office.standIn.seen[0]?.headers.authorization).to.equal(
        `Basic ${Buffer.from('Обмен:секрет').toString('base64')}`,
      );
    }));

  it('carry a token where there is one', () =>
    withOffice({ settings: { bearer: 'token-1' } }, async (office) => {
      await failure('unavailable', office.deliver(1, hireOf(valuesOf(17))));

      expect(office.standIn.seen[0]?.headers.authorization).to.equal('Bearer token-1');
    }));

  it('encode Cyrillic as UTF-8 and spaces as %20, never as a plus', () =>
    withOffice({}, async (office) => {
      await office.deliver(1, hireOf(valuesOf(17, { lastName: "О'Нил+Петрова" })));

      const raw = office.standIn.seen.map((seen) => seen.raw);
      expect(raw.every((url) => /^[\x21-\x7e]+$/.test(url) && !url.includes('+'))).to.equal(true);
      expect(raw.some((url) => url.includes('Catalog_%D0%A4'))).to.equal(true);
      expect(office.standIn.base.all(people)[0]).to.include({ Фамилия: "О'Нил+Петрова" });
      await office.deliver(2, hireOf(valuesOf(17, { lastName: "О'Нил+Петрова" })));
      expect(office.standIn.base.all(people)).to.have.length(1);
    }));

  it('ask for JSON without metadata in so many words', () =>
    withOffice({}, async (office) => {
      await office.deliver(1, { steps: [personOf(valuesOf(17))] });

      for (const { url, headers } of office.standIn.seen.slice(1)) {
        expect(url).to.include('$format=application/json;odata=nometadata');
        expect(headers.accept).to.equal('application/json;odata=nometadata');
      }
    }));

  it('have a length, so that nothing is sent in chunks', () =>
    withOffice({}, async (office) => {
      await office.deliver(1, { steps: [personOf(valuesOf(17))] });

      const post = office.standIn.seen.find(({ method }) => method === 'POST');
      expect(Number(post?.headers['content-length'])).to.equal(Buffer.byteLength(post?.body ?? ''));
      expect(post?.headers['transfer-encoding']).to.equal(undefined);
    }));

  it('reuse a session where the base gives one, and begin another when it is gone', () =>
    withOffice({ behaviour: { sessions: true }, settings: { sessions: true } }, async (office) => {
      await office.deliver(1, hireOf(valuesOf(17)));
      const starts = office.standIn.seen.filter(({ headers }) => headers['ibsession'] === 'start').length;
      office.standIn.forgetSessions();
      await office.deliver(2, hireOf(valuesOf(18, { lastName: 'Петрова' })));

      expect(starts).to.equal(1);
      expect(office.standIn.seen.filter(({ headers }) => headers['ibsession'] === 'start')).to.have.length(2);
      expect(office.standIn.base.all(people)).to.have.length(2);
      await office.adapter.close();
      expect(office.standIn.seen.at(-1)?.headers['ibsession']).to.equal('finish');
    }));

  it('do without sessions where the base gives no cookie', () =>
    withOffice({ settings: { sessions: true } }, async (office) => {
      await office.deliver(1, hireOf(valuesOf(17)));

      expect(office.standIn.base.all(people)).to.have.length(1);
    }));

  it('are at most 4 at once', () =>
    withOffice({}, async (office) => {
      await office.deliver(1, hireOf(valuesOf(17)));
      office.standIn.trouble = () => ({ kind: 'slow', after: 5 });
      await Promise.all(
        Array.from({ length: 12 }, (_, at) =>
          office.deliver(at + 20, { steps: [personOf(valuesOf(at + 20, { lastName: `Петрова${at}` }))] }),
        ),
      );

      expect(office.standIn.mostAtOnce).to.be.within(2, 4);
    }));

  it('show method and set, and keep query and values to the body of the attempt', () =>
    withOffice({}, async (office) => {
      const delivery = office.delivery(1);
      await office.adapter.deliver(hireOf(valuesOf(17)), delivery);

      expect(
        delivery.exchanges.map(({ request, response }) => `${request.summary} → ${response?.summary ?? ''}`).slice(-5),
      ).to.deep.equal([
        'GET Catalog_ФизическиеЛица?$filter → 200',
        'POST Catalog_ФизическиеЛица → 201',
        'POST InformationRegister_ФИОФизическихЛиц → 200',
        'POST Catalog_Сотрудники → 201',
        'POST Document_ПриемНаРаботу → 201',
      ]);
    }));

  it('say what is wrong with credentials, rights and address', async () => {
    await withOffice({ settings: { password: 'другой' } }, async (office) => {
      expect((await failure('unavailable', office.deliver(1, hireOf(valuesOf(17))))).en)
        .to.include('check user and password')
        .and.to.not.include('другой');
    });
    await withOffice({ behaviour: { switchedOff: true } }, async (office) => {
      expect((await failure('unavailable', office.deliver(1, hireOf(valuesOf(17))))).en).to.include(
        'standardOdata enable="true"',
      );
    });
    await withOffice({ behaviour: { forbidden: [people] } }, async (office) => {
      expect((await failure('rejected', office.deliver(1, hireOf(valuesOf(17))))).en)
        .to.include('lacks rights')
        .and.to.include('УдаленныйДоступOData');
    });
  });

  it('keep the cached $metadata to the owner of the service', () =>
    withOffice({}, async (office) => {
      await office.deliver(1, hireOf(valuesOf(17)));

      const files = readdirSync(office.tools.stateFolder());
      expect(files).to.have.length(1);
      for (const file of files) expect(statSync(`${office.tools.stateFolder()}/${file}`).mode & 0o777).to.equal(0o600);
    }));
});

describe('settings of onec-odata', () => {
  const url = 'https://1c.example/zup/odata/standard.odata';

  it('need the url alone', () => {
    expect(validate(OnecOdata.settings, { url }).problems).to.deep.equal([]);
  });

  for (const [what, settings] of [
    ['an address with a password in it', { url: 'https://u:p@1c.example/zup' }],
    ['an address that is none', { url: '1c.example' }],
    ['an unknown key', { url, lokcs: [] }],
    ['an unknown format', { url, format: 'xml' }],
    ['a marker that could be mixed up', { url, marker: 'HF {id}' }],
    ['a pattern that is none', { url, locks: ['('] }],
    ['a wait without a unit', { url, settle: '120' }],
    ['no address', {}],
  ] as const) {
    it(`refuse ${what}`, () => {
      expect(validate(OnecOdata.settings, settings).problems).to.have.length(1);
    });
  }
});
