import { expect } from 'chai';
import type { Procedure, Writer } from '../../src/database/procedure.ts';
import type { WriterStart } from '../../src/database/sqlite/wire.ts';
import { OnecStandIn } from '../../stand-ins/onec/stand-in.ts';
import { hireOf, valuesOf } from '../adapters/onec/hire.ts';
import { plainNetwork } from '../support/plain-network.ts';
import { Service } from '../support/service.ts';
import { until } from '../support/until.ts';
import { hire, postWebhook } from '../support/webhook.ts';
import { startTestWriter } from '../support/writer.ts';

/** What is asked of the writer, by name; one that finds nothing to do writes nothing and costs no commit. */
class Listening implements Writer {
  readonly asked: string[] = [];
  readonly #writer: Writer;

  constructor(start: WriterStart) {
    this.#writer = startTestWriter(start);
  }

  call<Values, Result>(procedure: Procedure<Values, Result>, values: Values): Promise<Result> {
    this.asked.push(procedure.name);
    return this.#writer.call(procedure, values);
  }

  checkpoint(): Promise<boolean> {
    return this.#writer.checkpoint();
  }

  close(): Promise<void> {
    return this.#writer.close();
  }
}

describe('a hire in a 1C that keeps our keys', function () {
  this.timeout(60_000);
  plainNetwork();
  let onec: OnecStandIn;
  let service: Service;
  let writer: Listening;

  before(async () => {
    onec = await OnecStandIn.start();
    const { user, password } = onec.behaviour;
    const record = JSON.stringify(hireOf(valuesOf(1)), null, 1)
      .replaceAll(/"id": \d+/g, '"id": "=applicant.id"')
      .replaceAll('\n', '\n  ');
    service = await Service.start(
      {
        mappings: { 'hires.yaml': `mapping: hires\non: { event: APPLICANT }\nto: zup\nrecord: ${record}\n` },
        config: { targets: { zup: { adapter: 'onec-odata', settings: { url: onec.url, user, password } } } },
      },
      { startWriter: (start) => (writer = new Listening(start)) },
    );
    expect(service.app.composition.mappings.faults).to.deep.equal([]);
  });

  after(async () => {
    await service.stop();
    await onec.stop();
  });

  it('costs three commits, once it is known that it keeps them: kept, mapped and claimed, delivered', async () => {
    const { outbox } = service.app.composition;
    for (const number of [1, 2]) {
      writer.asked.length = 0;
      await postWebhook(service.url, hire(number));
      await until('it is there', async () => (await outbox.list({ state: 'delivered' })).length === number, 30_000);
    }
    expect(writer.asked.filter((name) => !['claimLanes', 'endLeaps', 'sweepIdle'].includes(name))).to.deep.equal([
      'keepEvents',
      'commitMapped',
      'settleClaims',
    ]);
  });
});
