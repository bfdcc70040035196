import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { plainNetwork } from '../support/plain-network.ts';
import { request } from '../support/request.ts';
import { hireToCsv, writeFiles } from '../support/service.ts';
import { command, failingServe, Serving } from '../support/serving.ts';
import { hire, postWebhook } from '../support/webhook.ts';
import { Workspace } from '../support/workspace.ts';

describe('check and serve over faulty files', function () {
  this.timeout(60_000);
  plainNetwork();
  let workspace: Workspace;

  beforeEach(() => {
    workspace = new Workspace();
  });

  afterEach(() => workspace.remove());

  const broken = {
    'a-syntax.yaml': 'mapping: a\non: { event: APPLICANT\nto: staff-csv\n',
    'b-target.yaml': hireToCsv.replace('hire-to-csv', 'b').replace('staff-csv', 'staff-cvs'),
    'c-formula.yaml': hireToCsv.replace('hire-to-csv', 'c').replace('=applicant.id', '=applicant.('),
    'd-test.yaml': `${hireToCsv.replace('hire-to-csv', 'd')}tests:\n  - name: wrong\n    given: { event: {}, meta: { event_type: APPLICANT } }\n    expect: { Кандидат: 1 }\n`,
    'zz-twice.yaml': hireToCsv,
  };

  it('finds nothing wrong with good files, and exits 0', async () => {
    const config = writeFiles(workspace);
    const { code, out, err } = await command(['check', '--config', config]);
    expect(code).to.equal(0);
    expect(err.trim().split('\n')).to.deep.equal([
      'retention is not set: nothing is ever deleted, personal data is kept for ever',
      'privacy.keyFile is not set: personal data in the database is not sealed',
    ]);
    expect(out).to.match(/^All is well: 1 mapping/);
    expect(JSON.parse((await command(['check', '--json', '--config', config])).out)).to.deep.equal({
      items: [],
      next: null,
    });
  });

  it('exits 0 with warnings alone', async () => {
    const config = writeFiles(workspace, { config: { sources: { huntflow: {} } } });
    const { code, out } = await command(['check', '--config', config]);
    expect([code, out.includes('warning: source "huntflow" has no secret')]).to.deep.equal([0, true]);
  });

  it('names the variable that leaves a value empty, files of settings that are missing, and whom a chat cannot reach', async () => {
    const hostKey = `SHA256:${'A'.repeat(43)}`;
    const nobody = (chat: string) =>
      `${chat} finds nobody by an e-mail address: this one is passed over, and when it is the only one the delivery becomes a dead letter. Give an id, for example out of a dictionary (lookup)`;
    const sftp = { host: 'h.example', user: 'u', key: './sftp.key', hostKey };
    const config = writeFiles(workspace, {
      config: {
        targets: {
          chat: { adapter: 'telegram', settings: { token: '${CHAT_TOKEN:-}' } },
          tg: { adapter: 'telegram', settings: { token: '1:made-up' } },
          hook: { adapter: 'slack', settings: { webhook: 'https://hooks.example/services/T/B/x' } },
          any: { adapter: 'mattermost', settings: { webhook: '${CHAT_HOOK:-}' } },
          up: { adapter: 'csv', settings: { folder: 'in', mode: 'file', sftp } },
          ca: { adapter: 'rest', settings: { baseUrl: 'https://x.example', tls: { ca: './ca.pem' } } },
        },
      },
      mappings: {
        'tg.yaml':
          'mapping: tg\non: { event: APPLICANT }\nto: tg\nrecord: { text: hi, to: { all: [ { email: =author.email }, it, -1, "@it", "17", =log.id ] } }\n',
        'hook.yaml':
          'mapping: hook\non: { event: APPLICANT }\nto: hook\nrecord: { text: hi, to: { email: =author.email } }\n',
      },
    });
    const { code, out } = await command(['check', '--config', config], { CHAT_HOOK: '' });
    expect(code).to.equal(2);
    expect(
      out
        .trim()
        .split('\n')
        .filter((line) => !/ (?:port|server) /.test(line))
        .map((line) =>
          line
            .replace(/^\S*\/(?:mappings\/)?/, '')
            .replace(/:\d+:\d+ /, ': ')
            .replaceAll(workspace.folder, ''),
        ),
    ).to.have.members([
      'connector.yaml: «token» is required and missing: empty or missing in .env beside connector.yaml and in the environment of the service: CHAT_TOKEN',
      'connector.yaml: either a webhook, or baseUrl and the token of a bot are needed (empty variables here: CHAT_HOOK)',
      'connector.yaml: "up": There is no key file /config/sftp.key (sftp.key, ENOENT): mend the path, which begins at connector.yaml, or make a key: ssh-keygen -t ed25519 -N "" -f sftp.key.',
      `connector.yaml: "ca": The file of tls.ca cannot be read (ENOENT): check its path in settings and the rights of the service's user.`,
      `tg.yaml: warning: "tg": ${nobody('Telegram')}`,
      'tg.yaml: warning: "tg": Telegram knows no such recipient: the number of a chat (17, -100…) or @name is needed',
      `hook.yaml: warning: "hook": ${nobody('Slack')}`,
    ]);
  });

  it('exits 2 and lists every faulty mapping at once, each with file, line and column', async () => {
    const config = writeFiles(workspace, { mappings: { 'hire-to-csv.yaml': hireToCsv, ...broken } });
    const { code, out, err } = await command(['check', '--config', config]);
    expect(code, err).to.equal(2);
    for (const name of Object.keys(broken)) expect(out, name).to.match(new RegExp(`^\\S*${name}:\\d+:\\d+ \\S`, 'm'));
    expect(out).to.match(
      /b-target\.yaml:3:5 there is no target "staff-cvs" in connector\.yaml, did you mean "staff-csv"\?/,
    );
    expect(out).not.to.match(/hire-to-csv\.yaml:\d+:\d+ (?!.*taken)/);
    const json = await command(['check', '--json', '--config', config]);
    expect(json.code).to.equal(2);
    for (const item of JSON.parse(json.out).items)
      expect(item).to.have.all.keys('file', 'line', 'column', 'level', 'text');
  });

  it('runs the tests of a file whose other tests lack their bodies, and names each place', async () => {
    writeFileSync(workspace.path('broken.json'), '{');
    const tests = `tests:
  - { name: none, given: fixtures/none.json, expect: skipped }
  - { name: right, given: { event: {}, meta: { event_type: VACANCY } }, expect: skipped }
  - { name: wrong, given: { event: {}, meta: { event_type: VACANCY } }, expect: { Кандидат: 1 } }
  - { name: unreadable, given: ../broken.json, expect: skipped }
`;
    const config = writeFiles(workspace, { mappings: { 'hire-to-csv.yaml': `${hireToCsv}${tests}` } });
    const { code, out } = await command(['check', '--config', config]);
    expect(code).to.equal(2);
    expect([...out.matchAll(/hire-to-csv\.yaml:(.*)/g)].map(([, line]) => line)).to.deep.equal([
      '7:26 there is no file fixtures/none.json: the path starts from the folder of this file',
      '10:32 ../broken.json: the body is not valid JSON: line 1, character 2, the file breaks off',
      '9:81 test "wrong": a record was expected, but `on` does not take this event (event: APPLICANT, and the event has "VACANCY"): mend on, or the event of the test (given)',
    ]);
    // whoever mends it looks at its records meanwhile
    const fixture = 'mappings/fixtures/applicant-status-hired.json';
    const tried = await command(['map', 'hire-to-csv', fixture, '--config', config]);
    expect([tried.code, tried.out.includes('"Фамилия": "Иванова"') || tried.out.includes('Кандидат')]).to.deep.equal([
      0,
      true,
    ]);
  });

  it('exits 2 for a faulty connector.yaml, as serve does', async () => {
    const config = writeFiles(workspace, {
      config: { targets: { 'staff-csv': { adapter: 'csv', settings: { foldr: 'x' } } }, zone: '${NO_SUCH_ZONE}' },
    });
    for (const name of ['check', 'serve']) {
      const { code, out, err } = await command([name, '--config', config]);
      expect(code, name).to.equal(2);
      expect(out + err, name).to.match(/connector\.yaml:\d+:\d+ .*NO_SUCH_ZONE/);
      expect(existsSync(workspace.path('var')), 'nothing is made').to.equal(false);
    }
    writeFileSync(
      config,
      JSON.stringify(
        { server: { port: 0 }, targets: { 'staff-csv': { adapter: 'csv', settings: { foldr: 'x' } } } },
        null,
        2,
      ),
    );
    for (const name of ['check', 'serve']) {
      const { code, out, err } = await command([name, '--config', config]);
      expect(code, name).to.equal(2);
      expect(out + err, name).to.match(/connector\.yaml:\d+:\d+ unknown key "foldr", did you mean "folder"\?/);
    }
    expect((await failingServe(workspace.path('none.yaml'))).code).to.equal(2);
  });

  it('ends with a sentence when the database is to lie below /proc', async function () {
    if (process.platform !== 'linux') this.skip();
    const config = writeFiles(workspace, { config: { database: { url: 'sqlite:/proc/nothing/connector.db' } } });
    const results = await Promise.all(
      [['serve'], ['events', 'list']].map((args) => command([...args, '--config', config])),
    );
    for (const { code, err } of results)
      expect([code, /connector\.yaml:\d+:\d+ .*name a folder on a disk\n$/.test(err)], err).to.deep.equal([2, true]);
  });

  it('leaves a running service with the good mappings, ready, and naming the faulty ones', async () => {
    const config = writeFiles(workspace, { mappings: { 'hire-to-csv.yaml': hireToCsv, ...broken } });
    const serving = await new Serving(config).ready();
    try {
      for (const url of [serving.url, serving.consoleUrl]) {
        const { status, text } = await request(`${url}/health/ready`, { method: 'GET' });
        expect(status).to.equal(200);
        for (const name of Object.keys(broken)) expect(text, name).to.include(name);
      }
      expect((await postWebhook(serving.url, hire(1))).status).to.equal(200);
      const list = async () =>
        JSON.parse((await command(['deliveries', 'list', '--json', '--config', config])).out).items;
      await serving.said('"msg":"delivered"');
      expect((await list()).map(({ mapping }: { readonly mapping: string }) => mapping)).to.deep.equal(['hire-to-csv']);
      expect(await request(`${serving.url}/metrics`, { method: 'GET' })).to.include({ status: 404 });
      expect((await request(`${serving.consoleUrl}/metrics`, { method: 'GET' })).text).to.include(
        'huntflow_connector_webhooks_total{source="huntflow",answer="accepted"} 1',
      );
    } finally {
      expect(await serving.stop('SIGINT')).to.equal(0);
    }
  });

  it('serves without any mapping, and answers a PING before there is one', async () => {
    const config = writeFiles(workspace, { mappings: {} });
    rmSync(workspace.path('mappings'), { recursive: true });
    const serving = await new Serving(config).ready();
    expect((await postWebhook(serving.url, Buffer.from('{}'), { event: 'PING' })).json).to.deep.equal({
      status: 'ping',
    });
    expect((await postWebhook(serving.url, hire(1))).status).to.equal(200);
    expect(await serving.stop()).to.equal(0);
  });

  it('says which port is taken', async () => {
    const serving = await new Serving(writeFiles(workspace)).ready();
    const other = new Workspace();
    const port = Number(new URL(serving.url).port);
    const { code, err } = await failingServe(writeFiles(other, { config: { server: { port } } }));
    other.remove();
    await serving.stop();
    expect([code, err.includes(`port ${port} is taken`), /\n\s+at /.test(err)]).to.deep.equal([1, true, false]);
  });
});

