import { expect } from 'chai';
import { mixed } from 'yup';
import type { Adapter, Receipt } from '../../src/adapter.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { Dispatcher } from '../../src/dispatch/dispatcher.ts';
import { createLog } from '../../src/report/log.ts';
import type { Claim } from '../../src/outbox/delivery.ts';
import { Outbox } from '../../src/outbox/outbox.ts';
import { Report } from '../../src/report/report.ts';
import { Clock } from '../support/clock.ts';
import { toolsIn, type TestTools } from '../support/delivery-context.ts';
import { writeFiles } from '../support/service.ts';
import { insertAll, newDelivery, openStores, type Stores, storeEngines } from '../support/stores.ts';
import { until } from '../support/until.ts';
import { Workspace } from '../support/workspace.ts';

/** Hears of its claims a little later than the database has granted them, as over a slow network. */
class DistantOutbox extends Outbox {
  granted = 0;
  looks = 0;
  heard: Promise<void> = Promise.resolve();

  override recover(...[now, decide, abandoned]: Parameters<Outbox['recover']>): Promise<number> {
    return super.recover(now, decide, (expired) => {
      this.looks += 1;
      return abandoned?.(expired) ?? Promise.resolve(expired);
    });
  }

  override async claim(...values: Parameters<Outbox['claim']>): Promise<Claim[]> {
    const claims = await super.claim(...values);
    this.granted += claims.length;
    if (claims.length > 0) await this.heard;
    return claims;
  }
}

for (const engine of storeEngines)
  describe(`leases that run out, on ${engine}`, function () {
    this.timeout(60_000);
    let stores: Stores;
    let outbox: DistantOutbox;
    let clock: Clock;
    let tools: TestTools;
    let dispatcher: Dispatcher;
    let sent: number;
    let answer: (receipt: Receipt) => void;

    beforeEach(async () => {
      stores = await openStores(engine);
      outbox = new DistantOutbox(stores.database);
      clock = new Clock();
      tools = toolsIn();
      sent = 0;
      class Slow implements Adapter<unknown> {
        static readonly type = 'slow';
        static readonly settings = mixed();
        static readonly record = mixed();

        deliver(): Promise<Receipt> {
          sent += 1;
          return new Promise((resolve) => (answer = resolve));
        }
      }
      const workspace = new Workspace();
      const { config } = loadConfig(writeFiles(workspace, { config: { targets: { zup: { adapter: 'slow' } } } }), {});
      workspace.remove();
      const [target] = config?.targets ?? [];
      if (target === undefined) throw new Error('the config of the test is faulty');
      dispatcher = new Dispatcher({
        targets: [
          {
            name: 'zup',
            config: target,
            adapter: Slow,
            settings: {},
            concurrency: 1,
            timeout: 1000,
            record: Slow.record,
            order: 'strict',
            unknown: 'again',
          },
        ],
        tools: () => tools,
        database: stores.database,
        outbox,
        states: stores.states,
        report: new Report(createLog('silent')),
        now: clock.now,
        random: () => 0.5,
        // Recovery looks every 50 ms.
        leaseTime: 150,
      });
      await insertAll(stores, [newDelivery({ createdAt: clock.now() })]);
    });

    afterEach(async () => {
      answer({});
      await dispatcher.stop(AbortSignal.abort());
      await stores.close();
      tools.dispose();
    });

    async function looks(count: number): Promise<void> {
      const last = outbox.looks + count;
      await until('recovery has looked', () => outbox.looks >= last);
    }

    it('are not taken from this process while it is sending, however the clock leaps', async () => {
      await dispatcher.start();
      await until('it is being sent', () => sent === 1);
      for (const leap of [3_600_000, -7_200_000, 3_600_000]) {
        clock.advance(leap);
        await looks(2);
      }
      answer({});
      await until('it is delivered', async () => (await outbox.list({ state: 'delivered' })).length === 1);
      expect(sent).to.equal(1);
    });

    it('are not taken from this process before it has heard that it has them', async () => {
      let hear: () => void = () => undefined;
      outbox.heard = new Promise((resolve) => (hear = resolve));
      await dispatcher.start();
      await until('the claim is granted', () => outbox.granted === 1);
      clock.advance(3_600_000);
      await looks(1); // it stands still there
      hear();
      await until('it is being sent', () => sent === 1);
      await looks(2);
      answer({});
      await until('it is delivered', async () => (await outbox.list({ state: 'delivered' })).length === 1);
      expect((await outbox.list({})).map(({ attempts }) => attempts)).to.deep.equal([1]);
      expect([sent, outbox.granted]).to.deep.equal([1, 1]);
    });

    it('are taken from a process that is gone', async () => {
      const [claim] = await outbox.claim({
        target: 'zup',
        now: clock.now(),
        until: clock.now() + 150,
        most: 1,
        concurrency: 1,
      });
      expect(claim?.attempt).to.equal(1);
      await dispatcher.start();
      clock.advance(151);
      await until('it is being sent', () => sent === 1);
      answer({});
      await until('it is delivered', async () => (await outbox.list({ state: 'delivered' })).length === 1);
      expect((await outbox.list({})).map(({ attempts }) => attempts)).to.deep.equal([2]);
    });
  });
