import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { expect } from 'chai';
import { startError } from '../../src/cli/start-error.ts';
import { CommandError } from '../../src/cli/terminal.ts';
import { MigrationError } from '../../src/database/migrate.ts';
import { freePort, sharedPostgres } from '../support/postgres.ts';
import { writeFiles } from '../support/service.ts';
import { command } from '../support/serving.ts';
import { Workspace } from '../support/workspace.ts';

const failed = (message: string, fields: Readonly<Record<string, unknown>>) =>
  Object.assign(new Error(message), fields);
const ofDatabase = (cause: Error) =>
  new MigrationError({ ru: `схема: ${cause.message}`, en: `schema: ${cause.message}` }, { cause });

function textOf(error: unknown, url: string) {
  const told = startError(error, url);
  if (!(told instanceof CommandError)) throw new Error('told as it is', { cause: told });
  return told.text;
}

describe('what a person reads when the database cannot be opened', () => {
  const postgres = 'postgres://bob:hunter2@db.example:6432/hf';
  const cases: readonly (readonly [string, string, { readonly code?: string }, RegExp, RegExp])[] = [
    [
      postgres,
      'password authentication failed',
      { code: '28P01' },
      /the user or password .* is wrong/,
      /неверен пользователь или пароль/,
    ],
    [postgres, 'no pg_hba.conf entry', { code: '28000' }, /the user or password/, /пользователь или пароль/],
    [postgres, 'SASL: client password must be a string', {}, /the user or password/, /пользователь или пароль/],
    [
      postgres,
      'database does not exist',
      { code: '3D000' },
      /no such database: create it/,
      /нет такой базы данных: создайте/,
    ],
    [
      postgres,
      'permission denied',
      { code: '42501' },
      /GRANT USAGE, CREATE ON SCHEMA public/,
      /прав создавать таблицы.*GRANT USAGE, CREATE/,
    ],
    [postgres, 'read-only transaction', { code: '25006' }, /name the primary/, /укажите .* основной/],
    ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ETIMEDOUT', '57P03'].map(
      (code) =>
        [
          postgres,
          'raw',
          { code },
          /does not answer at db\.example:6432:/,
          /не отвечает на db\.example:6432:/,
        ] as const,
    ),
    ...['Connection terminated unexpectedly', 'timeout exceeded when trying to connect', 'Query read timeout'].map(
      (words) => [postgres, words, {}, /does not answer at db\.example:6432:/, /не отвечает на/] as const,
    ),
    ['postgres://db.example/hf', 'raw', { code: 'ECONNREFUSED' }, /at db\.example:5432:/, /на db\.example:5432:/],
    ['postgres:///hf?host=/run/pg', 'raw', { code: 'ENOENT' }, /at \/run\/pg:5432:/, /на \/run\/pg:5432:/],
    ...['SQLITE_NOTADB', 'SQLITE_CORRUPT', 'SQLITE_CORRUPT_INDEX'].map(
      (code) =>
        [
          'sqlite:/x/a.db',
          'raw',
          { code },
          /^\/x\/a\.db: .*restore the backup \(docs\/operations\.md/,
          /восстановите копию/,
        ] as const,
    ),
    ...['SQLITE_READONLY', 'SQLITE_READONLY_DIRECTORY', 'SQLITE_CANTOPEN', 'EROFS', 'EACCES'].map(
      (code) =>
        [
          'sqlite:/x/a.db',
          'raw',
          { code },
          /^\/x\/a\.db: no right to write/,
          /^\/x\/a\.db: нет прав на запись/,
        ] as const,
    ),
    ['sqlite:/x/a.db', 'raw', { code: 'EISDIR' }, /must lead to a file/, /должен вести к файлу/],
    ['sqlite:/x/a.db', 'raw', { code: 'SQLITE_BUSY' }, /another program holds/, /другая программа/],
    ...['SQLITE_FULL', 'ENOSPC'].map(
      (code) =>
        ['sqlite:/x/a.db', 'raw', { code }, /the disk of the database is full/, /диск базы данных заполнен/] as const,
    ),
  ];
  for (const [url, message, fields, en, ru] of cases) {
    it(`names the cause and the way out: ${fields.code ?? message} of ${url.split(':')[0]}`, () => {
      const text = textOf(ofDatabase(failed(message, fields)), url);
      expect(text.en).to.match(en);
      expect(text.ru).to.match(ru);
      expect(`${text.en} ${text.ru}`).not.to.match(/hunter2|bob|schema: |raw/);
    });
  }

  it('gives the words of the database when nothing better is known', () => {
    expect(textOf(ofDatabase(failed('something odd', { code: 'XX000' })), postgres)).to.deep.equal({
      ru: 'схема: something odd',
      en: 'schema: something odd',
    });
  });

  it('names the folder of an adapter that cannot be made, and no port', () => {
    for (const url of ['sqlite:/x/a.db', postgres])
      expect(
        textOf(failed('EACCES: permission denied', { code: 'EACCES', syscall: 'mkdir', path: '/x/adapters/drop' }), url)
          .en,
      )
        .to.match(/^\/x\/adapters\/drop: no right to write/)
        .and.not.include('port');
  });

  it('names the port that is taken or forbidden', () => {
    expect(textOf(failed('raw', { code: 'EADDRINUSE', port: 8080 }), postgres).en).to.match(/^port 8080 is taken/);
    expect(textOf(failed('raw', { code: 'EACCES', syscall: 'listen', port: 80 }), postgres).en).to.match(
      /^no permission for port 80:/,
    );
  });

  it('leaves alone what is not of the database: a name that a listener cannot find, a file of somebody else', () => {
    for (const error of [
      failed('raw', { code: 'ENOTFOUND', hostname: 'nowhere.example' }),
      failed('raw', { code: 'ENOENT', syscall: 'open', path: '/x/mappings/a.yaml' }),
    ]) {
      for (const url of ['sqlite:/x/a.db', postgres]) expect(startError(error, url)).to.equal(error);
    }
  });
});

