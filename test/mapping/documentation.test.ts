import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { formatFault } from '../../src/files/fault.ts';
import { conversionNames } from '../../src/mapping/conversions/conversion.ts';
import { MappingEngine } from '../../src/mapping/thread/engine.ts';
import { mappableEvents } from '../../src/mapping/file/event-words.ts';
import { readMappingFile } from '../../src/mapping/file/mapping-file.ts';
import { ownFunctions } from '../../src/mapping/formulas/functions/functions.ts';
import { noDictionaries } from '../../src/mapping/dictionaries/dictionaries.ts';
import type { Mapping } from '../../src/mapping/file/mapping.ts';
import { runTests } from '../../src/mapping/test-run.ts';
import { viewNames } from '../../src/mapping/names/view-names.ts';
import { context, stages, targets } from './sample.ts';

async function examples(page: string): Promise<Mapping[]> {
  const mappings: Mapping[] = [];
  for (const [, text = ''] of page.matchAll(/```yaml\n([^]*?)```/g)) {
    const { mapping, faults } = await readMappingFile(
      resolve('docs/example.yaml'),
      'docs/mappings.md',
      text,
      context,
      noDictionaries,
    );
    expect(
      faults.map((fault) => formatFault(fault, 'en')),
      text,
    ).to.deep.equal([]);
    if (mapping !== undefined) mappings.push(mapping);
  }
  return mappings;
}

for (const file of ['docs/mappings.md', 'docs/mappings.ru.md'])
  describe(file, () => {
    const page = readFileSync(file, 'utf8');

    it('has an example of every event, and each is read without fault or warning', async () => {
      expect(new Set((await examples(page)).flatMap(({ on }) => on.event))).to.deep.equal(new Set(mappableEvents));
    });

    it('has examples whose tests pass', async () => {
      const engine = new MappingEngine();
      try {
        let tests = 0;
        for (const mapping of await examples(page)) {
          const target = targets.get(mapping.to);
          if (target === undefined) throw new Error(`${mapping.name} has a target`);
          const results = await runTests(mapping, { engine, stages, record: target.record });
          tests += results.length;
          expect(results.flatMap(({ fault }) => (fault === undefined ? [] : [formatFault(fault, 'en')]))).to.deep.equal(
            [],
          );
        }
        expect(tests).to.equal(2);
      } finally {
        await engine.close();
      }
    });

    it('names every conversion, function and name of an event', () => {
      for (const name of conversionNames) expect(page).to.include(`| \`${name}\` |`);
      for (const name of [...Object.keys(ownFunctions), 'candidateLink']) expect(page).to.include(`\`$${name}(`);
      for (const name of viewNames) expect(page).to.match(new RegExp(`^\\| .*\`${name}\`.* \\|`, 'm'));
    });
  });
