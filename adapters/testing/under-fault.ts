import { strict as assert } from 'node:assert';
import { fitForPeople } from './bench.ts';
import { delivered } from './facts.ts';
import type { Bench, Outcome } from './bench.ts';
import type { Fault } from './faults.ts';

/**
 * What must hold while a fault strikes and after it: every attempt ends, in words of the contract; what the target has
 * not is never told delivered; a record that is fine is never rejected; and in the end the target has it, once.
 * @param twice the target knows no key: a lost answer may leave one more, if it was told as uncertain.
 */
export async function underFault<R>(bench: Bench<R>, fault: Fault, twice: boolean): Promise<void> {
  const { harness } = bench;
  if (fault.kept === true) delivered(await bench.delivered(9));
  const before = await harness.effects();
  const outcome = await whileStruck(bench, fault);
  const { kind, error } = outcome;
  assert.notEqual(kind, 'rejected', `the record is fine, and became a dead letter: ${String(error)}`);
  assert.notEqual(kind, 'unforeseen', `throw an error of the contract, not ${String(error)}`);
  if (kind === 'delivered') assert.equal((await harness.effects()) - before, 1, 'told delivered, and nothing is there');
  else fitForPeople(error, harness.secrets);
  if (fault.patience !== undefined) asked(outcome, fault.patience);
  if (kind !== 'delivered') delivered(await bench.delivered(1));
  const effects = (await harness.effects()) - before;
  const told = 1 + (twice ? bench.uncertain : 0);
  assert.ok(effects >= 1 && effects <= told, `${effects} effects of one delivery, and the attempts told of ${told}`);
}

function asked({ kind, error, retryAfter, holds }: Outcome, seconds: number): void {
  assert.equal(kind, 'unavailable', `what asks for patience is unavailable: ${String(error)}`);
  assert.equal(retryAfter, seconds, 'retryAfter of the error is what the target asked for');
  assert.notEqual(holds, undefined, 'what a target asks to wait for costs no attempts: say `holds`');
}

/** The first attempt that the fault struck: what an adapter does before it writes may take one of its own. */
async function whileStruck<R>(bench: Bench<R>, fault: Fault): Promise<Outcome> {
  const { server, faults } = bench.harness;
  const own = faults?.[fault.name];
  if (own !== undefined) {
    await own.begin();
    const outcome = await bench.attempt(1);
    await own.end();
    return outcome;
  }
  if (server === undefined) throw new Error(`the harness has no fault "${fault.name}": add one, or say \`cannot\``);
  server.fault = fault;
  for (let tries = 1; ; tries += 1) {
    const outcome = await bench.attempt(1);
    if (server.struck === 0 && outcome.kind !== 'delivered' && tries < 10) continue;
    assert.notEqual(server.struck, 0, 'no request met the fault: choose others by `server.strikes`');
    server.fault = undefined;
    return outcome;
  }
}
