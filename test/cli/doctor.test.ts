import { mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import BetterSqlite from 'better-sqlite3';
import { expect } from 'chai';
import { logFindings } from '../../src/cli/doctor/write-ahead-log.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { command } from '../support/serving.ts';
import { Service, writeFiles } from '../support/service.ts';
import { newDelivery } from '../support/stores.ts';
import { hire, postWebhook } from '../support/webhook.ts';
import { Workspace } from '../support/workspace.ts';

interface Findings {
  readonly ok: boolean;
  readonly findings: readonly { readonly about: string; readonly level: string; readonly text: string }[];
}

describe('doctor', function () {
  this.timeout(60_000);
  let workspace: Workspace;
  let config: string;

  const run = (...args: readonly string[]) => command([...args, '--config', config], {}, workspace.folder);
  async function examined(code: number): Promise<string[]> {
    const result = await run('doctor', '--json');
    expect(result.code, result.err + result.out).to.equal(code);
    const found: Findings = JSON.parse(result.out);
    expect(found.ok).to.equal(code === 0);
    return found.findings.map(({ about, level, text }) => `${level} ${about}: ${text}`);
  }

  beforeEach(() => {
    workspace = new Workspace();
    config = writeFiles(workspace);
  });

  afterEach(() => workspace.remove());

  it('says of each part whether it is well, and ends with 0', async () => {
    const service = await Service.start({}, {}, workspace);
    await postWebhook(service.url, hire(1));
    await service.app.drain();
    await service.app.composition.alarms.look();
    await service.app.stop();
    expect((await run('backup', workspace.path('copy.db'))).code).to.equal(0);
    const findings = (await examined(0)).join('\n');
    for (const said of [
      /^info mappings: mappings that are well: 1$/m,
      /^info targets: the target "staff-csv" is well$/m,
      /^info disk: \d+ MB are free/m,
      /^info database: the database opens/m,
      /^info webhook: the webhook "huntflow" last came at \d\d:\d\d$/m,
      /^info clock: /m,
      /^info backup: the last backup is 1 min old/m,
      /^warning sealing: /m,
      /^info versions: huntflow-connector \d/m,
    ])
      expect(findings).to.match(said);
    expect(findings).not.to.include('error ');
    const { out } = await run('doctor', '--lang', 'ru');
    expect(out).to.match(/^✓ цели: цель «staff-csv» в порядке$/m);
  });

  it('knows of a webhook that came just before a crash took the tally', async () => {
    const service = await Service.start({}, {}, workspace);
    await postWebhook(service.url, hire(1));
    await service.app.stop();
    const file = new BetterSqlite(workspace.path('var', 'connector.db'));
    file.exec('delete from webhooks');
    file.close();
    expect((await examined(0)).filter((line) => line.includes('webhook:')).join()).to.include('last came');
  });

  it('names a log that grows because another program never ends reading', () => {
    const found = () => {
      const loaded = loadConfig(config, {}).config ?? expect.fail('no config');
      return logFindings(loaded).map(({ level, text }) => `${level} ${text.en}`);
    };
    const file = workspace.path('var', 'connector.db-wal');
    mkdirSync(workspace.path('var'));
    expect(found()).to.deep.equal([]);
    writeFileSync(file, '');
    truncateSync(file, 255 * 1024 ** 2);
    expect(found()).to.deep.equal([]);
    truncateSync(file, 832 * 1024 ** 2);
    expect(found()[0]).to.match(/^warning .*connector\.db-wal has grown to 832 MB: another program .* \(fuser -v /);
  });

  it('tells what waits for a person, and what a person holds back', async () => {
    const service = await Service.start({}, {}, workspace);
    await service.app.composition.outbox.insert([
      newDelivery({ target: 'staff-csv', made: { failed: { ru: 'не вышло', en: 'did not work' } } }),
    ]);
    await service.app.stop();
    expect((await run('targets', 'pause', 'staff-csv')).code).to.equal(0);
    const findings = (await examined(0)).join('\n');
    expect(findings).to.match(/^warning deliveries: "staff-csv": a person must see to 1 delivery; the command causes/m);
    expect(findings).to.match(/^warning targets: "staff-csv" is paused: .* targets resume staff-csv$/m);
  });

  it('says what is wrong and what to do, and ends with 1', async () => {
    const before: unknown = JSON.parse(readFileSync(config, 'utf8'));
    const wrong = {
      ...Object(before),
      stages: { hired: [4711] },
      targets: { out: { adapter: 'csv', settings: { folder: '../none' } } },
    };
    writeFileSync(config, JSON.stringify(wrong));
    writeFileSync(workspace.path('mappings', 'hire-to-csv.yaml'), 'mapping: hire\nto: nowhere\n');
    const findings = (await examined(1)).join('\n');
    expect(findings).to.match(/^error mappings: .*hire-to-csv\.yaml:\d+:\d+ /m);
    expect(findings).to.match(/^error targets: "out": .*\. Mend the target or its settings, then check --live$/m);
    expect(findings).to.match(/^error database: there is no database yet/m);
    expect(findings).to.match(/^warning backup: there has been no backup yet/m);
    expect((await run('doctor')).err).to.include('something to mend');
  });
});
