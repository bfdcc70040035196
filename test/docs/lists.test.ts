import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { ObjectSchema } from 'yup';
import { recordSchema } from '../../adapters/onec/record-schema.ts';
import { connectorSchema } from '../../tools/editor-schema/connector-schema.ts';
import { schemaAt } from '../../src/files/json-schema.ts';
import { shippedAdapters } from '../../src/targets/target.ts';
import { command } from '../support/serving.ts';
import { project } from './installation.ts';

const read = (...path: readonly string[]) => readFileSync(join(project, ...path), 'utf8');
const pages = [
  'README.md',
  'README.ru.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(project, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** From one heading of the second level to the next. */
function section(page: string, heading: string): string {
  return page.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
}

function names(schema: unknown): readonly string[] {
  return schema instanceof ObjectSchema ? Object.keys(schema.fields) : [];
}

/** The keys of a section of connector.yaml, or of each of its named things. */
function settingsIn(section: string): readonly string[] {
  const schema = schemaAt(connectorSchema(new Map()), 'properties', section);
  return Object.keys({ ...schemaAt(schema, 'properties'), ...schemaAt(schema, 'additionalProperties', 'properties') });
}

describe('the pages', () => {
  it('have every command in docs/operations.md and its twin, and no other', async () => {
    const told = (page: string, heading: string) =>
      new Set([...section(read('docs', page), heading).matchAll(/^\| `(\w+)/gm)].map(([, name]) => name));
    const { out } = await command(['--help']);
    const there = [...(out.split('Commands:')[1] ?? '').matchAll(/^ {2}(\w+)/gm)]
      .map(([, name]) => name)
      .filter((name) => name !== 'help');
    expect(told('operations.md', 'Commands')).to.deep.equal(new Set(there));
    expect(told('operations.ru.md', 'Команды')).to.deep.equal(new Set(there));
  });

  it('have every setting of every shipped adapter in docs/adapters.md', async () => {
    for (const [name, { settings }] of await shippedAdapters()) {
      expect(names(settings), name).not.to.deep.equal([]);
      for (const page of ['adapters.md', 'adapters.ru.md']) {
        const text = section(read('docs', page), name);
        for (const setting of names(settings)) expect(text, `${page} ${name}: ${setting}`).to.include(`\`${setting}`);
      }
    }
  });

  it('have every key of a step of onec-odata in docs/adapters.md', () => {
    const { steps } = recordSchema.fields;
    const step: unknown = 'innerType' in steps ? steps.innerType : undefined;
    expect(names(step)).to.include('also');
    for (const page of ['adapters.md', 'adapters.ru.md']) {
      const text = section(read('docs', page), 'onec-odata');
      for (const key of names(step)) expect(text, `${page} ${key}`).to.match(new RegExp(`\`${key}[\`:]`));
    }
  });

  it('have every setting in config/connector.yaml', () => {
    const text = read('config', 'connector.yaml');
    for (const name of Object.keys(schemaAt(connectorSchema(new Map()), 'properties'))) {
      const part = text.split(/^(?=\w+:)/m).find((each) => each.startsWith(`${name}:`)) ?? '';
      expect(part, name).not.to.equal('');
      for (const setting of settingsIn(name))
        expect(part, `${name}: ${setting}`).to.match(new RegExp(`^[ #]*${setting}:`, 'm'));
    }
    expect(settingsIn('targets')).to.include('unknown');
  });

  it('name only scripts and files that are there', () => {
    const { scripts }: { readonly scripts: Readonly<Record<string, string>> } = JSON.parse(read('package.json'));
    for (const page of pages) {
      const text = read(page);
      for (const [, script = ''] of text.matchAll(/npm run (\w+)/g))
        expect(scripts, `${page}: npm run ${script}`).to.have.property(script);
      for (const [, path = ''] of text.matchAll(/\]\(((?!https?:)[^)#]+)[^)]*\)/g))
        expect(existsSync(join(project, dirname(page), path)), `${page}: ${path}`).to.equal(true);
    }
  });
});
