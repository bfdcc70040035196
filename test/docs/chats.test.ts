import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { chatRecord } from '../../adapters/chat/record.ts';
import { restRecord } from '../../adapters/rest/record.ts';
import { validate } from '../../src/files/validation.ts';
import { readBody } from '../../src/huntflow/body.ts';
import { viewOf } from '../../src/huntflow/view.ts';
import { MappingEngine } from '../../src/mapping/thread/engine.ts';
import { good } from '../mapping/sample.ts';

const head = 'mapping: recipe\non: { event: APPLICANT }\nto: anything\n';

describe('docs/chats', () => {
  const engine = new MappingEngine();

  after(() => engine.close());

  const records = (page: string): readonly string[] =>
    [...readFileSync(page, 'utf8').matchAll(/```yaml\n(record:\n[^]*?)```/g)].map(([, yaml = '']) => yaml);

  it('has recipes whose records the adapters take', async () => {
    const read = readBody(readFileSync('mappings/examples/chats/fixtures/candidate-at-manager.json'));
    if (!read.ok) throw new Error(read.text.en);
    const recipes = records('docs/chats.md').filter((yaml) => !yaml.includes('lookup:'));
    expect(recipes.length).to.equal(4);
    for (const yaml of recipes) {
      const outcome = await engine.map(await good(head + yaml), viewOf(read.body, {}));
      if (outcome.outcome !== 'record') throw new Error(`${outcome.outcome}\n${yaml}`);
      expect(validate(restRecord, outcome.record).problems, yaml).to.deep.equal([]);
      expect(JSON.stringify(outcome.record), yaml).to.include('Иванова Анна');
    }
  });

  it('shows the same recipes in both languages', () => {
    expect(records('docs/chats.ru.md')).to.deep.equal(records('docs/chats.md'));
  });

  it('names recipients as chats take them', () => {
    expect(validate(chatRecord, { to: [17001, -1001234567890], text: 'x' }).problems).to.deep.equal([]);
  });
});
