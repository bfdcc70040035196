import { expect } from 'chai';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatFault } from '../../src/files/fault.ts';
import { loadMappings } from '../../src/mapping/file/folder.ts';
import { context } from './sample.ts';

/** The shipped hire mapping with one mistake: what to replace by what, and the one line that is to be said about it. */
const mistakes: readonly (readonly [file: string, from: string, to: string, line: string])[] = [
  ['01-key.yaml', 'record:', 'recrod:', '01-key.yaml:8:1 unknown key "recrod", did you mean "record"?'],
  [
    '02-formula.yaml',
    '=vacancy.position',
    '=vacancy.position &',
    '02-formula.yaml:16:33 formula: the formula ends too early',
  ],
  [
    '03-tab.yaml',
    '  Кандидат:',
    '\tКандидат:',
    '03-tab.yaml:9:1 a tab is used for indentation: YAML takes spaces only',
  ],
  [
    '04-target.yaml',
    'to: staff-csv',
    'to: staff-cvs',
    '04-target.yaml:6:5 there is no target "staff-cvs" in connector.yaml, did you mean "staff-csv"?',
  ],
  ['05-type.yaml', 'required: true', 'required: 5', '05-type.yaml:10:64 «required» must be true or false'],
  [
    '06-test-file.yaml',
    'fixtures/applicant-status-hired.json',
    'fixtures/aplicant.json',
    '06-test-file.yaml:23:12 there is no file fixtures/aplicant.json: the path starts ' +
      'from the folder of this file',
  ],
  [
    '07-name.yaml',
    'mapping: 07-name',
    'mapping: good',
    '07-name.yaml:3:10 the name "good" is taken by 00-good.yaml: give this mapping another one',
  ],
  [
    '08-conversion.yaml',
    'as: string',
    'as: text',
    '08-conversion.yaml:10:46 «as» must be one of: string, integer, decimal, boolean, date, datetime, phone, ' +
      'snils, inn',
  ],
  [
    '09-dictionary.yaml',
    '=vacancy.account_division.name',
    '{ from: =vacancy.account_division.id, lookup: divisions }',
    '09-dictionary.yaml:17:64 there is no dictionary "divisions": dictionaries are files in the folder ' +
      'dictionaries beside the mappings (divisions.csv, divisions.xlsx or divisions.yaml)',
  ],
  [
    '10-schema.yaml',
    'Почта: =applicant.email',
    'Почта: { адрес: =applicant.email }',
    '10-schema.yaml:15:10 column "Почта": one value or { file, name }, not a list or a set of fields',
  ],
];

describe('ten files with one mistake each', () => {
  it('are refused with file, line, column and remedy; the good one beside them is taken', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ten-mistakes-'));
    try {
      const shipped = await readFile('mappings/hire-to-csv.yaml', 'utf8');
      await cp('mappings/fixtures', join(folder, 'fixtures'), { recursive: true });
      await writeFile(join(folder, '00-good.yaml'), shipped.replace('mapping: hire-to-csv', 'mapping: good'));
      for (const [file, from, to] of mistakes) {
        const named = shipped.replace('mapping: hire-to-csv', `mapping: ${file.replace('.yaml', '')}`);
        expect(named).to.include(from);
        await writeFile(join(folder, file), named.replace(from, to));
      }
      const { mappings, faults, refused } = await loadMappings(folder, '', context);
      expect(mappings.map(({ name }) => name)).to.deep.equal(['good']);
      expect(refused.map(({ file }) => file)).to.deep.equal(mistakes.map(([file]) => file));
      const lines = faults.map((fault) => formatFault(fault, 'en'));
      for (const [file, , , line] of mistakes)
        expect(
          lines.filter((each) => each.startsWith(file)),
          file,
        ).to.include(line);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
