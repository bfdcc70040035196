import { expect } from 'chai';
import { sentences } from '../../../stand-ins/onec/sentences.ts';
import { Clock } from '../../support/clock.ts';
import { plainNetwork } from '../../support/plain-network.ts';
import { until } from '../../support/until.ts';
import { Served } from './served.ts';

const sessionsForbidden = sentences.maintenance[2];
const count = 40;
const minute = 60_000;

describe('a backup of 1C at night with forty hires in flight', function suite() {
  this.timeout(180_000);
  plainNetwork();
  let clock: Clock;
  let served: Served;

  beforeEach(async () => {
    clock = new Clock();
    served = await Served.start(
      { concurrency: count, retry: { schedule: ['10s'], giveUp: '1h', attempts: 3 } },
      { now: clock.now, random: () => 0.5 },
    );
  });

  afterEach(() => served.stop());

  for (const plain of [false, true])
    it(`loses none, rests once and says so once (the sentence comes as ${plain ? 'plain text' : 'code -1'})`, async () => {
      const { standIn, service } = served;
      let writes = 0;
      let forbidden = false;
      standIn.trouble = ({ method, set }) => {
        if (method !== 'GET') writes += 1;
        // In the middle of it: some persons are written, no order is.
        forbidden ||= writes > count / 2 || (method !== 'GET' && set === 'Document_ПриемНаРаботу');
        return forbidden ? { kind: 'says', sentence: sessionsForbidden, plain } : undefined;
      };
      const { states, dispatcher } = service.app.composition;
      await states.pause('zup', clock.now());
      for (let number = 1; number <= count; number += 1) await served.hire(number);
      await until('forty wait', async () => (await served.states()).length === count);
      await states.resume('zup');
      const held = async (): Promise<boolean> => (await states.find('zup')).state.is === 'held';
      await until('the target is held and nothing is under way', async () => {
        const all = await served.states();
        return all.every((state) => state === 'pending') && (await held());
      });

      for (let round = 0; round < 40; round += 1) {
        clock.advance(minute);
        await dispatcher.drain();
      }
      expect(await held(), 'forty minutes later').to.equal(true);
      expect(await served.states()).to.deep.equal(Array.from({ length: count }, () => 'pending'));
      forbidden = false;
      standIn.trouble = () => undefined;
      const end = clock.now();
      await until('all are delivered', async () => {
        clock.advance(1000);
        await dispatcher.drain();
        return (await served.states()).every((state) => state === 'delivered');
      });

      expect(clock.now() - end, 'milliseconds after the backup').to.be.below(3 * minute);
      for (const set of ['Catalog_ФизическиеЛица', 'Catalog_Сотрудники', 'Document_ПриемНаРаботу'])
        expect(standIn.base.all(set), set).to.have.length(count);
      // The clock of this test leaps, which is said too.
      expect(served.said('warn').filter((line) => !line.startsWith('the clock was set'))).to.deep.equal([
        'target asks to be left alone: what is owed to it is held and costs no attempts',
      ]);
      expect(served.said('error')).to.deep.equal([]);
      expect(served.said('info').filter((line) => line === 'target can be reached again')).to.have.length(1);
    });
});
