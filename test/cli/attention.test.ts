import { expect } from 'chai';
import { Database } from '../../src/database/database.ts';
import { Outbox } from '../../src/outbox/outbox.ts';
import { writeFiles } from '../support/service.ts';
import { command } from '../support/serving.ts';
import { newDelivery } from '../support/stores.ts';
import { Workspace } from '../support/workspace.ts';

describe('attention', function () {
  this.timeout(60_000);
  let workspace: Workspace;
  let config: string;

  const run = (...args: readonly string[]) => command([...args, '--config', config], {}, workspace.folder);

  // 1 and 2 delivered with a finding, 3 without.
  before(async () => {
    workspace = new Workspace();
    config = writeFiles(workspace);
    const database = new Database(`sqlite:${workspace.path('var', 'connector.db')}`);
    await database.migrate();
    const outbox = new Outbox(database);
    await outbox.insert([1, 2, 3].map((eventId) => newDelivery({ target: 'staff-csv', key: null, eventId })));
    const finding = { ru: 'ДатаРождения отличается', en: 'ДатаРождения differs' };
    for (const claim of await outbox.claim({ target: 'staff-csv', now: 2000, until: 9000, most: 3 }))
      await outbox.settle(claim, {
        startedAt: 2000,
        finishedAt: 2010,
        summary: null,
        exchanges: [],
        warnings: [],
        outcome: 'delivered',
        ...(claim.id < 3 && { attention: [finding] }),
      });
    await database.close();
  });

  after(() => workspace.remove());

  it('is what was delivered with findings, until somebody has seen them', async () => {
    const listed = JSON.parse((await run('attention', '--json')).out);
    expect(listed.next).to.equal(null);
    expect(listed.items.map(({ id, findings }: { id: number; findings: unknown }) => [id, findings])).to.deep.equal([
      [2, ['ДатаРождения differs']],
      [1, ['ДатаРождения differs']],
    ]);
    expect((await run('deliveries', 'list')).out).to.match(/^2 .* delivered \(attention\) /m);
    expect(JSON.parse((await run('deliveries', 'show', '1', '--json', '--lang', 'ru')).out).findings).to.deep.equal([
      'ДатаРождения отличается',
    ]);
    expect(JSON.parse((await run('targets', '--json')).out).items[0]).to.include({ name: 'staff-csv', attention: 2 });
    const seen = await run('attention', 'seen', '2', '3', '--json');
    expect([seen.code, JSON.parse(seen.out)]).to.deep.equal([1, { seen: [2], left: [3] }]);
    expect(seen.err).to.include('nothing to mark');
    const left = JSON.parse((await run('attention', '--json', '--limit', 'all')).out);
    expect(left.items.map(({ id }: { id: number }) => id)).to.deep.equal([1]);
    expect((await run('attention', 'seen', '1')).code).to.equal(0);
    expect((await run('attention')).out).not.to.match(/^\d/m);
  });
});
