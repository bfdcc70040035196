import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { facts } from '../../adapters/testing/facts.ts';
import { faults } from '../../adapters/testing/faults.ts';
import { shippedAdapters } from '../../src/targets/target.ts';
import { russian } from '../../adapters/testing/russian.ts';
import { withTable } from '../../tools/conformance-table/table.ts';
import { shippedConforming } from '../conformance/shipped/all.ts';
import { project } from './installation.ts';

describe('the table of what the suite tries', () => {
  it('is current in both languages', () => {
    for (const [file, language] of [
      ['adapters.md', 'en'],
      ['adapters.ru.md', 'ru'],
    ] as const) {
      const page = readFileSync(join(project, 'docs', file), 'utf8');
      expect(withTable(page, shippedConforming, language), 'npm run schema').to.equal(page);
    }
  });

  it('has every fact and fault in Russian, and nothing else', () => {
    expect(Object.keys(russian).toSorted()).to.deep.equal([...facts, ...faults].map(({ name }) => name).toSorted());
  });

  it('has a column of every shipped adapter', async () => {
    const columns = shippedConforming.map(({ name }) => name.split(/[ ,]/)[0]);
    expect([...(await shippedAdapters()).keys()].filter((name) => !columns.includes(name))).to.deep.equal([]);
  });
});
