import { mkdirSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { loadConfig } from '../../src/config/load-config.ts';
import type { Config } from '../../src/config/config.ts';
import type { Fault } from '../../src/files/fault.ts';
import { Workspace } from '../support/workspace.ts';

describe('connector.yaml', () => {
  let workspace: Workspace;

  beforeEach(() => {
    workspace = new Workspace();
    mkdirSync(workspace.path('config'));
  });

  afterEach(() => workspace.remove());

  function load(text: string, variables: Readonly<Record<string, string>> = {}) {
    const path = workspace.path('config', 'connector.yaml');
    writeFileSync(path, text);
    return loadConfig(path, variables);
  }

  function good(text: string, variables: Readonly<Record<string, string>> = {}): Config {
    const { config, faults } = load(text, variables);
    if (config === undefined)
      throw new Error(faults.map((fault) => `${fault.line}:${fault.column} ${fault.text.en}`).join('\n'));
    return config;
  }

  /** `line:column words`, the words in English. */
  const shown = (faults: readonly Fault[]) => faults.map((fault) => `${fault.line}:${fault.column} ${fault.text.en}`);
  const faultsOf = (text: string, variables: Readonly<Record<string, string>> = {}) => {
    const { config, faults } = load(text, variables);
    expect(config, 'a config in spite of its faults').to.equal(undefined);
    return shown(faults);
  };

  it('has a default for every setting, an empty file included', () => {
    for (const text of ['', '# nothing\n', '{}', 'server: {}\nsources: {}\n']) {
      const config = good(text);
      expect(config.server).to.deep.equal({ host: '127.0.0.1', port: 8080, bodyLimit: 10 * 1024 ** 2 });
      expect(config.console).to.deep.equal({
        host: '127.0.0.1',
        port: 8081,
        hosts: ['localhost', '127.0.0.1', '[::1]'],
        users: workspace.path('config', 'users.yaml'),
        usersNamed: false,
        oidc: undefined,
        writesMappings: false,
      });
      expect(config).to.deep.include({
        zone: 'Europe/Moscow',
        sources: [],
        targets: [],
        mappings: workspace.path('mappings'),
      });
      expect(config.database.url).to.equal(`sqlite:${workspace.path('var', 'connector.db')}`);
    }
  });

  it('refuses names that no index takes, where they stand, and no others', () => {
    for (const name of ['x'.repeat(101), '""', '" "', '"a\\0b"', '"a\\nb"']) {
      expect(faultsOf(`sources:\n  ${name}: { secrets: [s] }\n`).join()).to.match(
        /^2:\d+ .*the name must not be empty/,
      );
      expect(faultsOf(`targets:\n  ${name}: { adapter: csv }\n`).join()).to.match(/2:\d+ .*the name must not be empty/);
    }
    for (const name of ['x'.repeat(100), 'кадры и 1С', '"a.b[0]"'])
      expect(good(`sources:\n  ${name}: { secrets: [s] }\n`).sources).to.have.length(1);
  });

  it('takes the example of the design, in milliseconds and bytes', () => {
    const config = good(
      `server: { host: 127.0.0.1, port: "\${PORT:-8080}", bodyLimit: 10mb }
stages:
  hired: [ "Выход на работу", 33 ]
sources:
  huntflow: { secrets: [ "\${HUNTFLOW_SECRET:-}" ] }
targets:
  intranet: { adapter: rest, settings: { baseUrl: "https://x.example" }, concurrency: 4, rate: 2.5, timeout: 1.5m, order: none,
    retry: { schedule: [500ms, 10s, 1m, 10m, 1h], giveUp: 7d, attempts: 50, statuses: { 409: later, 422: never } },
    success: { status: [200, 201], when: "=answer.ok = true" }, breaker: { after: 3, rest: 2s, restMax: 30s } }
`,
      { PORT: '9090', HUNTFLOW_SECRET: 'x' },
    );
    expect(config.server.port).to.equal(9090);
    expect(config.stages).to.deep.equal({ hired: ['Выход на работу', 33] });
    expect(config.sources).to.deep.equal([
      {
        name: 'huntflow',
        secrets: ['x'],
        unsigned: false,
        scope: undefined,
        stages: { hired: ['Выход на работу', 33] },
      },
    ]);
    expect(config.targets[0]).to.deep.include({
      name: 'intranet',
      concurrency: 4,
      rate: 2.5,
      timeout: 90_000,
      order: 'none',
      retry: {
        schedule: [500, 10_000, 60_000, 600_000, 3_600_000],
        giveUp: 604_800_000,
        attempts: 50,
        statuses: { 409: 'later', 422: 'never' },
      },
      success: { status: [200, 201], when: 'answer.ok = true' },
      breaker: { after: 3, rest: 2000, restMax: 30_000 },
    });
  });

  it('retries, rests and gives up as the design says when nothing is set', () => {
    const [target] = good('targets: { a: { adapter: csv } }').targets;
    expect(target).to.deep.include({
      retry: { schedule: [10_000, 60_000, 600_000, 3_600_000], giveUp: 604_800_000, attempts: 1000, statuses: {} },
      success: undefined,
      breaker: { after: 10, rest: 1000, restMax: 60_000 },
      rate: undefined,
      order: undefined,
    });
  });

  it('cannot be changed once read', () => {
    const config = good('targets: { a: { adapter: csv, settings: { list: [ 1 ] } } }');
    for (const part of [
      config,
      config.server,
      config.targets,
      config.targets[0],
      config.targets[0]?.settings,
      Reflect.get(Object(config.targets[0]?.settings), 'list'),
    ])
      expect(Object.isFrozen(part)).to.equal(true);
  });

  describe('the environment', () => {
    it('is put in after parsing, so that a value changes no structure', () => {
      const value = 'a"b: { c, d } # ${X}\n- e';
      expect(
        good('sources: { huntflow: { secrets: [ "${SECRET}" ], scope: "a-${SECRET}" } }', { SECRET: value }).sources[0],
      )
        .to.include({ scope: `a-${value}` })
        .and.to.deep.include({ secrets: [value] });
    });

    it('is cast to what the setting needs', () => {
      expect(
        good(
          'server: { port: "${PORT}", bodyLimit: "${LIMIT}" }\nsources: { a: { unsigned: "${OPEN}" } ' +
            '}\ntargets: { t: { adapter: csv, timeout: "${TIME}" } }',
          { PORT: '81', LIMIT: '2kb', OPEN: 'true', TIME: '5s' },
        ),
      ).to.deep.include({ server: { host: '127.0.0.1', port: 81, bodyLimit: 2048 } });
    });

    it('falls back to the default when a variable is unset or empty', () => {
      const read = (variables: Readonly<Record<string, string>>) =>
        good('zone: "${ZONE:-Asia/Yekaterinburg}"', variables).zone;
      expect([read({}), read({ ZONE: '' }), read({ ZONE: 'Europe/Samara' })]).to.deep.equal([
        'Asia/Yekaterinburg',
        'Asia/Yekaterinburg',
        'Europe/Samara',
      ]);
    });

    it('takes an empty value without a default as it is, and an empty default', () => {
      expect(good('sources: { a: { secrets: [ "${S}", "${T:-}" ] } }', { S: '' }).sources[0]?.secrets).to.deep.equal(
        [],
      );
    });

    it('is named with its place when a variable without a default is unset', () => {
      expect(
        faultsOf('server:\n  host: "${HOST_NAME}"\nsources:\n  a: { secrets: [ x, "${ONE}${TWO}" ] }\n'),
      ).to.deep.equal([
        '2:9 the environment variable HOST_NAME is not set: set it for the service or in .env, or write ${HOST_NAME:-default}; is its name spelt right?',
        '4:22 the environment variable ONE is not set: set it for the service or in .env; is its name spelt right?',
        '4:22 the environment variable TWO is not set: set it for the service or in .env; is its name spelt right?',
      ]);
    });

    it('leaves $${…} and a lone dollar alone', () => {
      expect(good('sources: { a: { secrets: [ "$${X}-$5-$" ] } }').sources[0]?.secrets).to.deep.equal(['${X}-$5-$']);
    });
  });

  describe('faults', () => {
    const cases: readonly (readonly [what: string, text: string, ...expected: RegExp[]])[] = [
      ['an unknown key at the top', 'server: {}\ntarget: {}\n', /^2:1 unknown key "target", did you mean "targets"\?$/],
      [
        'an unknown key of a section',
        'server:\n  host: 127.0.0.1\n  prot: 80\n',
        /^3:3 unknown key "prot", did you mean "port"\?$/,
      ],
      [
        'an unknown key of a source',
        'sources:\n  huntflow:\n    secret: [ x ]\n',
        /^3:5 unknown key "secret", did you mean "secrets"\?$/,
      ],
      [
        'an unknown key of a target',
        'targets:\n  a: { adapter: csv, concurency: 4 }\n',
        /^2:22 unknown key "concurency", did you mean "concurrency"\?$/,
      ],
      [
        'an unknown key of a retry',
        'targets:\n  a:\n    adapter: csv\n    retry: { giveup: 7d }\n',
        /^4:14 unknown key "giveup", did you mean "giveUp"\?$/,
      ],
      ['an unknown key nothing is like', 'server: { zzzzzzzz: 1 }', /^1:11 unknown key "zzzzzzzz"; known here: .*host/],
      ['a port that is a word', 'server:\n  port: web\n', /^2:9 .*server\.port.* must be a number$/],
      ['a port out of range', 'console: { port: 70000 }', /^1:18 .*at most 65535$/],
      ['a port that is a fraction', 'console: { port: 80.5 }', /^1:18 .*whole number$/],
      ['a size', 'server: { bodyLimit: 10 potatoes }', /^1:22 a size is needed/],
      [
        'a duration without a unit',
        'targets:\n  a: { adapter: csv, timeout: 30 }\n',
        /^2:31 a duration with its unit is needed/,
      ],
      [
        'a duration in a list',
        'targets:\n  a: { adapter: csv, retry: { schedule: [ 10s, soon ] } }\n',
        /^2:48 a duration with its unit is needed/,
      ],
      ['no attempts at all', 'targets:\n  a: { adapter: csv, retry: { attempts: 0 } }\n', /^2:41 .*at least 1$/],
      ['half an attempt', 'targets:\n  a: { adapter: csv, retry: { attempts: 1.5 } }\n', /^2:41 .*whole number$/],
      [
        'a misspelt budget of attempts',
        'targets:\n  a: { adapter: csv, retry: { atempts: 5 } }\n',
        /^2:31 unknown key "atempts", did you mean "attempts"\?$/,
      ],
      [
        'a status that means neither',
        'targets:\n  a: { adapter: rest, retry: { statuses: { 409: soon } } }\n',
        /^2:49 .*must be one of: later, never$/,
      ],
      [
        'a status that is none',
        'targets:\n  a: { adapter: rest, retry: { statuses: { 200: later } } }\n',
        /^2:49 an HTTP status from 300 to 599 is needed/,
      ],
      [
        'a success without its formula',
        'targets:\n  a: { adapter: rest, success: { when: answer.ok } }\n',
        /^2:40 a formula is needed: it begins with "="/,
      ],
      [
        'a success whose formula is broken',
        'targets:\n  a: { adapter: rest, success: { when: "=answer.(" } }\n',
        /^2:40 the formula cannot be read/,
      ],
      [
        'a success that is no status',
        'targets:\n  a: { adapter: rest, success: { status: [20] } }\n',
        /^2:43 .*at least 200$/,
      ],
      ['an empty schedule', 'targets:\n  a: { adapter: csv, retry: { schedule: [] } }\n', /^2:41 .*at least 1 items$/],
      ['an order', 'targets:\n  a: { adapter: csv, order: strikt }\n', /^2:29 .*must be one of: strict, none$/],
      ['no concurrency at all', 'targets:\n  a: { adapter: csv, concurrency: 0 }\n', /^2:35 .*at least 1$/],
      ['a rate of zero', 'targets:\n  a: { adapter: csv, rate: 0 }\n', /^2:28 .+/],
      ['a target without an adapter', 'targets:\n  a: { concurrency: 4 }\n', /^2:6 .*targets\.a\.adapter.* required/],
      ['a target that is a word', 'targets:\n  a: csv\n', /^2:6 .*a set of/],
      ['targets as a list', 'targets:\n  - adapter: csv\n', /^2:3 .*a set of/],
      ['secrets as a word', 'sources:\n  a: { secrets: x }\n', /^2:17 .*a list$/],
      ['a zone', 'zone: Moscow', /^1:7 unknown time zone/],
      ['a database address', 'database: { url: "mysql://x" }', /^1:18 an address like sqlite:/],
      ['a log level', 'log: { level: loud }', /^1:15 .*must be one of: debug, info/],
      ['a stage that is a set', 'stages: { hired: [ { id: 5 } ] }', /^1:20 a stage is given by its id or its name$/],
      ['a tab', 'server:\n\thost: x\n', /^2:1 a tab is used for indentation/],
      ['a key twice', 'server: {}\nzone: Europe/Moscow\nserver: {}\n', /^3:1 the key "server" is there already/],
      ['a broken quote', 'zone: "Europe\n', /^1:7 a quote " is opened here and /],
      ...[
        'https://{domian}/',
        'https://{domain}/{}',
        'https://{domain',
        'https://{dоmain}/',
        '{domain}{ applicant }',
      ].map((link): [string, string, RegExp] => [
        `candidateLink ${link}`,
        `candidateLink: "${link}"`,
        /^1:16 .*only \{domain\}, \{account\}, \{vacancy\} and \{applicant\} may stand/,
      ]),
      ...['true', 'false', '1000', '', '[1000]'].map((written): [string, string, RegExp] => [
        `a quarantine without its bounds: ${written || 'nothing'}`,
        `sources:\n  a:\n    quarantine: ${written}\n`,
        /^3:\d+ a quarantine is a set of bounds: .*`quarantine: \{\}` means the same.*answered 200.*`events verify`/,
      ]),
      ['a whole file that is a list', '- 1\n', /^1:1 .*a set of/],
      ['a whole file that is a word', 'hello', /^1:1 .*a set of/],
    ];
    for (const [what, text, ...expected] of cases) {
      it(`are told with their place: ${what}`, () => {
        const found = faultsOf(text);
        expect(found).to.have.length(expected.length);
        for (const [index, each] of found.entries()) expect(each).to.match(expected[index] ?? /^$/);
      });
    }

    it('are told with their place: a database below /proc, where Node would make its folder for ever', function () {
      if (process.platform !== 'linux') this.skip();
      for (const url of [
        'sqlite:/proc/nothing/connector.db',
        'sqlite:/proc/self/connector.db',
        'sqlite:/proc/1/../nothing/at/all.db',
      ]) {
        expect(faultsOf(`database: { url: "${url}" }`), url).to.have.length(1);
        expect(faultsOf(`database: { url: "${url}" }`)[0]).to.match(/^1:18 .*name a folder on a disk$/);
      }
      for (const url of [
        'sqlite:/proc/self/cwd/nothing/connector.db',
        `sqlite:${workspace.path('new', 'connector.db')}`,
      ])
        good(`database: { url: "${url}" }`);
    });

    it('are told with their place: an address of PostgreSQL that cannot be meant, without a word of its user or password', () => {
      const addresses: readonly (readonly [string, RegExp])[] = [
        ['bob:hunter2@h:54 32/db', /cannot be read/],
        ['bob:hunter2@h:port/db', /cannot be read/],
        ['bob:hunter2@/db', /cannot be read/],
        ['bob:hunter2/x@h/db', /cannot be read.*%2F/],
        ['bob:hunter2%ff@h/db', /cannot be read/],
        ['bob:hunter2@h:5432', /names no database/],
        ['bob:hunter2@h/', /names no database/],
        ['bob:12/hunter2@h/db', /names no database/],
        ['bob:hunter2#x@h/db', /has no "#".*%23 %40/],
        ['bob:hunter2@h/db#x', /has no "#"/],
        ['bob:hunter2@h/db?pooled=yes', /either true or false/],
        ['bob:hunter2@h/db?pooled=', /either true or false/],
      ];
      for (const [address, expected] of addresses) {
        const { config, faults } = load('database: { url: "${DATABASE_URL}" }', {
          DATABASE_URL: `postgres://${address}`,
        });
        expect(config, address).to.equal(undefined);
        expect(shown(faults), address).to.have.length(1);
        expect(shown(faults)[0], address)
          .to.match(/^1:18 /)
          .and.match(expected);
        expect(`${faults[0]?.text.ru} ${faults[0]?.text.en}`, address).not.to.match(/hunter2|bob/);
      }
      for (const address of [
        'bob:p%23w@h/db',
        'bob:p@w@h/db',
        'h/db',
        'bob@[::1]:6432/db?pooled=true',
        '/db?host=/run/pg',
        'bob:100%@h/db?pooled=false&sslmode=require',
      ])
        good(`database: { url: "postgresql://${address}" }`);
    });

    it('are told all at once', () => {
      const found = faultsOf(
        'server: { port: web, hosst: x }\nzone: Moscow\nsources:\n  a: { secrets: [ "${NO}" ] }\ntargets:\n  ' +
          'b: { adapter: csv, order: x }\n',
      );
      expect(found.map((each) => each.split(' ')[0])).to.have.members(['1:17', '1:22', '2:7', '4:19', '6:29']);
    });

    it('quote no value, for it may be a secret', () => {
      const found = faultsOf(
        'server: { port: hunter2 }\nsources: { a: { secrets: hunter2 } }\ntargets: { b: { adapter: csv, ' +
          'order: hunter2, timeout: hunter2 } }',
      );
      expect(found.join('\n')).not.to.include('hunter2');
    });

    it('speak both languages', () => {
      for (const { text } of load('serverr: {}\nzone: x\nserver: { port: a }').faults) {
        expect(text.ru).to.match(/[а-яё]/i);
        expect(text.en).not.to.match(/[а-яё]/i);
      }
    });

    it('name a file that is not there', () => {
      const { config, faults } = loadConfig(workspace.path('nothing.yaml'), {});
      expect(config).to.equal(undefined);
      expect(faults).to.have.length(1);
      expect(faults[0]).to.include({ file: workspace.path('nothing.yaml'), line: 1, column: 1 });
    });
  });

  describe('a source without a secret', () => {
    const sources = [
      'sources:\n  huntflow: {}\n',
      'sources:\n  huntflow: { secrets: [] }\n',
      'sources:\n  huntflow: { secrets: [ "", "${NONE:-}" ] }\n',
    ];

    it('is a warning on loopback', () => {
      for (const host of ['127.0.0.1', '127.1.2.3', 'localhost', '::1']) {
        for (const text of sources) {
          const { config, faults } = load(`server: { host: "${host}" }\n${text}`);
          expect(config?.sources[0]?.secrets, host).to.deep.equal([]);
          expect(
            faults.map(({ level, line, column }) => ({ level, line, column })),
            host,
          ).to.deep.equal([{ level: 'warning', line: 3, column: 3 }]);
        }
      }
    });

    it('is an error when the server listens beyond', () => {
      for (const host of ['0.0.0.0', '::', '10.0.0.5', 'connector.example', '127.evil.example', '']) {
        for (const text of sources)
          expect(faultsOf(`server: { host: "${host}" }\n${text}`).join(), host).to.match(
            /3:3 source "huntflow" has no secret/,
          );
      }
    });

    it('is fine when it says so', () => {
      expect(load('server: { host: 0.0.0.0 }\nsources:\n  huntflow: { unsigned: true }\n')).to.deep.include({
        faults: [],
      });
    });
  });
});
