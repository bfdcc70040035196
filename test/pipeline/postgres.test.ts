import { expect } from 'chai';
import { Chance } from '../support/chance.ts';
import { failureSuite } from '../support/failure-suite.ts';
import type { Fleet } from '../support/fleet.ts';
import { inForm, seed } from '../support/form.ts';
import { PostgresServer } from '../support/postgres.ts';
import { TcpProxy } from '../support/tcp-proxy.ts';
import { until } from '../support/until.ts';
import { pause } from '../support/pause.ts';

const leaseTime = 3000;

failureSuite('a database server that fails under load', { engines: ['postgres'] }, (scene) => {
  let server: PostgresServer;
  let proxy: TcpProxy;

  before(async () => {
    server = await PostgresServer.start();
  });

  after(() => server.stop());

  beforeEach(async () => {
    proxy = scene.add(await TcpProxy.start(server.port));
  });

  const proxied = (url: string, query = '') => `${url.replace(`:${server.port}/`, `:${proxy.port}/`)}${query}`;

  /** The load goes on while `fault` happens again and again; no instance may end. */
  async function survives(
    fleet: Fleet,
    count: number,
    faults: number,
    fault: (chance: Chance) => Promise<void>,
  ): Promise<void> {
    const chance = new Chance(seed);
    const load = fleet.load(count, 60);
    for (let round = 0; round < faults; round += 1) {
      await pause(200 + chance.below(300));
      await fault(chance);
    }
    await load;
    await fleet.idle();
    for (const { running, log } of fleet.instances) expect(running, log.slice(-1500)).to.equal(true);
    await fleet.proof({ doubles: true });
  }

  it('costs nothing when its backends are killed', async () => {
    const fleet = await scene.fleet({ server, instances: 2, leaseTime });
    const url = `postgres://x/${await fleet.databaseName()}`;
    await survives(
      fleet,
      inForm(72, 1500),
      inForm(2, 80),
      async () => void (await server.killBackends(url).catch(() => 0)),
    );
  });

  it('costs nothing when it restarts, in order or not', async () => {
    const fleet = await scene.fleet({ server, instances: 2, leaseTime });
    let round = 0;
    await survives(fleet, inForm(72, 1500), inForm(2, 12), async (chance) => {
      round += 1;
      await server.restart(round % 2 === 0 ? 'orderly' : 'crash', chance.below(600));
    });
  });

  it('is told what targets answered while it was away, so that nothing is sent again', async () => {
    const fleet = await scene.fleet({ server, leaseTime: 9000 });
    scene.sink.delay = 500;
    await fleet.load(12);
    await until('all that may be are under way', () => scene.sink.arrivals.size >= 8);
    await server.restart('orderly', 900);
    scene.sink.delay = 0;
    await fleet.idle();
    await fleet.proof({ doubles: false });
  });

  it('costs nothing when the network cuts its connections', async () => {
    const fleet = await scene.fleet({ server, leaseTime, through: (url) => proxied(url) });
    await survives(fleet, inForm(60, 1200), inForm(2, 60), async () => proxy.cut());
  });

  it('costs nothing when its connections go dead without a word', async () => {
    // What 30 s do by default, a second does here.
    const fleet = await scene.fleet({ server, leaseTime, through: (url) => proxied(url, '?query_timeout=1000') });
    await survives(fleet, inForm(48, 600), inForm(1, 12), async () => {
      proxy.freeze();
      await pause(1500);
    });
  });
});
