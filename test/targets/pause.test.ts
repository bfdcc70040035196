import { expect } from 'chai';
import { TargetStates } from '../../src/targets/target-state.ts';
import { openSealedStores, type SealedStores } from '../support/sealed-stores.ts';
import { engines, openStores, type Stores } from '../support/stores.ts';

const actor = { who: 'olga', from: 'api', key: 'aa' } as const;
const reason = 'ждём Петрову из бухгалтерии';

for (const engine of engines)
  describe(`a pause on ${engine}`, () => {
    let stores: Stores | SealedStores | undefined;

    afterEach(() => stores?.close());

    const kept = async ({ database }: Stores) =>
      (await database.queries.selectFrom('targets').select(['paused_by', 'paused_reason']).execute())[0];

    it('says who and why, until it is over', async () => {
      stores = await openStores(engine);
      await stores.states.pause('zup', 1000, actor, reason);
      expect((await stores.states.all()).get('zup')?.state).to.deep.equal({
        is: 'paused',
        since: 1000,
        by: 'olga',
        reason,
      });
      await stores.states.resume('zup', { actor, now: 2000 });
      expect(await kept(stores)).to.deep.equal({ paused_by: null, paused_reason: null });
      await stores.states.pause('zup', 3000);
      expect((await stores.states.all()).get('zup')?.state).to.include({ by: null, reason: null });
    });

    it('keeps its reason sealed, one that was given before there was a key too', async () => {
      const sealed = await openSealedStores(engine);
      stores = sealed;
      await sealed.states.pause('intranet', 1000, actor, reason); // without a key
      const states = new TargetStates(sealed.database, sealed.seals);
      await states.sealOld(1000);
      expect((await kept(sealed))?.paused_reason).not.to.include('Петров');
      await states.pause('zup', 1000, actor, reason);
      const rows = await sealed.database.queries.selectFrom('targets').selectAll().execute();
      expect(JSON.stringify(rows)).not.to.include('Петров');
      const known = await states.all();
      for (const name of ['intranet', 'zup']) expect(known.get(name)?.state).to.include({ by: 'olga', reason });
    });
  });
