import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { expect } from 'chai';
import { readKeyFile } from '../../src/people/key-file.ts';
import { KeyRing } from '../../src/people/key-ring.ts';
import { KeyStore } from '../../src/people/key-store.ts';
import { sharedPostgres } from '../support/postgres.ts';
import { writeFiles } from '../support/service.ts';
import { command } from '../support/serving.ts';
import { engines } from '../support/stores.ts';
import { Workspace } from '../support/workspace.ts';

for (const engine of engines)
  describe(`several machines with one store of keys (${engine})`, function () {
    this.timeout(60_000);
    let one: Workspace;
    let other: Workspace;
    let store: KeyStore;

    beforeEach(async () => {
      [one, other] = [new Workspace(), new Workspace()];
      const server = engine === 'postgres' ? await sharedPostgres() : undefined;
      const url = (await server?.createDatabase()) ?? `sqlite:${one.path('var', 'connector.db')}`;
      const keys = (await server?.createDatabase()) ?? `sqlite:${one.path('var', 'people.db')}`;
      mkdirSync(one.path('var'), { recursive: true });
      for (const workspace of [one, other])
        writeFiles(workspace, {
          config: { database: { url }, privacy: { keyFile: '../connector.key', store: keys } },
        });
      expect((await command(['keys', 'new', one.path('connector.key')])).code).to.equal(0);
      copyFileSync(one.path('connector.key'), other.path('connector.key'));
      store = new KeyStore(keys);
    });
    afterEach(async () => {
      await store.close();
      one.remove();
      other.remove();
    });

    const config = (workspace: Workspace) => workspace.path('config', 'connector.yaml');
    const keys = (workspace: Workspace, what: string) => command(['keys', what, '--config', config(workspace)]);
    const numbers = (workspace: Workspace) => readKeyFile(workspace.path('connector.key')).map(({ number }) => number);
    async function ring(workspace: Workspace): Promise<KeyRing> {
      const made = new KeyRing(store, workspace.path('connector.key'));
      await made.open();
      return made;
    }
    const copy = () => {
      rmSync(other.path('connector.key'));
      copyFileSync(one.path('connector.key'), other.path('connector.key'));
    };

    it('open everything at every step of a rotation whose key is added first', async () => {
      const [here, there] = [await ring(one), await ring(other)];
      const opened = async (by: KeyRing, number: number) => expect(await by.find(number)).not.to.equal(undefined);
      const first = await here.take();
      await opened(there, first.number);
      expect((await keys(one, 'add')).out).to.include('wraps nothing yet');
      expect((await keys(one, 'add')).out).to.include('is there already');
      // A block that the machine with the new key makes is still wrapped by the one that both have.
      const second = await (await ring(one)).take();
      await opened(await ring(other), second.number);
      copy();
      expect((await keys(other, 'rotate')).err).to.equal('');
      expect(await store.olderThan(2, 1)).to.have.length(0);
      for (const workspace of [one, other])
        for (const { number } of [first, second]) await opened(await ring(workspace), number);
      const third = await (await ring(other)).take();
      await opened(await ring(one), third.number);
      await opened(here, third.number);
      await opened(there, third.number);
      expect([numbers(one), numbers(other)]).to.deep.equal([
        [1, 2],
        [1, 2],
      ]);
    });

    it('make no second key of one number: whoever lacks the newest is told to copy the file', async () => {
      const { number } = await (await ring(one)).take();
      expect((await keys(one, 'rotate')).code).to.equal(0);
      const refused = await keys(other, 'rotate');
      expect(refused.code).to.equal(1);
      expect(refused.err).to.include('copy the key file from the machine');
      expect(numbers(other)).to.deep.equal([1]);
      const late = await ring(other).then(
        () => undefined,
        (error: unknown) => String(error),
      );
      expect(late).to.include('wrapped with key 2');
      copy();
      expect(await (await ring(other)).find(number)).not.to.equal(undefined);
    });

    it('that rotate at the same moment: one of them does, and the other says so and keeps its file', async () => {
      const { number } = await (await ring(one)).take();
      const results = await Promise.all([keys(one, 'rotate'), keys(other, 'rotate')]);
      const done = results.filter(({ code }) => code === 0);
      expect(done, results.map(({ err }) => err).join()).to.have.length(1);
      const [winner, loser] = results[0]?.code === 0 ? [one, other] : [other, one];
      expect(numbers(winner)).to.deep.equal([1, 2]);
      expect(numbers(loser)).to.deep.equal([1]);
      expect(await (await ring(winner)).find(number)).not.to.equal(undefined);
      expect(new Set((await store.find([number])).map(({ kek }) => kek))).to.deep.equal(new Set([2]));
    });
  });
