import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { procedures } from '../../src/writer/procedures.ts';

describe('the list of procedures', () => {
  it('names each that the sources make, once', () => {
    const sources = fileURLToPath(new URL('../../src/', import.meta.url));
    // The store of keys is a database of its own, written by whoever opens it.
    const files = globSync('**/*.ts', { cwd: sources }).filter((file) => !file.endsWith('key-store.ts'));
    const made = files.flatMap((file) =>
      [...readFileSync(`${sources}${file}`, 'utf8').matchAll(/new Procedure\(\s*'(\w+)'/g)].map(([, name]) => name),
    );
    expect(procedures.map(({ name }) => name).toSorted((a, b) => (a < b ? -1 : 1))).to.deep.equal(
      made.toSorted((a = '', b = '') => (a < b ? -1 : 1)),
    );
    expect(made.length).to.be.above(20);
  });
});
