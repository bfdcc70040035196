import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { schemaFiles } from '../../tools/editor-schema/schema-files.ts';
import { compiled, faultsOf } from './compiled.ts';

const configs = ['config/connector.yaml', 'demo/connector.yaml'];
const mappings = globSync(['mappings/*.yaml', 'mappings/examples/*.yaml', 'demo/mappings/*.yaml']);

describe('docs/schemas', () => {
  it('is what npm run schema writes', async () => {
    for (const [path, content] of await schemaFiles())
      expect(readFileSync(path, 'utf8') === content, `${path} is stale: npm run schema`).to.equal(true);
  });

  for (const [name, files] of [
    ['connector', configs],
    ['mapping', mappings],
  ] as const) {
    it(`takes every shipped ${name} file, and each names it in its first line`, () => {
      expect(files.length).to.be.greaterThan(1);
      const validate = compiled(name);
      for (const file of files) {
        const text = readFileSync(file, 'utf8');
        expect(faultsOf(validate, parse(text)), file).to.deep.equal([]);
        const path = /^# yaml-language-server: \$schema=(\S+)\n/.exec(text)?.[1] ?? '';
        expect(resolve(dirname(file), path), file).to.equal(resolve(`docs/schemas/${name}.schema.json`));
        expect(existsSync(join(dirname(file), path)), file).to.equal(true);
      }
    });
  }

  it('takes every example of the documents', () => {
    const [validate, validateConfig] = [compiled('mapping'), compiled('connector')];
    let examples = 0;
    for (const page of [
      'docs/mappings.md',
      'docs/adapters.md',
      'docs/operations.md',
      'docs/chats.md',
      'docs/chats.ru.md',
      'README.md',
      'README.ru.md',
    ]) {
      for (const [, yaml = ''] of readFileSync(page, 'utf8').matchAll(/```yaml\n([^]*?)```/g)) {
        const value: unknown = parse(yaml);
        if (typeof value !== 'object' || value === null) continue;
        if (!('mapping' in value) && !('targets' in value)) continue;
        examples += 1;
        expect(faultsOf('mapping' in value ? validate : validateConfig, value), `${page}\n${yaml}`).to.deep.equal([]);
      }
    }
    expect(examples).to.be.greaterThan(8);
  });
});
