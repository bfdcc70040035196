import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { loadConfig } from '../../src/config/load-config.ts';
import { Database } from '../../src/database/database.ts';
import { recoveryText } from '../../src/people/key-file.ts';
import { kinds } from '../../src/cli/init/answers.ts';
import { command } from '../support/serving.ts';
import { Workspace } from '../support/workspace.ts';

/** As the service makes it at its first start. */
async function makeDatabase(file: string): Promise<void> {
  const database = new Database(`sqlite:${file}`);
  await database.migrate();
  await database.close();
}

describe('a folder of their own', function () {
  this.timeout(60_000);
  const workspace = new Workspace();
  const folder = workspace.path('мой коннектор');
  const env = { XDG_CONFIG_HOME: workspace.path('home'), HUNTFLOW_CONNECTOR_CONFIG: '' };
  const run = (args: readonly string[], cwd = workspace.folder) => command(args, env, cwd);
  let said = '';

  before(async () => {
    const targets = kinds.flatMap((kind) => ['--target', kind]);
    const { code, out, err } = await run([
      'init',
      folder,
      ...targets,
      '--stage',
      '33',
      '--port',
      '18080',
      '--lang',
      'ru',
    ]);
    expect(code, err).to.equal(0);
    said = out;
  });

  after(() => workspace.remove());

  it('is made by flags alone, in the language asked for, with a secret that only its owner reads', () => {
    expect(said)
      .to.match(/^Создано в /)
      .and.to.include('connector.yaml');
    const secret = /^HUNTFLOW_SECRET=(.+)$/m.exec(readFileSync(`${folder}/.env`, 'utf8'))?.[1] ?? '';
    expect(secret).to.have.length.within(32, 64);
    expect(said).not.to.include(secret);
    expect(statSync(`${folder}/.env`).mode & 0o777).to.equal(0o600);
    expect(readdirSync(folder)).to.include.members(['mappings', 'drop', 'huntflow-connector.service', '.gitignore']);
    expect(readFileSync(`${folder}/huntflow-connector.service`, 'utf8')).to.match(
      /^ExecStart=\S+ \S+ serve --config ".*мой коннектор\/connector\.yaml"$/m,
    );
  });

  it('is found from anywhere by a command that only reads, which says so, and by no other', async () => {
    await makeDatabase(`${folder}/var/connector.db`);
    const list = await run(['events', 'list', '--json']);
    expect([list.code, list.out]).to.deep.equal([0, '{"items":[],"next":null}\n']);
    expect(list.err).to.include(`${folder}/connector.yaml`);
    const retry = await run(['deliveries', 'retry', '1']);
    expect(retry.code).to.equal(1);
    expect(retry.err).to.include(`--config ${folder}/connector.yaml`);
  });

  it('passes check once tokens are filled in, and takes its secret from .env', async () => {
    const { code: unfilled, out: missing } = await run(['check'], folder);
    expect(unfilled).to.equal(2);
    expect(missing).to.include('connector.yaml:23:53 «token» is required and missing');
    for (const name of ['ONEC_USER', 'ONEC_PASSWORD', 'INTRANET_TOKEN'])
      expect(missing).to.match(new RegExp(`connector\\.yaml:\\d+:\\d+ warning: .*${name} is empty`));
    const text = readFileSync(`${folder}/.env`, 'utf8');
    const filled = text
      .replace(/^MATTERMOST_WEBHOOK=$/m, '$&https://chat.example.test/hooks/made-up')
      .replace(/^MAIL_FROM=$/m, '$&hr@example.test');
    writeFileSync(`${folder}/.env`, filled.replaceAll(/^(\w+)=$/gm, '$1=made-up'));
    // As the next steps of init say; until then check warns of it.
    const chat = `${folder}/mappings/hired-to-telegram.yaml`;
    writeFileSync(chat, readFileSync(chat, 'utf8').replaceAll('it-channel', '-1001234567890'));
    const { code, out } = await run(['check'], folder);
    expect([code, out]).to.deep.equal([0, 'All is well: 8 mapping(s)\n']);
    const { config } = loadConfig(`${folder}/connector.yaml`);
    expect(config?.sources[0]?.secrets[0]).to.match(/^[\w-]{43}$/);
    expect(config?.stages).to.deep.equal({ hired: [33] });
    expect(config?.server.port).to.equal(18_080);
  });

  it('has a key that only its owner reads, whose recovery text is shown this once', async () => {
    const key = `${folder}/connector.key`;
    expect(statSync(key).mode & 0o777).to.equal(0o400);
    expect(said).to.include(recoveryText(key)).and.to.include('без него базу не прочесть');
    expect(loadConfig(`${folder}/connector.yaml`).config?.privacy).to.include({ keyFile: key });
    expect(readFileSync(`${folder}/.gitignore`, 'utf8')).to.include('connector.key');
    expect(readFileSync(`${folder}/connector.yaml`, 'utf8')).to.include(
      'retention: { delivered: 90d, skipped: 30d, dead: never, attachments: 30d }',
    );
    const again = await run(['init', folder, '--lang', 'ru']);
    expect(again.out + again.err).to.not.include(recoveryText(key));
  });

  it('names its schemas where an editor finds them', () => {
    for (const file of ['connector.yaml', ...readdirSync(`${folder}/mappings`).map((name) => `mappings/${name}`)]) {
      if (!file.endsWith('.yaml')) continue;
      const [, schema = ''] =
        /^# yaml-language-server: \$schema=(\/.+)$/m.exec(readFileSync(`${folder}/${file}`, 'utf8')) ?? [];
      expect(existsSync(schema), `${file}: ${schema}`).to.equal(true);
    }
  });

  it('is told how to be checked by a command that works where it is typed', () => {
    expect(said).to.include(`cd ${process.cwd()} && npx huntflow-connector check --config '${folder}/connector.yaml'`);
    expect(said).to.include('hired-by-mail.yaml').and.to.include('it@example.org');
    expect(said).to.include('hired-to-telegram.yaml').and.to.include('посмотрите, что вышло');
    expect(said).to.include('ONEC_PASSWORD').and.to.include('TELEGRAM_TOKEN');
  });

  it('is not made of a zone, a stage or an address that check would refuse, nor where no folder can be', async () => {
    const refusals: readonly (readonly [readonly string[], string])[] = [
      [['--zone', 'Moscow'], 'нужен часовой пояс, например Europe/Moscow'],
      [['--stage', ' '], 'нужно название или номер в одну строку'],
      [['--stage', 'Выход\nна работу'], 'нужно название или номер в одну строку'],
      [['--onec', 'ftp://1c.example'], 'нужен адрес, который начинается с http:// или https://'],
    ];
    for (const [flags, refusal] of refusals) {
      const { code, err } = await run(['init', workspace.path('odd'), ...flags, '--lang', 'ru']);
      expect([code, err]).to.satisfy(([, text]: [number, string]) => text.includes(refusal));
      expect(code).to.equal(1);
    }
    const nowhere = await run(['init', '/proc/nowhere/inner', '--lang', 'ru']);
    expect(nowhere.code).to.equal(1);
    expect(nowhere.err).to.include('не записать');
  });

  it('is not made twice, nor in the folder of the program', async () => {
    const again = await run(['init', folder]);
    expect([again.code, again.err]).to.satisfy(([, err]: [number, string]) => err.includes('is there already'));
    expect(again.code).to.equal(1);
    const ours = await run(['init', process.cwd()]);
    expect(ours.code).to.equal(1);
    expect(ours.err).to.include('the program itself');
    expect((await run(['init', join(process.cwd(), 'src', 'mine')])).err).to.include('the program itself');
  });

  it('is asked for in its order: --config, the variable, here, config below', async () => {
    const faulty = workspace.path('faulty.yaml');
    writeFileSync(faulty, 'zone: Nowhere\n');
    const named = await command(['check'], { ...env, HUNTFLOW_CONNECTOR_CONFIG: faulty }, folder);
    expect([named.code, named.out]).to.satisfy(([, out]: [number, string]) => out.startsWith(`${faulty}:1:7 `));
    const here = await command(
      ['check', '--config', 'connector.yaml'],
      { ...env, HUNTFLOW_CONNECTOR_CONFIG: faulty },
      folder,
    );
    expect(here.code).to.equal(0);
  });
});

