import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { procedures } from '../../src/writer/procedures.ts';

describe('the list of procedures', () => {
  it('names each that the sources make, once', () => {
    const sources = fileURLToPath(new URL('../../src/', import.meta.url));
    const made = globSync('**/*.ts', { cwd: sources }).flatMap((file) =>
      [...readFileSync(`${sources}${file}`, 'utf8').matchAll(/new Procedure\(\s*'(\w+)'/g)].map(([, name]) => name),
    );
    expect(procedures.map(({ name }) => name).toSorted((a, b) => (a < b ? -1 : 1))).to.deep.equal(
      made.toSorted((a = '', b = '') => (a < b ? -1 : 1)),
    );
    expect(made.length).to.be.above(20);
  });
});
