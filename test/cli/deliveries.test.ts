import { readFileSync } from 'node:fs';
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

  // 1 delivered; 2 dead, 3 and 4 behind it; 5 waits for its time; 6 is owed to a target that is gone.
  before(async () => {
    workspace = new Workspace();
    config = writeFiles(workspace);
    const database = new Database(`sqlite:${workspace.path('var', 'connector.db')}`);
    await database.migrate();
    const outbox = new Outbox(database);
    const insert = (...values: readonly Partial<NewDelivery>[]) =>
      outbox.insert(values.map((value) => newDelivery({ target: 'staff-csv', ...value })));
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
    await insert({ key: 'applicant/4', target: 'gone' });
    await new TargetStates(database).save('staff-csv', {
      is: 'resting',
      failures: 10,
      until: Date.now() + 1_800_000,
      length: 1_800_000,
    });
    await database.close();
  });

  after(() => workspace.remove());

  it('tell until when a target rests, and that a person ends that by a retry', async () => {
    const { out } = await run('targets');
    expect(out).to.match(/^staff-csv +csv +resting \(until 20\d\d-\d\d-\d\d \d\d:\d\d:\d\d\) /m);
    await run('deliveries', 'retry', '5');
    expect((await run('targets')).out).to.match(/^staff-csv +csv +active /m);
  });

  it('heed ids and a filter together', async () => {
    const both = await run('deliveries', 'cancel', '3', '4', '5', '--target', 'gone', '--json');
    expect([both.code, JSON.parse(both.out)]).to.deep.equal([0, { cancelled: [], refused: [], leftAlone: 3 }]);
    const one = await run('deliveries', 'retry', '2', '5', '--key', 'applicant/3', '--json');
    expect([one.code, JSON.parse(one.out)]).to.deep.equal([0, { retried: [5], refused: [], leftAlone: 1 }]);
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
    const { code, out, err } = await run('deliveries', 'retry', '--state', 'delivered');
    expect([code, out]).to.deep.equal([0, 'Tried again now: 0\n']);
    expect(err).to.equal('Left alone (delivered, cancelled, being sent, or waiting behind another delivery): 1\n');
    const pending = await run('deliveries', 'retry', '--state', 'pending', '--target', 'staff-csv', '--json');
    expect([pending.code, JSON.parse(pending.out)]).to.deep.equal([0, { retried: [5], refused: [], leftAlone: 2 }]);
  });

  it('make a delivery that waits for a far time due now when retried', async () => {
    await run('deliveries', 'retry', '--state', 'pending');
    const { items } = JSON.parse((await run('deliveries', 'list', '--json', '--key', 'applicant/3')).out);
    expect(Date.parse(items[0].dueAt)).to.be.at.most(Date.now());
  });

  it('cancel what waits behind a dead letter', async () => {
    const { out } = await run('deliveries', 'cancel', '--state', 'blocked', '--json');
    expect(JSON.parse(out)).to.deep.equal({ cancelled: [3, 4], refused: [] });
    expect(await ids('--state', 'blocked')).to.deep.equal([]);
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
