import { Chance } from '../support/chance.ts';
import { failureSuite } from '../support/failure-suite.ts';
import { inForm, seed } from '../support/form.ts';
import { engines } from '../support/stores.ts';
import { pause } from '../support/pause.ts';

const leaseTime = 1000;

failureSuite('processes that die or stand still', { engines }, (scene) => {
  // SQLite is served by one process; PostgreSQL may be by several.
  const instances = scene.engine === 'sqlite' ? 1 : 2;

  beforeEach(() => {
    // One in thirteen is taken without an answer, one in seventeen refused: retries of both kinds are always under way.
    scene.sink.fate = (count) => (count % 13 === 0 ? 'take and drop' : count % 17 === 0 ? 'refuse' : 'take');
    scene.sink.delay = 5;
  });

  it('lose, double and misorder nothing when killed at any moment', async () => {
    const chance = new Chance(seed);
    const fleet = await scene.fleet({ instances, leaseTime });
    const load = fleet.load(inForm(100, 3000), 40);
    for (let kills = 0; kills < inForm(1, 40); kills += 1) {
      await pause(chance.below(400));
      const victim = chance.below(instances);
      await fleet.instance(victim).kill();
      await pause(chance.below(200));
      await fleet.begin(victim);
    }
    await load;
    await fleet.idle();
    await fleet.proof({ doubles: true });
  });

  it('settle nothing after a halt longer than their lease, and go on with what is theirs', async () => {
    const chance = new Chance(seed + 1);
    const fleet = await scene.fleet({ instances, leaseTime });
    const load = fleet.load(inForm(100, 1200), 60);
    for (let halts = 0; halts < inForm(1, 12); halts += 1) {
      await pause(200 + chance.below(300));
      const victim = fleet.instance(chance.below(instances));
      victim.freeze();
      await pause(leaseTime * 1.5 + chance.below(leaseTime));
      victim.thaw();
    }
    await load;
    await fleet.idle();
    await fleet.proof({ doubles: true });
  });
});