describe('a command whose database cannot be opened', function () {
  this.timeout(60_000);
  let workspace: Workspace;

  beforeEach(() => (workspace = new Workspace()));
  afterEach(() => workspace.remove());

  /** `serve` and a short command, in Russian; both must say the same. */
  async function said(url: string, ru: RegExp): Promise<void> {
    const config = writeFiles(workspace, { config: { database: { url } } });
    for (const args of [['serve'], ['targets', 'list']]) {
      const { code, err } = await command([...args, '--config', config], { LC_ALL: 'ru_RU.UTF-8' });
      expect(code, err).to.equal(1);
      expect(err.trim().split('\n').at(-1), args.join(' ')).to.match(ru);
      expect(err).not.to.match(/hunter2|\n\s+at /);
    }
  }

  it('says where nobody answers', async () => {
    const port = await freePort();
    await said(
      `postgres://bob:hunter2@127.0.0.1:${port}/hf`,
      new RegExp(`^PostgreSQL не отвечает на 127\\.0\\.0\\.1:${port}:`),
    );
  });

  it('says where something else than PostgreSQL hangs up', async () => {
    const other = createServer((socket) => void socket.destroy());
    await new Promise<void>((resolve) => void other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    try {
      await said(
        `postgres://bob:hunter2@127.0.0.1:${typeof address === 'object' ? address?.port : ''}/hf`,
        /^PostgreSQL не отвечает на 127/,
      );
    } finally {
      other.close();
    }
  });

  it('says that the password is wrong, that there is no such database, and which right is missing', async () => {
    const server = await sharedPostgres();
    const url = new URL(await server.createDatabase());
    await server.query("create role start_error login password 'hunter2'");
    try {
      const as = (user: string, password: string, path = url.pathname) =>
        Object.assign(new URL(url), { username: user, password, pathname: path }).href;
      await said(as('postgres', 'hunter2'), /неверен пользователь или пароль/);
      await said(as('postgres', 'postgres', '/nothing'), /нет такой базы данных/);
      await said(as('start_error', 'hunter2'), /GRANT USAGE, CREATE ON SCHEMA public/);
    } finally {
      await server.query('drop role start_error');
    }
  });

  it('says that a file is no database', async () => {
    writeFileSync(workspace.path('a.db'), 'no database at all, '.repeat(500));
    await said(`sqlite:${workspace.path('a.db')}`, /a\.db: это не база SQLite/);
  });

  it('says that a folder stands in the place of the file', async () => {
    mkdirSync(workspace.path('a.db'));
    await said(`sqlite:${workspace.path('a.db')}`, /a\.db: (?:файла базы данных здесь не создать)/);
  });

  it('says which file cannot be written', async function () {
    if (process.getuid?.() === 0) this.skip(); // root may write everywhere
    mkdirSync(workspace.path('var'));
    chmodSync(workspace.path('var'), 0o500);
    await said(`sqlite:${workspace.path('var', 'a.db')}`, /a\.db(?:\.lock)?: нет прав на запись/);
  });
});
