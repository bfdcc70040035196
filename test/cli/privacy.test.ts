import { existsSync, rmSync, statSync } from 'node:fs';
import { expect } from 'chai';
import { filesWith, hireOf, personalOf, surname } from '../support/hires.ts';
import { plainNetwork } from '../support/plain-network.ts';
import { writeFiles } from '../support/service.ts';
import { command, Serving } from '../support/serving.ts';
import { until } from '../support/until.ts';
import { postWebhook, withValue } from '../support/webhook.ts';
import { Workspace } from '../support/workspace.ts';

const people = process.env['SOAK'] === undefined ? 20 : 1000;

describe('sealed data of people', function () {
  this.timeout(300_000);
  plainNetwork();
  let workspace: Workspace;
  let config: string;
  let serving: Serving | undefined;

  beforeEach(() => {
    workspace = new Workspace();
  });
  afterEach(async () => {
    await serving?.stop();
    serving = undefined;
    workspace.remove();
  });

  async function makeKey(): Promise<void> {
    const made = await command(['keys', 'new', workspace.path('connector.key')]);
    expect(made.code).to.equal(0);
    expect(made.out).to.match(/^1 [\w-]{43}$/m);
  }
  function sealed(privacy: object = { keyFile: '../connector.key' }, targets?: object): string {
    return writeFiles(workspace, { config: { privacy, ...(targets !== undefined && { targets }) } });
  }
  async function hires(from: number, to: number): Promise<void> {
    for (let number = from; number < to; number += 1)
      expect((await postWebhook(serving?.url ?? '', hireOf(number))).status).to.equal(200);
  }
  async function delivered(count: number, state = 'delivered'): Promise<void> {
    await until(
      `${count} are ${state}`,
      async () => {
        const { out } = await command([
          'deliveries',
          'list',
          '--state',
          state,
          '--limit',
          'all',
          '--json',
          '--config',
          config,
        ]);
        return out.split('"eventId"').length - 1 >= count;
      },
      60_000,
    );
  }
  async function actsOf(): Promise<unknown> {
    const { out } = await command(['forget', 'acts', '--json', '--config', config]);
    const { items } = JSON.parse(out);
    return items.map(({ id, applicants }: { id: number; applicants: string[] }) => ({ id, applicants }));
  }
  const linesOf = (act: string) =>
    act.split('\n').slice(0, act.split('\n').findIndex((line) => /^\d+; /.test(line)) + 1);

  it('lies readable nowhere, goes with its key, and comes back with no backup', async () => {
    await makeKey();
    config = sealed();
    serving = await new Serving(config).ready();
    await hires(0, people);
    await delivered(people);
    const all = Array.from({ length: people }, (_, number) => personalOf(number)).flat();
    expect(filesWith(workspace.path('var'), all)).to.deep.equal([]);
    expect(all.filter((text) => serving?.log.includes(text))).to.deep.equal([]);

    const copy = workspace.path('last-week.db');
    expect((await command(['backup', copy, '--config', config])).code).to.equal(0);
    const exported = await command(['export', 'applicant', '3', '--config', config]);
    expect(exported.out).to.include(surname(3)).and.include('tarabukin.3@example.org');

    const unsure = await command(['forget', 'applicant', '3', '--config', config]);
    expect(unsure.code).to.equal(1);
    const forgotten = await command(['forget', 'applicant', '3', '--yes', '--config', config]);
    expect(forgotten.err).to.match(
      /^Earlier copies of the store of keys still open .*\(backup --keys FILE, pg_dump on PostgreSQL\)/,
    );
    expect(forgotten.out)
      .to.match(/АКТ № 1/)
      .and.include('кандидат Хантфлоу № 3')
      .and.include(' — принято.')
      .and.match(/\(forget\); applicant\/3 forgetting\/1; [0-9a-f]{64}$/m);
    const again = await command(['export', 'applicant', '3', '--config', config]);
    expect(again.code).to.equal(1);
    expect(again.err).to.match(/^applicant 3 was forgotten at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d, act 1 /);
    expect((await command(['person', '3', '--config', config])).err).to.equal(again.err);
    expect(await actsOf()).to.deep.equal([{ id: 1, applicants: ['3'] }]);
    const shown = await fetch(`${serving.consoleUrl}/api/people/3`);
    expect([shown.status, await shown.text()])
      .to.have.nested.property('[1]')
      .that.includes('act 1');
    // What stands in the rows says why they say nothing.
    const event = JSON.parse((await command(['events', 'show', '4', '--json', '--config', config])).out);
    expect(event)
      .to.have.property('gone')
      .that.matches(/the person was forgotten at [\d: -]+, act 1$/);
    const shownThen = await command(['deliveries', 'show', String(event.deliveries[0].id), '--config', config]);
    expect(shownThen.out).to.include(event.gone).and.not.include('the mapping could not make it');
    // Whoever comes with that id now is somebody new.
    const next = withValue(hireOf(3), ['event', 'applicant_log', 'id'], 999_999);
    await postWebhook(serving.url, withValue(next, ['meta', 'event_id'], 'another'));
    await delivered(people + 1);
    const anew = await command(['export', 'applicant', '3', '--config', config]);
    expect(JSON.parse(anew.out)['events']).to.have.length(1);
    await serving.stop();

    const restored = await command(['restore', copy, '--yes', '--config', config]);
    expect(restored.err).to.equal('');
    expect(restored.out).to.include('1 person(s) have no key any more and stay forgotten');
    // Paper that somebody signed: what the audit says now, which went back with the copy, stands below it.
    const act = await command(['forget', 'act', '1', '--config', config]);
    expect(act.out)
      .to.include(linesOf(forgotten.out).join('\n'))
      .and.match(/Позднее об этом акте:\n.*\(restore\)/);

    // Another machine has the keys and the copy, and no act: its numbers go on.
    rmSync(workspace.path('var', 'connector.db'));
    const elsewhere = await command(['restore', copy, '--yes', '--config', config]);
    expect(elsewhere.out).to.include('The acts of erasure 1 are not in this copy');
    expect(await actsOf()).to.deep.equal([]);
    const second = await command(['forget', 'applicant', '5', '--yes', '--config', config]);
    expect(second.out).to.include('АКТ № 2 ');
    const head = /; ([0-9a-f]{64})$/m.exec(second.out)?.[1] ?? '';
    const seq = /^(\d+); /m.exec(second.out)?.[1] ?? '';
    for (const noted of [head, head.slice(0, 16)]) {
      const verified = await command(['audit', 'verify', '--head', `${seq}:${noted}`, '--config', config]);
      expect(verified.code, verified.err).to.equal(0);
    }
    const wrong = await command(['audit', 'verify', '--head', `${seq}:${'0'.repeat(16)}`, '--config', config]);
    expect(wrong.code).to.equal(1);
    // What the first act says was noted in the database before.
    const [, before, noted] = /^(\d+); .*; ([0-9a-f]{64})$/m.exec(forgotten.out) ?? [];
    for (let number = 0; number < 3; number += 1) await command(['targets', 'resume', 'staff-csv', '--config', config]);
    const lost = await command(['audit', 'verify', '--head', `${before}:${noted}`, '--config', config]);
    expect([lost.code, lost.err])
      .to.have.nested.property('[1]')
      .that.includes('the database was restored from a copy (entry ');
    const examined = await command(['doctor', '--config', config]);
    expect(examined.out).to.match(/^! backup: the last copy was made before act 2: make a new one/m);
    expect((await command(['export', 'applicant', '3', '--config', config])).code).to.equal(1);
    const other = await command(['export', 'applicant', '4', '--config', config]);
    expect(other.out).to.include(surname(4));
    serving = await new Serving(config).ready();
  });

  it('is not forgotten while something is owed, unless that is cancelled', async () => {
    await makeKey();
    config = sealed(undefined, {
      'staff-csv': { adapter: 'csv', settings: { folder: '../missing', name: 'a.csv', encoding: 'utf-8' } },
    });
    serving = await new Serving(config).ready();
    await hires(0, 2);
    await delivered(2, 'pending');
    await serving.stop();
    const refused = await command(['forget', 'applicant', '1', '--yes', '--config', config]);
    expect(refused.code).to.equal(1);
    expect(refused.err).to.include('--cancel');
    const done = await command(['forget', 'applicant', '1', '--yes', '--cancel', '--config', config]);
    expect(done.code).to.equal(0);
    expect(filesWith(workspace.path('var'), personalOf(1))).to.deep.equal([]);
    serving = undefined;
  });

  it('keeps its keys: no file is written over, no other key is taken, and none is done without', async () => {
    await makeKey();
    expect((await command(['keys', 'new', workspace.path('connector.key')])).code).to.equal(1);
    expect(statSync(workspace.path('connector.key')).mode & 0o777).to.equal(0o400);
    config = sealed();
    serving = await new Serving(config).ready();
    await hires(0, 3);
    await delivered(3);
    const rotated = await command(['keys', 'rotate', '--config', config]);
    expect(rotated.err).to.equal('');
    expect(rotated.code).to.equal(0);
    await hires(3, 5);
    await delivered(5);
    expect((await command(['keys', 'rotate', '--config', config])).code).to.equal(0);
    expect((await command(['export', 'applicant', '1', '--config', config])).out).to.include(surname(1));
    expect((await command(['export', 'applicant', '4', '--config', config])).out).to.include(surname(4));
    const keys = workspace.path('keys.db');
    expect((await command(['backup', '--keys', keys, '--config', config])).out).to.match(/\d+ keys/);
    expect(existsSync(keys)).to.equal(true);
    await serving.stop();
    serving = undefined;

    await command(['keys', 'new', workspace.path('other.key')]);
    sealed({ keyFile: '../other.key' });
    const other = await command(['serve', '--config', config]);
    expect(other.code).to.equal(1);
    expect(other.err).to.include('do not fit the key store');
    writeFiles(workspace);
    const without = await command(['serve', '--config', config]);
    expect(without.code).to.equal(1);
    expect(without.err).to.include('privacy.keyFile is not set');
  });

  it('is sealed when a key comes later, with what was kept before', async () => {
    config = writeFiles(workspace);
    serving = await new Serving(config).ready();
    await hires(0, 5);
    await delivered(5);
    expect(filesWith(workspace.path('var'), personalOf(2))).not.to.deep.equal([]);
    const open = await command(['backup', workspace.path('open.db'), '--config', config]);
    expect(open.err).to.include('personal data in this copy is open');
    await serving.stop();
    await makeKey();
    sealed();
    expect((await command(['doctor', '--config', config])).out).to.match(
      /^! backup: the last copy \(.*open\.db\) was made before there was a key/m,
    );
    serving = await new Serving(config).ready();
    const all = Array.from({ length: 5 }, (_, number) => personalOf(number)).flat();
    await until('nothing is readable', () => filesWith(workspace.path('var'), all).length === 0, 30_000);
    const exported = await command(['export', 'applicant', '2', '--config', config]);
    expect(exported.out).to.include(surname(2));
    expect((await command(['export', 'applicant', surname(2), '--config', config])).err).to.include('applicant/2');
  });
});
