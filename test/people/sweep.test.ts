import { rmSync, statSync, writeFileSync } from 'node:fs';
import BetterSqlite from 'better-sqlite3';
import { expect } from 'chai';
import { hireOf, personalOf, surname } from '../support/hires.ts';
import { raw } from '../support/procedures.ts';
import { hireToCsv, Service } from '../support/service.ts';
import { command } from '../support/serving.ts';
import { postWebhook, withValue } from '../support/webhook.ts';
import { Workspace } from '../support/workspace.ts';

const toRest = `mapping: to-portal
on: { event: APPLICANT, type: STATUS, action: ADD, stage: hired }
to: portal
key: =applicant.email
once: =applicant.email
record: { path: =("/people/" & applicant.last_name), body: { name: =applicant.last_name, phone: =applicant.phone } }
`;
const broken = `mapping: broken
on: { event: APPLICANT, type: STATUS, action: ADD, stage: hired }
to: portal
record: { path: /people, body: { code: =$number(applicant.last_name) } }
`;

/** Tables that are to hold the id of whoever was forgotten: the proof, and what must not happen twice. */
const proof = ['audit', 'forgettings', 'event_keys'];

describe('the database of a service without keys', function () {
  this.timeout(120_000);
  let workspace: Workspace;

  beforeEach(() => {
    workspace = new Workspace();
  });
  afterEach(() => workspace.remove());

  /** Every text of every table that holds one of these, as `table.column: text`. */
  function textsWith(wanted: readonly string[]): string[] {
    const file = new BetterSqlite(workspace.path('var', 'connector.db'), { readonly: true });
    const found: string[] = [];
    const tables = file.prepare(`select name from sqlite_master where type = 'table'`).pluck().all();
    for (const table of tables)
      for (const row of file.prepare(`select * from "${String(table)}"`).all())
        for (const [column, value] of Object.entries(Object(row))) {
          const text = Buffer.isBuffer(value) ? value.toString() : String(value);
          if (wanted.some((one) => text.includes(one) || text.includes(encodeURIComponent(one))))
            found.push(`${String(table)}.${column}: ${text.slice(0, 200)}`);
        }
    file.close();
    return found;
  }

  it('has nothing of whoever was forgotten in any table, wherever somebody has written it', async () => {
    const targets = {
      'staff-csv': {
        adapter: 'csv',
        settings: { folder: '../drop', create: true, name: 'hires.csv', encoding: 'utf-8' },
      },
      portal: { adapter: 'rest', settings: { baseUrl: 'http://127.0.0.1:1' } },
    };
    const mappings = { 'hire.yaml': hireToCsv, 'portal.yaml': toRest, 'broken.yaml': broken };
    const service = await Service.start({ config: { targets }, mappings }, {}, workspace);
    const config = workspace.path('config', 'connector.yaml');
    const cli = (...args: readonly string[]) => command([...args, '--config', config]);
    const { outbox, database, forgetting, people, audit, bulks } = service.app.composition;
    for (const number of [3, 4]) {
      await postWebhook(service.url, hireOf(number));
      // Somebody marries: the former name is known too.
      const again = withValue(hireOf(number), ['event', 'applicant', 'last_name'], `${surname(number)}ова`);
      await postWebhook(service.url, withValue(again, ['meta', 'event_id'], `again-${number}`));
    }
    await service.app.drain();
    const all = await outbox.list({});
    const dead = all.find(({ state, applicant }) => state === 'dead' && applicant === '3');
    const owed = all.find(({ mapping, applicant }) => mapping === 'to-portal' && applicant === '3');
    const record = workspace.path('record.json');
    writeFileSync(record, JSON.stringify({ path: '/people', body: { name: surname(3) } }));
    const edited = await cli(
      'deliveries',
      'edit',
      String(owed?.id),
      '--record',
      record,
      '--reason',
      surname(3),
      '--yes',
    );
    expect(edited.err).to.equal('');
    rmSync(record);
    const taken = all.find(({ state, applicant }) => state === 'delivered' && applicant === '3');
    if (taken === undefined || dead === undefined) return expect.fail('one is delivered, and one dead');
    await outbox.references(taken).keep({ kind: 'applicant', id: 3, set: 'people' }, surname(3), { text: surname(3) });
    await bulks.preview({ action: 'retry', filter: { people: [1] }, by: 'anna' });
    await cli('deliveries', 'retry', '--name', surname(3), '--yes');
    await service.app.drain();
    expect(textsWith(personalOf(3)).length).to.be.above(10);

    const [person] = await people.find('3');
    if (person === undefined) return expect.fail('known');
    expect(await forgetting.mark(person, audit.actor('anna', 'cli'), true)).to.have.property('done', true);
    await forgetting.finishAll();
    expect(textsWith(personalOf(3))).to.deep.equal([]);
    const naming = textsWith(['applicant/3', '"applicant":3', '"id":3,']).filter(
      (found) => !proof.includes(found.split('.')[0] ?? ''),
    );
    expect(naming).to.deep.equal([]);
    expect(textsWith(personalOf(4)).length, 'of others').to.be.above(5);
    // Somebody who reads for long keeps the log as it is: who forgets is told, and the next one empties it.
    const log = workspace.path('var', 'connector.db-wal');
    const reader = new BetterSqlite(workspace.path('var', 'connector.db'), { readonly: true });
    reader.exec('begin; select count(*) from events');
    reader.prepare('select count(*) from events').get();
    const told = await cli('forget', 'applicant', '4', '--yes', '--cancel');
    expect([told.code, told.err]).to.have.nested.property('[1]').that.includes('Another program has been reading');
    reader.close();
    await postWebhook(service.url, hireOf(5));
    await service.app.drain();
    const last = await cli('forget', 'applicant', '5', '--yes', '--cancel');
    expect(last.err).to.match(/^This database has no key: every earlier copy .*\n$/);
    // What stands there is that it is done.
    expect(statSync(log).size).to.be.below(10_000);
    expect(textsWith([...personalOf(4), ...personalOf(5)])).to.deep.equal([]);
    expect(await raw(database.reads, `select id from people where applicant = '3'`)).to.deep.equal([]);
    await service.app.stop();
  });
});
