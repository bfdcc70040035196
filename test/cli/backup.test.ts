import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect } from 'chai';
import { plainNetwork } from '../support/plain-network.ts';
import { writeFiles } from '../support/service.ts';
import { command, Serving } from '../support/serving.ts';
import { until } from '../support/until.ts';
import { hire, postWebhook } from '../support/webhook.ts';
import { Workspace } from '../support/workspace.ts';

describe('backup and restore', function () {
  this.timeout(120_000);
  plainNetwork();
  let workspace: Workspace;

  beforeEach(() => {
    workspace = new Workspace();
  });

  afterEach(() => workspace.remove());

  it('save the database while webhooks come, and put it back with every target paused', async () => {
    // Nothing can be delivered: what is owed at the time of the copy is still owed.
    const csv = { adapter: 'csv', settings: { folder: '../missing', name: 'hires.csv', encoding: 'utf-8' } };
    const config = writeFiles(workspace, { config: { targets: { 'staff-csv': csv } } });
    const copy = workspace.path('copy.db');
    const serving = await new Serving(config).ready();
    try {
      for (let number = 0; number < 5; number += 1)
        expect((await postWebhook(serving.url, hire(number))).status).to.equal(200);
      await until(
        'the hires are mapped',
        async () => {
          const { out } = await command(['deliveries', 'list', '--json', '--config', config]);
          return out.split('"eventId"').length > 5;
        },
        30_000,
      );
      const late = Array.from({ length: 20 }, (_, index) => postWebhook(serving.url, hire(100 + index)));
      const saved = await command(['backup', copy, '--config', config]);
      expect(saved.code).to.equal(0);
      expect(saved.err).to.equal(
        'There is no key (privacy.keyFile is not set): personal data in this copy is open, keep it as you keep that\n',
      );
      expect(saved.out).to.match(/^Saved and checked: .*copy\.db, \d+\.\d MB, \d+ events, \d+ deliveries\n$/);
      expect((await Promise.all(late)).map(({ status }) => status)).to.deep.equal(late.map(() => 200));
      expect(statSync(copy).mode & 0o777).to.equal(0o600);
      expect(readdirSync(dirname(copy)).filter((name) => name.endsWith('.part'))).to.deep.equal([]);

      const again = await command(['backup', copy, '--config', config]);
      expect(again.code).to.equal(1);
      expect(again.err).to.include('never written over');
      const served = await command(['restore', copy, '--yes', '--config', config]);
      expect(served.code).to.equal(1);
      expect(served.err).to.include('stop it, then restore again');
    } finally {
      await serving.stop();
    }

    const unsure = await command(['restore', copy, '--config', config]);
    expect(unsure.code).to.equal(1);
    expect(unsure.err).to.include('Add --yes.');
    const restored = await command(['restore', copy, '--yes', '--config', config]);
    expect(restored.err).to.equal('');
    expect(restored.code).to.equal(0);
    expect(restored.out).to.match(/every target is paused.*\nAt .* was owed: staff-csv \d+\./);
    const targets = await command(['targets', 'list', '--json', '--config', config]);
    expect(targets.out).to.include('"state":"paused"');
    const beside = readdirSync(workspace.path('var')).filter((name) => name.includes('before-restore'));
    expect(beside).to.have.length(1);
    expect(readdirSync(workspace.path('var')).filter((name) => name.endsWith('.restored'))).to.deep.equal([]);
  });

  it('refuse what is no database of ours and leave everything as it is', async () => {
    const config = writeFiles(workspace);
    await command(['targets', 'list', '--config', config]);
    writeFileSync(workspace.path('odd.db'), 'no database at all');
    for (const file of ['odd.db', 'missing.db']) {
      const { code, err } = await command(['restore', workspace.path(file), '--yes', '--config', config]);
      expect(code, file).to.equal(1);
      expect(err, file).to.match(/take another copy|there is no database/);
      expect(err, file).not.to.include('    at ');
    }
    expect(readdirSync(workspace.path('var')).filter((name) => /restore/.test(name))).to.deep.equal([]);
  });

  it('say for PostgreSQL what saves it, and save nothing', async () => {
    const config = writeFiles(workspace, { config: { database: { url: 'postgres://hr:geheim@127.0.0.1:1/hr' } } });
    const { code, err } = await command(['backup', workspace.path('copy.db'), '--config', config]);
    expect(code).to.equal(1);
    expect(err).to.include('pg_dump --format=custom').and.not.include('geheim');
    expect(existsSync(workspace.path('copy.db'))).to.equal(false);
  });
});