describe('a folder of this organisation', function () {
  this.timeout(60_000);
  const workspace = new Workspace();
  const env = { XDG_CONFIG_HOME: workspace.path('home'), HUNTFLOW_CONNECTOR_CONFIG: '' };
  const filled = { ...env, ONEC_USER: 'x', ONEC_PASSWORD: 'y', INTRANET_TOKEN: 'z' };
  const kinds = ['csv', 'onec-odata', 'rest'].flatMap((kind) => ['--target', kind]);

  after(() => workspace.remove());

  for (const [stage, organisation] of [
    ['Принят на работу', 'ООО «Лютик»'],
    ['5', 'Лютик & Co: филиал #2, "Север"'],
    ['Оффер: "да" # [2]', 'Да'],
    ['true', '$& $1'],
  ] as const)
    it(`passes check with its own stage and name: ${stage}, ${organisation}`, async () => {
      const folder = workspace.path(`of ${stage.replaceAll(/\W/g, '')}${organisation.length}`);
      const flags = ['--stage', stage, '--organisation', organisation, '--lang', 'ru'];
      const made = await command(['init', folder, ...kinds, ...flags], env, workspace.folder);
      expect(made.code, made.err).to.equal(0);

      const { code, out } = await command(['check', '--lang', 'ru'], filled, folder);

      expect([code, out]).to.deep.equal([0, 'Всё в порядке: маппингов 4\n']);
      const mapping = readFileSync(`${folder}/mappings/hire-to-1c.yaml`, 'utf8');
      expect(parse(mapping).with.organisation).to.equal(organisation);
      // another organisation, and a questionnaire without SNILS and INN
      const other = mapping
        .replace(/^ {2}organisation: .*$/m, '  organisation: АО Другая')
        .replace(/^ {2}(?:snils|inn): .*\n/gm, '');
      writeFileSync(`${folder}/mappings/hire-to-1c.yaml`, other);
      expect(await command(['check', '--lang', 'ru'], filled, folder)).to.include({ code, out });
      const withdrawn = parse(readFileSync(`${folder}/mappings/hire-withdrawn-to-1c.yaml`, 'utf8'));
      expect(withdrawn.with.hiredStages).to.deep.equal([stage]);
      for (const [comment] of mapping.matchAll(/^# [^y].*/gm)) expect(comment).to.match(/[а-яё]/i);
    });
});

describe('the language of a folder', function () {
  this.timeout(60_000);
  const workspace = new Workspace();
  const env = { XDG_CONFIG_HOME: workspace.path('home'), HUNTFLOW_CONNECTOR_CONFIG: '', LC_ALL: '', LANG: 'C.UTF-8' };
  const folder = workspace.path('ours');
  const checked = async (args: readonly string[] = [], more = {}): Promise<string> =>
    (await command(['check', ...args], { ...env, ...more }, folder)).out.trim();

  before(() => command(['init', folder, '--lang', 'ru'], env, workspace.folder));
  after(() => workspace.remove());

  it('is the one that init spoke, whatever LANG says, unless somebody asks for another', async () => {
    expect(await checked()).to.equal('Всё в порядке: маппингов 1');
    expect(await checked([], { LANG: 'en_US.UTF-8' })).to.match(/^Всё/);
    expect(await checked(['--lang', 'en'])).to.match(/^All is well/);
    expect(await checked([], { LC_ALL: 'en_US.UTF-8' })).to.match(/^All is well/);
    expect(await checked([], { HUNTFLOW_CONNECTOR_LANG: 'en' })).to.match(/^All is well/);
    const named = await command(['check', '--config', `${folder}/connector.yaml`], env, workspace.folder);
    expect(named.out).to.match(/^Всё/);
  });

  it('stands on top of whatever is read from another folder than the one made last', async () => {
    const other = workspace.path('other');
    await command(['init', other], env, workspace.folder);
    const { out, err } = await command(['deliveries', 'list', '--json'], env, folder);
    expect([out.startsWith('{'), err.split('\n')[0]]).to.deep.equal([
      true,
      `настройки: connector.yaml; папка, которую init создал последней, другая: для неё добавьте --config ${other}/connector.yaml`,
    ]);
    expect((await command(['check'], env, other)).err).to.not.include('connector.yaml');
    expect((await command(['check', '--config', 'connector.yaml'], env, folder)).err).to.not.include('other');
  });
});

describe('variables of secrets and of settings of targets', function () {
  this.timeout(60_000);
  const workspace = new Workspace();
  const config = workspace.path('connector.yaml');

  before(() =>
    writeFileSync(
      config,
      'sources: { huntflow: { secrets: [ "${HF}" ] } }\nmappings: .\ndatabase: { url: "sqlite:var/c.db" }\n' +
        'targets: { i: { adapter: rest, settings: { baseUrl: "${BASE}" } } }\n',
    ),
  );
  after(() => workspace.remove());

  it('are needed by check and serve, and by no command that only reads', async () => {
    const check = await command(['check', '--config', config]);
    expect(check.code).to.equal(2);
    expect(check.out).to.include('HF is not set').and.to.include('BASE is not set');
    await makeDatabase(workspace.path('var', 'c.db'));
    for (const args of [['events', 'list'], ['targets', '--json'], ['stages']]) {
      const { code, err } = await command([...args, '--config', config]);
      expect(code, err).to.equal(0);
    }
  });

  it('come from .env, whatever its line ends and first bytes are, unless the environment has them', () => {
    writeFileSync(workspace.path('.env'), '\ufeffHF="a secret"\r\nBASE=https://x.example\r\n', { mode: 0o600 });
    const { config: loaded, faults } = loadConfig(config);
    expect(faults).to.deep.equal([]);
    expect(loaded?.sources[0]?.secrets).to.deep.equal(['a secret']);
    expect(loadConfig(config, { HF: 'b', BASE: 'https://y.example' }).config?.sources[0]?.secrets).to.deep.equal(['b']);
  });

  it('are warned of when others may read them', () => {
    writeFileSync(workspace.path('.env'), 'HF=a\nBASE=https://x.example\n');
    chmodSync(workspace.path('.env'), 0o644);
    expect(loadConfig(config).faults.map(({ level, text }) => [level, text.en])).to.deep.equal([
      ['warning', 'other users may read this file of secrets: chmod 600 it'],
    ]);
  });
});
