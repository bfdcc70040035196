import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { Chance } from '../support/chance.ts';
import { failureSuite } from '../support/failure-suite.ts';
import { hireTo } from '../support/fleet.ts';
import { enginesInForm, inForm, seed } from '../support/form.ts';
import { until } from '../support/until.ts';
import { pause } from '../support/pause.ts';

failureSuite('a mapping file that is edited under load', { engines: enginesInForm('sqlite') }, (scene) => {
  it('costs no event, and none is mapped by half of a file', async () => {
    const chance = new Chance(seed);
    const fleet = await scene.fleet();
    const file = fleet.workspace.path('mappings', 'intranet.yaml');
    const whole = hireTo('intranet');
    expect(fleet.instance(0).log).not.to.include('mapping file refused');
    const refusals = () => fleet.instance(0).log.split('mapping file refused').length - 1;

    const edited = new AbortController();
    const load = (async () => {
      while (!edited.signal.aborted) await fleet.load(24, 20);
    })();
    for (let round = 1; round <= inForm(2, 10); round += 1) {
      // What a slow save, or a full disk, leaves of a file; then a mistake; then the file as it was.
      const [torn, wrong] = [
        whole.slice(0, chance.below(whole.length - 2)),
        whole.replace('to: intranet', 'to: nowhere'),
      ];
      const before = refusals();
      writeFileSync(file, round % 2 === 1 ? torn : wrong);
      await until('the fault is seen', () => refusals() > before);
      await pause(chance.below(300));
      writeFileSync(file, whole);
      await pause(chance.below(2500));
    }
    edited.abort();
    await load;
    await fleet.idle();
    expect(fleet.instance(0).running, fleet.instance(0).log.slice(-1000)).to.equal(true);
    // Every record is the whole one: the sink reads applicant and log of each, and the proof compares them all.
    await fleet.proof({ doubles: false });
  });
});
