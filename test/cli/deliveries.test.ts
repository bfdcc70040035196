import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { Database } from '../../src/database/database.ts';
import type { NewDelivery, Settlement } from '../../src/outbox/delivery.ts';
import { Outbox } from '../../src/outbox/outbox.ts';
import { TargetStates } from '../../src/targets/target-state.ts';
import { writeFiles } from '../support/service.ts';
import { command } from '../support/serving.ts';
import { newDelivery } from '../support/stores.ts';
import { Workspace } from '../support/workspace.ts';

const restEnd = Date.UTC(2099, 0, 1, 9, 30);
const times = { startedAt: 1000, finishedAt: 1010, summary: null, exchanges: [], warnings: [] };

describe('deliveries by filter', function () {
  this.timeout(60_000);
  let workspace: Workspace;
  let config: string;

  const run = (...args: readonly string[]) => command([...args, '--config', config], {}, workspace.folder);
  async function ids(...args: readonly string[]): Promise<readonly number[]> {
    const { items }: { readonly items: readonly { readonly id: number }[] } = JSON.parse(
      (await run('deliveries', 'list', '--json', ...args)).out,
    );
    return items.map(({ id }) => id);
  }

  function told(out: string): unknown {
    const { bulk: _bulk, ...rest } = JSON.parse(out);
    return rest;
  }

  // 1 delivered; 2 dead, 3 and 4 behind it; 5 waits for its time; 6 is owed to a target that is gone.
  before(async () => {
    workspace = new Workspace();
    config = writeFiles(workspace);
    const database = new Database(`sqlite:${workspace.path('var', 'connector.db')}`);
    await database.migrate();
    const outbox = new Outbox(database);
    const insert = (...values: readonly Partial<NewDelivery>[]) =>
      outbox.insert(
        values.map((value) => newDelivery({ target: 'staff-csv', applicant: value.key?.slice(10) ?? null, ...value })),
      );
    const settleNext = async (settlement: Settlement) => {
      const [claim] = await outbox.claim({ target: 'staff-csv', now: 2000, until: 9000, most: 1 });
      if (claim === undefined) throw new Error('nothing is due');
      expect(await outbox.settle(claim, settlement)).to.equal(true);
    };
    await insert({ key: 'applicant/1' });
    await settleNext({ ...times, outcome: 'delivered' });
    await insert({ key: 'applicant/2' }, { key: 'applicant/2' }, { key: 'applicant/2' });
    await settleNext({ ...times, outcome: 'dead', reason: 'rejected' });
    await insert({ key: 'applicant/3' });
    await settleNext({ ...times, outcome: 'retry', dueAt: restEnd, wait: 0, cost: 'attempt', spends: 0 });
    await insert({ key: 'applicant/4', target: 'gone', vacancy: '77' });
    const rest = { is: 'resting', failures: 10, until: Date.now() + 1_800_000, length: 1_800_000 } as const;
    await new TargetStates(database).save('staff-csv', rest, Date.now());
    await database.close();
  });

  after(() => workspace.remove());

  it('tell until when a target rests, and that a person ends that by a retry', async () => {
    const { out } = await run('targets');
    expect(out).to.match(/^staff-csv +csv +cannot be reached since \d\d:\d\d, next try (?:\d\d\.\d\d )?\d\d:\d\d /m);
    await run('deliveries', 'retry', '5');
    expect((await run('targets')).out).to.match(/^staff-csv +csv +active /m);
  });

  it('are previewed, masked, where more than one is meant, and nothing is done without --yes and a terminal', async () => {
    for (const [action, ...extra] of [
      ['cancel'],
      ['retry'],
      ['remap', '--even-unknown'],
      ['replay'],
      ['retry', '--pace', '20/s'],
    ]) {
      const words = ['deliveries', action ?? '', '--state', 'pending', ...extra];
      const plain = await run(...words);
      expect([plain.code, plain.err.split('\n').at(-2)], action).to.deep.equal([
        1,
        'nothing was done: add --yes if that is meant',
      ]);
      expect(plain.out).to.match(/deliveries of \d people, made from 1970-01-01 \S+ to 1970-01-01 \S+; for example:/);
      const { code, out } = await run(...words, '--json');
      const { preview } = JSON.parse(out);
      expect(code, action).to.equal(1);
      expect(preview).to.have.keys('action', 'deliveries', 'people', 'oldest', 'newest', 'rows');
      expect(preview.rows.length, action).to.be.within(1, 5);
      expect(preview.rows[0]).not.to.have.property('record');
    }
    expect((await run('deliveries', 'retry', '--pace', 'fast', '--state', 'dead')).code).to.equal(1);
    const bulks: readonly { state: string }[] = JSON.parse((await run('bulk', '--json')).out).items;
    expect(
      bulks.filter(({ state }) => state !== 'done'),
      'previews stand in no list',
    ).to.deep.equal([]);
    expect(await ids('--state', 'pending')).to.deep.equal([6, 5, 4, 3]);
    expect(await ids('--vacancy', '77')).to.deep.equal([6]);
    expect(await ids('--vacancy', '78')).to.deep.equal([]);
    const none = await run('deliveries', 'retry', '--vacancy', '78', '--yes');
    expect([none.code, none.err], 'over nothing').to.deep.equal([0, 'Nothing fits\n']);
  });

  it('heed ids and a filter together', async () => {
    const both = await run('deliveries', 'cancel', '3', '4', '5', '--target', 'gone', '--json', '--yes');
    expect([both.code, told(both.out)]).to.deep.equal([0, { cancelled: [], refused: [], leftAlone: 3 }]);
    const one = await run('deliveries', 'retry', '2', '5', '--key', 'applicant/3', '--json', '--yes');
    expect([one.code, told(one.out)]).to.deep.equal([0, { retried: [5], refused: [], leftAlone: 1 }]);
    expect(await ids('--state', 'dead')).to.deep.equal([2]);
  });

  it('list what waits behind a dead letter with --state blocked', async () => {
    expect(await ids()).to.deep.equal([6, 5, 4, 3, 2, 1]);
    expect(await ids('--state', 'blocked')).to.deep.equal([4, 3]);
    expect(await ids('--state', 'blocked', '--limit', '1')).to.deep.equal([4]);
    expect(await ids('--state', 'blocked', '--key', 'applicant/3')).to.deep.equal([]);
  });

  it('refuse a target that neither connector.yaml nor a delivery knows', async () => {
    for (const verb of ['list', 'retry', 'cancel']) {
      const { code, out, err } = await run('deliveries', verb, '--target', 'nope');
      expect([code, out, err], verb).to.deep.equal([
        1,
        '',
        'there is no target "nope" in connector.yaml, and no delivery to it\n',
      ]);
    }
    expect(await ids('--target', 'gone')).to.deep.equal([6]);
  });

  it('leave alone what cannot be retried, and say once how many', async () => {
    const { code, out, err } = await run('deliveries', 'retry', '--state', 'delivered', '--yes');
    expect([code, out]).to.deep.equal([0, 'Tried again now: 0\n']);
    expect(err).to.equal(
      'Left alone (delivered, cancelled, being sent, waiting behind another delivery, or of unknown outcome): 1\n',
    );
    const pending = await run('deliveries', 'retry', '--state', 'pending', '--target', 'staff-csv', '--json', '--yes');
    expect([pending.code, told(pending.out)]).to.deep.equal([0, { retried: [5], refused: [], leftAlone: 2 }]);
  });

  it('make a delivery that waits for a far time due now when retried', async () => {
    await run('deliveries', 'retry', '--state', 'pending', '--yes');
    const { items } = JSON.parse((await run('deliveries', 'list', '--json', '--key', 'applicant/3')).out);
    expect(Date.parse(items[0].dueAt)).to.be.at.most(Date.now());
  });

  it('are listed by cause, by what they hold back, by applicant, reason and time', async () => {
    const { items: causes } = JSON.parse((await run('causes', '--json')).out);
    expect(causes).to.have.length(2);
    const rejected = causes.find(({ kind }: { kind: string }) => kind === 'rejected');
    expect(rejected).to.include({ target: 'staff-csv', deliveries: 1, people: 1, example: 2, who: 'mapping author' });
    expect(rejected.command).to.equal(`huntflow-connector deliveries remap --cause ${rejected.id}`);
    expect(await ids('--cause', rejected.id)).to.deep.equal([2]);
    const { items: blocked } = JSON.parse((await run('blocked', '--json')).out);
    expect(blocked).to.deep.equal([
      {
        target: 'staff-csv',
        key: 'applicant/2',
        head: 2,
        reason: 'rejected',
        since: new Date(1010).toISOString(),
        behind: 2,
      },
    ]);
    expect(await ids('--applicant', '2')).to.deep.equal([4, 3, 2]);
    expect(await ids('--reason', 'rejected')).to.deep.equal([2]);
    expect(await ids('--from', '2026-01-01')).to.deep.equal([]);
    expect(await ids('--to', '1970-01-01T00:00:02Z')).to.have.length(6);
    expect((await run('deliveries', 'list', '--from', 'yesterday')).code).to.equal(1);
  });

  it('cancel what waits behind a dead letter', async () => {
    const refused = await run('deliveries', 'cancel', '--state', 'blocked', '--json');
    expect(refused.code).to.equal(1);
    expect(JSON.parse(refused.out).preview).to.deep.include({ action: 'cancel', deliveries: 2 });
    expect(await ids('--state', 'blocked'), 'nobody said yes').to.deep.equal([4, 3]);
    const { out } = await run('deliveries', 'cancel', '--state', 'blocked', '--json', '--yes');
    expect(told(out)).to.deep.equal({ cancelled: [3, 4], refused: [] });
    expect(JSON.parse(out).bulk).to.include({ action: 'cancel', state: 'done', total: 2, done: 2, failed: 0, left: 0 });
    expect(await ids('--state', 'blocked')).to.deep.equal([]);
  });

  it('are edited once: the new one takes the place of the old one', async () => {
    writeFileSync(workspace.path('record.json'), '{"Имя":"Анна"}');
    const edit = (...args: readonly string[]) =>
      run('deliveries', 'edit', '2', '--record', workspace.path('record.json'), '--reason', 'a typo', ...args);
    expect(JSON.parse((await edit('--json')).out)).to.deep.equal({ edited: 2, delivery: 7 });
    const again = await edit();
    expect([again.code, again.err]).to.deep.equal([1, 'delivery 2 was edited already: it is delivery 7 now\n']);
    const shown = JSON.parse((await run('deliveries', 'show', '7', '--json', '--reveal')).out);
    expect(shown).to.deep.include({ replaces: 2, editReason: 'a typo', state: 'pending', record: { Имя: 'Анна' } });
    expect((await run('blocked', '--json')).out).to.include('"items":[]');
  });

  it('are edited after an unknown outcome, and remapped, by whoever says that he has looked', async () => {
    const database = new Database(`sqlite:${workspace.path('var', 'connector.db')}`);
    const outbox = new Outbox(database);
    const [id = 0] = await outbox.insert([newDelivery({ target: 'staff-csv', key: 'applicant/9' })]);
    const claims = await outbox.claim({ target: 'staff-csv', now: 2000, until: 9000, most: 9 });
    const claim = claims.find((each) => each.id === id);
    if (claim === undefined) throw new Error('it is due');
    const lost = { ...times, outcome: 'dead', reason: 'unknown outcome' } as const;
    await outbox.settle(claim, lost);
    await database.close();
    const edit = ['deliveries', 'edit', String(id), '--record', workspace.path('record.json')];
    const asked = await run(...edit);
    expect(asked.code).to.equal(1);
    expect(asked.err).to.match(/the target may have some of delivery \d+ already .*look there first; then --yes/);
    expect(JSON.parse((await run('deliveries', 'remap', String(id), '--json', '--yes')).out)).to.include({
      leftAlone: 1,
    });
    const sure = JSON.parse((await run(...edit, '--even-unknown', '--json')).out);
    expect(sure).to.include({ edited: id });
  });
});

describe('--version', () => {
  it('prints the version of package.json', async () => {
    const { version }: { readonly version: string } = JSON.parse(
      readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
    );
    const { code, out } = await command(['--version']);
    expect([code, out]).to.deep.equal([0, `${version}\n`]);
  }).timeout(20_000);
});
