import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Command } from 'commander';
import { loadConfig } from '../config/load-config.ts';
import { shippedNames } from '../targets/target.ts';
import { classFile } from './adapter/class-file.ts';
import { mappingFile } from './adapter/mapping-file.ts';
import { testFile } from './adapter/test-file.ts';
import { typeConfig } from './adapter/type-config.ts';
import { spoken } from './options.ts';
import { CommandError, type Terminal } from './terminal.ts';

/** By the package's own name: sources and their build do not lie equally deep. */
const root = dirname(fileURLToPath(import.meta.resolve('huntflow-connector/package.json')));
const home = 'my-adapters';

export function adapterCommand(terminal: Terminal): Command {
  return new Command('adapter')
    .description('adapters of your own')
    .addCommand(
      spoken('new', 'write a working adapter class, its test and a mapping')
        .argument('<name>', 'of small letters, digits and hyphens, e.g. pass-office')
        .argument('[folder]', 'the folder with connector.yaml (default: here)')
        .action((name: string, folder: string | undefined) => make(name, resolve(folder ?? '.'), terminal)),
    )
    .addCommand(
      spoken('test', 'run the test of an adapter against a stand-in of its target')
        .argument('<name>', 'of small letters, digits and hyphens, e.g. pass-office')
        .argument('[folder]', 'the folder with connector.yaml (default: here)')
        .action((name: string, folder: string | undefined) => test(name, resolve(folder ?? '.'), terminal)),
    );
}

function make(name: string, folder: string, terminal: Terminal): void {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || name.length > 60 || shippedNames.includes(name))
    throw new CommandError({
      ru: `«${name}» не годится в имя адаптера: нужны строчные латинские буквы, цифры и дефисы, и имя не может быть занято поставляемым адаптером`,
      en:
        `"${name}" is no name for an adapter: small Latin letters, digits and hyphens are needed, and no shipped ` +
        'adapter may have the name',
    });
  const { config, mappings } = placesIn(folder);
  const files: readonly (readonly [string, string])[] = [
    [join(folder, home, `${name}.ts`), classFile(name, terminal.language)],
    [join(folder, home, `${name}.test.ts`), testFile(name, terminal.language)],
    [join(mappings, `hire-to-${name}.yaml`), mappingFile(name, terminal.language)],
  ];
  const taken = files.find(([file]) => existsSync(file));
  if (taken !== undefined)
    throw new CommandError({
      ru: `${taken[0]} уже есть и оставлен как был: возьмите другое имя или уберите файл`,
      en: `${taken[0]} is there already and was left as it is: take another name, or remove the file`,
    });
  mkdirSync(join(folder, home), { recursive: true });
  mkdirSync(join(mappings, 'fixtures'), { recursive: true });
  for (const [file, text] of files) writeFileSync(file, text, { flag: 'wx' });
  const fixture = join(mappings, 'fixtures', 'applicant-status-hired.json');
  if (!existsSync(fixture)) copyFileSync(join(root, 'mappings', 'fixtures', 'applicant-status-hired.json'), fixture);
  const types = join(folder, home, 'tsconfig.json');
  const made = files.map(([file]) => file);
  if (!existsSync(types)) {
    writeFileSync(types, typeConfig(dirname(types), installedIn(folder) ? undefined : root, isBuilt()));
    made.push(types);
  }
  tell(name, { folder, config, files: made }, terminal);
}

function tell(
  name: string,
  { folder, config, files }: { readonly folder: string; readonly config: string; readonly files: readonly string[] },
  terminal: Terminal,
): void {
  const path = relative(dirname(config), join(folder, home, `${name}.ts`))
    .split(sep)
    .join('/');
  const file = path.startsWith('.') ? path : `./${path}`;
  const variable = `${name.toUpperCase().replaceAll('-', '_')}_TOKEN`;
  const settings = `{ url: "https://${name}.example/api", token: "\${${variable}:-}" }`;
  const here = relative(process.cwd(), folder) || '.';
  const trying = `npx huntflow-connector adapter test ${name}${here === '.' ? '' : ` ${here}`}`;
  const checking = `npx huntflow-connector check${here === '.' ? '' : ` --config ${relative(process.cwd(), config)}`}`;
  const say = (ru: string, en: string): string => (terminal.language === 'ru' ? ru : en);
  const page = (name: string): string => join(relative(process.cwd(), root), 'docs', name);
  terminal.print(
    [
      say(`Создано в ${folder}:`, `Made in ${folder}:`),
      ...files.map((one) => `  ${relative(folder, one)}`),
      '',
      say('Дальше:', 'Next:'),
      say(`  1. проверьте, что тест проходит: ${trying}`, `  1. see that its test passes: ${trying}`),
      say(`  2. впишите в ${config} под строкой targets:`, `  2. put into ${config} below the line targets:`),
      '',
      `  ${name}: { adapter: ${file}, settings: ${settings} }`,
      '',
      say(
        `  3. впишите ${variable}=… в .env рядом с ним и проверьте: ${checking}`,
        `  3. put ${variable}=… into .env beside it, and check: ${checking}`,
      ),
      say(
        `  4. измените ${home}/${name}.ts и его тест под API цели: ${page('adapters.ru.md')}, «Свой адаптер»`,
        `  4. change ${home}/${name}.ts and its test after the API of the target: ${page('adapters.md')}, "An adapter of your own"`,
      ),
    ].join('\n'),
  );
}

/** connector.yaml of a folder, or of a checkout, and where its mappings lie. */
function placesIn(folder: string): { readonly config: string; readonly mappings: string } {
  const config = [join(folder, 'connector.yaml'), join(folder, 'config', 'connector.yaml')].find(existsSync);
  if (config === undefined)
    throw new CommandError({
      ru: `в ${folder} нет connector.yaml: создайте папку командой huntflow-connector init или назовите её`,
      en: `there is no connector.yaml in ${folder}: make the folder by huntflow-connector init, or name it`,
    });
  const read = loadConfig(config, undefined, { lenient: true }).remainder?.mappings;
  return { config, mappings: read ?? join(folder, 'mappings') };
}

async function test(name: string, folder: string, terminal: Terminal): Promise<void> {
  const file = join(folder, home, `${name}.test.ts`);
  if (!existsSync(file))
    throw new CommandError({
      ru: `нет теста ${file}: его пишет huntflow-connector adapter new ${name}`,
      en: `there is no test ${file}: huntflow-connector adapter new ${name} writes one`,
    });
  const lent = pathToFileURL(join(root, 'bin', 'lent-modules.js')).href;
  const report = new URL(
    `../../adapters/testing/report${isBuilt() ? '.js' : '.ts'}?lang=${terminal.language}`,
    import.meta.url,
  );
  const asked = ['--import', lent, '--test', '--test-isolation=none', `--test-reporter=${report.href}`, file];
  const runner = spawn(process.execPath, asked, { stdio: ['ignore', 'pipe', 'inherit'], cwd: folder });
  createInterface(runner.stdout).on('line', (line) => terminal.print(line));
  const [code]: unknown[] = await once(runner, 'close');
  if (code !== 0) throw new CommandError({ ru: `тест ${name} не прошёл`, en: `the test of ${name} has not passed` });
}

const isBuilt = (): boolean => !existsSync(join(root, 'src', 'adapter.ts'));

/** Whether Node, and TypeScript, find the program from there by its name. */
function installedIn(folder: string): boolean {
  if (folder === root || existsSync(join(folder, 'node_modules', 'huntflow-connector'))) return true;
  return dirname(folder) !== folder && installedIn(dirname(folder));
}
