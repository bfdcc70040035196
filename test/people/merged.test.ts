import { expect } from 'chai';
import type { Actor } from '../../src/audit/entry.ts';
import { Procedure } from '../../src/database/procedure.ts';
import { Forgetting } from '../../src/forget/forgetting.ts';
import { mergePeople } from '../../src/people/merge-people.ts';
import { People } from '../../src/people/people.ts';
import { raw, runSql } from '../support/procedures.ts';
import { openSealedStores, type SealedStores } from '../support/sealed-stores.ts';
import { engines } from '../support/stores.ts';
import { Workspace } from '../support/workspace.ts';

const scope = 'huntflow.example/14';
const actor: Actor = { who: 'a test', from: 'cli', key: '00'.repeat(32) };

const merge = new Procedure(
  'mergeInTest',
  async (transaction, pairs: readonly (readonly [removed: string, survivor: string])[]): Promise<void> => {
    for (const [removed, survivor] of pairs) await mergePeople(transaction, { scope, removed, survivor });
  },
);

for (const engine of engines)
  describe(`people that Huntflow merged (${engine})`, function () {
    this.timeout(180_000);
    const workspace = new Workspace();
    let stores: SealedStores;
    let people: People;

    beforeEach(async () => {
      stores = await openSealedStores(engine);
      people = new People(stores.database, stores.seals);
    });
    afterEach(() => stores.close());
    after(() => workspace.remove());

    async function keep(applicant: string, last: string): Promise<void> {
      const body = Buffer.from(`{"name":"${last}"}`);
      await stores.inbox.keep({
        source: 'huntflow',
        scope,
        event: 'APPLICANT',
        type: 'ADD',
        action: 'ADD',
        dedupeKey: undefined,
        variant: '',
        receivedAt: 1000,
        body,
        bodySize: body.length,
        headers: {},
        error: undefined,
        whom: { applicant, profile: { last } },
      });
    }
    const forgetting = () => new Forgetting({ ...stores, files: workspace.folder, now: () => 5000 });
    async function only(applicant: string) {
      const found = await people.find(applicant);
      expect(found, applicant).to.have.length(1);
      return found[0] ?? expect.fail();
    }

    it('are one person, also merged in a circle', async () => {
      for (const applicant of ['1', '2', '3']) await keep(applicant, 'Круглов');
      await stores.database.call(merge, [
        ['1', '2'],
        ['2', '1'],
      ]);
      expect((await only('1')).applicants.toSorted()).to.deep.equal(['1', '2']);
      expect((await only('2')).id).to.equal((await only('1')).id);
      await stores.database.call(merge, [
        ['2', '3'],
        ['3', '1'],
        ['1', '1'],
      ]);
      for (const applicant of ['1', '2', '3'])
        expect((await only(applicant)).applicants.toSorted()).to.deep.equal(['1', '2', '3']);
      expect(await people.search('круглов')).to.have.length(1);
    });

    it('are one over a chain of fifty, however it was told, and are forgotten together, with all their keys', async () => {
      const chain = Array.from({ length: 51 }, (_, at) => String(at));
      for (const applicant of [...chain, '99']) await keep(applicant, `Цепной`);
      const pairs = chain.slice(1).map((survivor, at) => [String(at), survivor] as const);
      await stores.database.call(
        merge,
        pairs.filter((_, at) => at % 2 === 0),
      );
      await stores.database.call(merge, pairs.filter((_, at) => at % 2 === 1).toReversed());
      const person = await only('0');
      expect(person.applicants.toSorted()).to.deep.equal(chain.toSorted());
      expect((await only('25')).id).to.equal(person.id);
      await stores.database.call(runSql, `update events set state = 'mapped'`);
      const keys = (await raw(stores.database.reads, `select key from people where applicant <> '99'`)).map((row) =>
        Number(Object(row).key),
      );
      expect(new Set(keys)).to.have.property('size', 51);
      expect(await forgetting().mark(person, actor, false)).to.have.property('done', true);
      await forgetting().finishAll();
      for (const applicant of chain) expect(await people.find(applicant), applicant).to.deep.equal([]);
      expect((await stores.ring.findAll(keys)).size).to.equal(0);
      expect((await people.search('цепной')).map(({ applicant }) => applicant)).to.deep.equal(['99']);
      expect(await raw(stores.database.reads, 'select id from events where body is not null')).to.have.length(1);
    });

    it('are forgotten once: whoever asks with what was known before is told to look again', async () => {
      for (const applicant of ['1', '2']) await keep(applicant, 'Дважды');
      await stores.database.call(runSql, `update events set state = 'mapped'`);
      const before = await only('1');
      await stores.database.call(merge, [['1', '2']]);
      const both = await only('1');
      const results = await Promise.all([
        forgetting().mark(both, actor, false),
        forgetting().mark(both, actor, false),
        forgetting().mark(before, actor, false),
      ]);
      expect(results.filter(({ done }) => done)).to.have.length(1);
      await forgetting().finishAll();
      expect(await people.search('дважды')).to.deep.equal([]);
      expect(await raw(stores.database.reads, 'select id from events where body is not null')).to.deep.equal([]);
    });
  });
