import { expect } from 'chai';
import type { Schema } from 'yup';
import Csv from '../../adapters/csv.ts';
import OData from '../../adapters/onec-odata.ts';
import Rest from '../../adapters/rest.ts';
import { readMappingFile } from '../../src/mapping/file/mapping-file.ts';
import { Turns } from '../support/thread-time.ts';

const lines = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join('');

/** Records of many values, with most of which much is wrong. */
const records: Readonly<Record<string, readonly [Schema, string]>> = {
  'of formulas': [Csv.record, lines(1_500, (index) => `  f${index}: =applicant.id & "${index}"\n`)],
  'of keys that the target does not know': [
    Rest.record,
    lines(1_500, (index) => `  f${index}: =applicant.id & "${index}"\n`),
  ],
  // Took minutes: each fault tried the whole record seven times anew.
  'of steps that break a rule each': [
    OData.record,
    `  steps:\n${lines(400, () => '    - { upsert: =applicant.id, fields: 1, match: =applicant.id }\n')}`,
  ],
  'of sets where texts belong': [Csv.record, lines(1_000, (index) => `  f${index}: { a: =applicant.id }\n`)],
};

describe('a mapping file with a record', function () {
  this.timeout(30_000);

  for (const [name, [record, body]] of Object.entries(records))
    it(`${name} is read in turns, between which webhooks are answered`, async () => {
      const text = `mapping: large\non: { event: APPLICANT }\nto: target\nrecord:\n${body}`;
      const context = { targets: new Map([['target', { record }]]), stages: new Set<string>(), zone: 'Europe/Moscow' };
      const turns = new Turns();
      const dictionaries = { entries: new Map(), faulty: new Map(), faults: [] };
      const { name: read } = await readMappingFile('/large.yaml', 'large.yaml', text, context, dictionaries);
      expect(read).to.equal('large');
      expect(turns.end()).to.be.below(500);
    });
});
