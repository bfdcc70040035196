import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { Chance } from '../support/chance.ts';
import { Fleet, hireTo } from '../support/fleet.ts';
import { inForm, seed } from '../support/form.ts';
import { plainNetwork } from '../support/plain-network.ts';
import { Sink } from '../support/sink.ts';
import { engines } from '../support/stores.ts';

for (const engine of engines) describe(`a mapping file that is edited under load, on ${engine} (seed ${seed})`, function () {
  this.timeout(600_000);
  plainNetwork();
  let sink: Sink;
  let fleet: Fleet;

  beforeEach(async () => {
    sink = await Sink.start();
    fleet = await Fleet.start({ engine, sinks: { intranet: sink } });
  });

  afterEach(async () => {
    await fleet.stop();
    await sink.stop();
  });

  it('costs no event, and none is mapped by half of a file', async () => {
    const chance = new Chance(seed);
    const file = fleet.workspace.path('mappings', 'intranet.yaml');
    const whole = hireTo('intranet');
    let edits = 0;
    let loading = true;
    const load = fleet.load(inForm(100, 1500), inForm(200, 100)).finally(() => (loading = false));
    while (loading) {
      // An editor that saves slowly, one that leaves rubbish behind, and now and then the whole thing.
      edits += 1;
      writeFileSync(file, edits % 3 === 0 ? whole : edits % 3 === 1 ? whole.slice(0, chance.below(whole.length)) : whole.replace('to: intranet', 'to: nowhere'));
      // Shorter than a look at the folder as well as longer.
      await new Promise((resolve) => setTimeout(resolve, 100 + chance.below(2000)));
    }
    await load;
    writeFileSync(file, whole);
    await fleet.idle();
    expect(fleet.instance(0).running, fleet.instance(0).log.slice(-1000)).to.equal(true);
    expect(fleet.instance(0).log, 'a fault was seen').to.include('mapping file refused');
    // Every record is the whole one: the sink reads applicant and log of each, and the proof compares them all.
    await fleet.proof({ doubles: false });
  });
});
