import { fitForPeople } from './bench.ts';
import { holds } from './broken-fact.ts';
import { delivered, doubled, said } from './facts.ts';
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
  holds(
    kind !== 'rejected',
    `с записью всё в порядке, а она стала недоставленной навсегда${said(error)}: RejectedError — только отказ самой цели`,
    `the record is fine, and became a dead letter${said(error)}: a RejectedError is a refusal of the target itself`,
    error,
  );
  holds(
    kind !== 'unforeseen',
    `бросьте ошибку контракта (UnavailableError, UncertainError)${said(error)}`,
    `throw an error of the contract (UnavailableError, UncertainError)${said(error)}`,
    error,
  );
  if (kind === 'delivered')
    holds(
      (await harness.effects()) - before >= 1,
      'попытка названа успешной, а у цели записи нет',
      'told delivered, and nothing is there',
    );
  else fitForPeople(error, harness.secrets);
  if (fault.patience !== undefined) asked(outcome, fault.patience);
  if (kind !== 'delivered') delivered(await bench.delivered(1));
  const effects = (await harness.effects()) - before;
  const told = 1 + (twice ? bench.uncertain : 0);
  holds(effects >= 1, 'записи у цели нет, хотя попытка успешна', 'the target has no record although it was delivered');
  if (effects > told) throw doubled(effects, told);
}

function asked({ kind, error, retryAfter, holds: whom }: Outcome, seconds: number): void {
  holds(
    kind === 'unavailable',
    `цель просит подождать, а попытка кончилась как ${kind}${said(error)}: это UnavailableError`,
    `the target asks for patience, and the attempt ended as ${kind}${said(error)}: that is an UnavailableError`,
    error,
  );
  holds(
    retryAfter === seconds,
    `цель просит подождать ${seconds} с, а в ошибке retryAfter: ${retryAfter}`,
    `the target asks to wait for ${seconds} s, and the error says retryAfter: ${retryAfter}`,
  );
  holds(
    whom !== undefined,
    "пауза, о которой просит цель, не стоит попыток: задайте в ошибке holds: 'target'",
    "a pause that a target asks for costs no attempts: give the error holds: 'target'",
  );
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
  holds(
    server !== undefined,
    `в тесте нет сбоя «${fault.name}»: добавьте его в faults или назовите в cannot`,
    `the harness has no fault "${fault.name}": add one to faults, or name it in cannot`,
  );
  server.fault = fault;
  for (let tries = 1; ; tries += 1) {
    const outcome = await bench.attempt(1);
    if (server.struck === 0 && outcome.kind !== 'delivered' && tries < 10) continue;
    holds(
      server.struck > 0,
      'ни один запрос не встретил сбоя: какие встречают, выбирает server.strikes',
      'no request met the fault: server.strikes chooses which ones do',
    );
    server.fault = undefined;
    return outcome;
  }
}
