import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeKeyFile } from '../../people/key-file.ts';
import type { Answers } from './answers.ts';
import { connectorFile } from './connector-file.ts';
import { envFile } from './env-file.ts';
import { hiredTo, ownFixture, ownMapping, ownTarget } from './own-copy.ts';
import { starters } from './starter.ts';
import { typedCommand } from './typed-command.ts';
import { unitFile } from './unit-file.ts';

/** By the package's own name: sources and their build do not lie equally deep. */
const root = dirname(fileURLToPath(import.meta.resolve('huntflow-connector/package.json')));

/**
 * The product's own folder is no place for anybody's settings, nor are those that an update writes: it would stumble
 * over them.
 */
export function isOurs(folder: string): boolean {
  const [first = ''] = relative(root, folder).split(sep);
  return folder === root || updated.has(first);
}

const updated: ReadonlySet<string> = new Set(
  '.ci .git adapters bin config demo deploy dist docs mappings node_modules src stand-ins test tools'.split(' '),
);

/** What a person types to run the program with that folder's settings. */
export function typed(folder: string, words: string): string {
  return typedCommand(root, folder, words);
}

/** Writes the folder; what is there already stays as it is. Gives the files it made, from the folder. */
export function makeFolder(answers: Answers): string[] {
  const { folder, targets } = answers;
  makeWithParents(folder);
  for (const inner of ['mappings/fixtures', 'mappings/dictionaries', ...(targets.includes('csv') ? ['drop'] : [])])
    mkdirSync(join(folder, inner), { recursive: true, mode: 0o750 });
  mkdirSync(join(folder, 'var'), { recursive: true, mode: 0o700 });

  const made: string[] = [];
  const write = (name: string, text: string, mode = 0o640) => {
    try {
      writeFileSync(join(folder, name), text, { flag: 'wx', mode });
      made.push(name);
    } catch (error) {
      if (!existsSync(join(folder, name))) throw error;
    }
  };
  write('connector.yaml', connectorFile(answers, schemaOf('connector')));
  write('.env', envFile(answers), 0o600);
  if (!existsSync(keyFileIn(folder))) {
    makeKeyFile(keyFileIn(folder));
    made.push('connector.key');
  }
  write('.gitignore', '.env\nconnector.key\nvar/\ndrop/\n');
  write(
    'huntflow-connector.service',
    unitFile(answers, { node: process.execPath, script: join(root, 'bin', 'huntflow-connector.js') }),
  );
  for (const kind of targets)
    for (const mapping of starters[kind].mappings) {
      const source = join(root, 'mappings', mapping.replace('{language}', answers.language));
      const text = ownTarget(readFileSync(source, 'utf8'), starters[kind].target);
      const name = basename(mapping).replace('hired-to-it', hiredTo(starters[kind].target));
      write(join('mappings', name), ownMapping(text, answers, schemaOf('mapping')));
      for (const [fixture] of text.matchAll(/\bfixtures\/[\w.-]+\.json/g)) {
        const near = join(dirname(source), fixture);
        const path = existsSync(near) ? near : join(dirname(source), '..', fixture);
        write(join('mappings', fixture), ownFixture(readFileSync(path, 'utf8'), answers));
      }
    }
  return made;
}

/** The keys that seal what is kept about people. */
export function keyFileIn(folder: string): string {
  return join(folder, 'connector.key');
}

/** Where an editor finds completion; an installed package has it too. */
function schemaOf(kind: 'connector' | 'mapping'): string | undefined {
  const schema = join(root, 'docs', 'schemas', `${kind}.schema.json`);
  return existsSync(schema) ? schema : undefined;
}

/** One by one: in /proc a recursive mkdir of Node.js 24 tries forever. */
function makeWithParents(folder: string): void {
  if (existsSync(folder)) return;
  makeWithParents(dirname(folder));
  mkdirSync(folder);
}
