import { expect } from 'chai';
import { adapterErrorKind, UnavailableError } from '../../../src/adapter.ts';
import { isText } from '../../../src/text.ts';
import { failure } from './failure.ts';
import { formats } from './formats.ts';
import { hireOf, personOf, valuesOf } from './hire.ts';
import { Office } from './office.ts';
import { typeIn } from './type-in.ts';

const people = 'Catalog_ФизическиеЛица';
const { signal } = new AbortController();

for (const format of formats)
  describe(`a base whose $filter is not heeded (${format})`, () => {
    let office: Office;

    beforeEach(async () => {
      office = await Office.open({ settings: { format } });
      typeIn(office, people, { Description: 'Чужой Пётр', ФИО: 'Чужой Пётр', ДатаРождения: '1980-02-03T00:00:00' });
    });

    afterEach(() => office.close());

    const writes = (): number => office.standIn.seen.filter(({ method }) => method !== 'GET').length;

    for (const [filter, words] of [
      ['empty', 'finds nothing by $filter'],
      ['ignored', 'does not heed $filter'],
      ['keysAlone', 'does not heed $filter'],
      ['textless', 'understood in part'],
      ['dateless', 'understood in part'],
    ] as const) {
      it(`gets nothing while it answers as if it were ${filter}, and the hire once it is mended`, async () => {
        await office.deliver(1, hireOf(valuesOf(1)));
        const [hired, written] = [office.standIn.base.all(people).length, writes()];
        await office.restart();
        office.references.clear();
        office.standIn.behaviour.filter = filter;

        // The person who is there, under another id: by a search that finds nothing it would be made twice.
        const again = { ...hireOf({ ...valuesOf(1), applicant: 2 }) };
        expect((await failure('unavailable', office.deliver(2, again))).en).to.include(words);
        expect(writes()).to.equal(written);

        office.standIn.behaviour.filter = 'heeded';
        await office.insist(2, again);
        expect(office.standIn.base.all(people)).to.have.length(hired);
      });

      it(`holds the whole target, not one delivery (${filter})`, async () => {
        office.standIn.behaviour.filter = filter;
        const error = await office.deliver(1, { steps: [personOf(valuesOf(1))] }).catch((each: unknown) => each);

        expect(adapterErrorKind(error)).to.equal('unavailable');
        expect(error instanceof UnavailableError && error.holds).to.equal('target');
      });

      it(`is an error of check --live (${filter})`, async () => {
        office.standIn.behaviour.filter = filter;
        const mappings = [{ name: 'hire', record: hireOf(valuesOf(1)) }];
        const found = await office.adapter.check({ mappings, signal });

        const [error] = found.filter(({ level }) => level === 'error');
        expect(error !== undefined && isText(error.text) && error.text.en).to.include(words);
      });
    }

    it('is asked once', async () => {
      await office.deliver(1, hireOf(valuesOf(1)));
      const before = office.standIn.seen.length;
      await office.deliver(2, hireOf(valuesOf(2, { lastName: 'Петрова' })));

      const probes = office.standIn.seen.slice(before).filter(({ url }) => url.includes('ffffffff-ffff'));
      expect(probes).to.have.length(0);
    });

    it('does not matter where nothing is there to be found', async () => {
      for (const { Ref_Key: key } of office.standIn.base.all(people)) office.standIn.base.remove(people, String(key));
      office.standIn.behaviour.filter = 'empty';
      const { steps } = hireOf(valuesOf(1));
      const [person] = steps;

      await office.deliver(1, { steps: person === undefined ? [] : [{ ...person, rows: {} }] });
      expect(office.standIn.base.all(people)).to.have.length(1);
    });
  });
