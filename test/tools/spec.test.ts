import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { array, object, string } from 'yup';

const root = fileURLToPath(new URL('../..', import.meta.url));
const found = (pattern: string): string[] => globSync(pattern, { cwd: root });
const runs = object({ spec: array(string().required()).required() });

describe('a run of the tests', () => {
  it('has every file once: patterns that overlap have theirs run twice', () => {
    const { spec } = runs.validateSync(JSON.parse(readFileSync(`${root}/.mocharc.json`, 'utf8')));
    expect(spec.flatMap(found).toSorted()).to.deep.equal(found('test/**/*.test.ts').toSorted());
    for (const pattern of spec) expect(found(pattern), pattern).to.not.deep.equal([]);
  });

  it('of the long form has none twice', () => {
    const { spec } = runs.validateSync(JSON.parse(readFileSync(`${root}/test/soak.json`, 'utf8')));
    const files = spec.flatMap(found);
    expect(files).to.have.length(new Set(files).size);
    for (const pattern of spec) expect(found(pattern), pattern).to.not.deep.equal([]);
  });
});