describe('the launcher', () => {
  const launcher = fileURLToPath(new URL('../../bin/huntflow-connector.js', import.meta.url));
  const old = ['/usr/bin/node', '/usr/local/bin/node'].find((path) => existsSync(path) && isOld(path));

  it('runs the commands', () => {
    const { status, stdout } = spawnSync(process.execPath, [launcher, '--help'], { encoding: 'utf8' });
    expect([status, /serve .*\n(.*\n)*.*deliveries/.test(stdout)]).to.deep.equal([0, true]);
  });

  it('says in one sentence what it needs, under a Node that is too old', function () {
    if (old === undefined) this.skip();
    for (const [lang, words] of [
      ['C', /^huntflow-connector needs Node\.js 22\.18 or newer and this is [\d.]+: .*\n$/],
      ['ru_RU.UTF-8', /^huntflow-connector нужен Node\.js 22\.18 .*\n$/],
    ] as const) {
      const { status, stderr, stdout } = spawnSync(old, [launcher, 'serve'], {
        encoding: 'utf8',
        env: { ...process.env, LC_ALL: lang },
      });
      expect([status, stdout]).to.deep.equal([1, '']);
      expect(stderr).to.match(words);
    }
  });
});

function isOld(path: string): boolean {
  const [major = 0, minor = 0] = execFileSync(path, ['--version'], { encoding: 'utf8' })
    .slice(1)
    .split('.')
    .map(Number);
  return major < 22 || (major === 22 && minor < 18);
}
