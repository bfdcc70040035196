import { strict as assert } from 'node:assert';
import { isSchema, ValidationError } from 'yup';
import { discreet, fitForPeople } from './bench.ts';
import type { Schema } from 'yup';
import type { Bench, Outcome } from './bench.ts';

/** What the outbox relies on, whatever the target is. */
export interface Fact {
  readonly name: string;
  readonly holds: <R>(bench: Bench<R>) => Promise<void>;
}

/** src/adapter.ts, read as facts. */
export const facts: readonly Fact[] = [
  {
    name: 'it has a type and takes its settings',
    holds: async ({ harness }) => {
      const { adapterClass, settings } = harness;
      assert.match(adapterClass.type, /^[a-z][a-z0-9-]*$/);
      assert.ok(
        isSchema(adapterClass.settings) && isSchema(adapterClass.record),
        'settings and record are yup schemas',
      );
      assert.deepEqual(faultsOf(adapterClass.settings, settings), []);
    },
  },
  {
    name: 'it refuses unknown keys of settings, and missing ones',
    holds: async ({ harness }) => {
      const { adapterClass, settings } = harness;
      assert.notDeepEqual(faultsOf(adapterClass.settings, { ...settings, fodler: 'x' }), [], 'add .noUnknown()');
      assert.notDeepEqual(faultsOf(adapterClass.settings, {}), [], 'what it cannot do without is .required()');
    },
  },
  {
    name: 'it takes its record by the schema, and no other',
    holds: async ({ harness }) => {
      const { adapterClass } = harness;
      assert.deepEqual(faultsOf(adapterClass.record, harness.record(1)), []);
      for (const wrong of [undefined, null, 'text', 7, [], [harness.record(1)]])
        assert.notDeepEqual(faultsOf(adapterClass.record, wrong), [], `takes ${JSON.stringify(wrong)} for a record`);
    },
  },
  {
    name: 'it delivers a record, and tells what it sent and what came back',
    holds: async (bench) => {
      const outcome = await bench.attempt(1);
      delivered(outcome);
      assert.equal(await bench.harness.effects(), 1);
      const { exchanges } = outcome.delivery;
      assert.notEqual(exchanges.length, 0, 'call delivery.sent(…) right before bytes leave');
      for (const { request, response } of exchanges) {
        assert.ok(response !== undefined && response.summary !== '', 'call what sent() returned with the answer');
        discreet(`${request.summary} ${response.summary}`, bench.harness.secrets);
      }
    },
  },
  {
    name: 'the same delivery again leaves one effect',
    holds: async (bench) => {
      delivered(await bench.attempt(1));
      delivered(await bench.attempt(1));
      assert.equal(await bench.harness.effects(), 1);
    },
  },
  {
    name: 'several deliveries at once leave an effect each',
    holds: async (bench) => {
      for (const outcome of await Promise.all([1, 2, 3, 4].map((id) => bench.delivered(id)))) delivered(outcome);
      assert.equal(await bench.harness.effects(), 4);
    },
  },
  {
    name: 'it rejects what the target will never take',
    holds: async (bench) => {
      const { refused, secrets } = bench.harness;
      if (refused === undefined)
        throw new Error('the harness has no record that is refused: give one, or say `cannot`');
      const { kind, error } = await bench.attempt(1, {}, { record: refused });
      assert.equal(kind, 'rejected', String(error));
      fitForPeople(error, secrets);
      assert.equal(await bench.harness.effects(), 0);
    },
  },
  {
    name: 'it is unavailable while the target is away, and delivers once it is back',
    holds: async (bench) => {
      await bench.network.cutOff();
      const { kind, error } = await bench.attempt(1);
      assert.equal(kind, 'unavailable', String(error));
      fitForPeople(error, bench.harness.secrets);
      await bench.network.reconnect();
      delivered(await bench.delivered(1));
      assert.equal(await bench.harness.effects(), 1);
    },
  },
  {
    name: 'nothing leaves when the signal was aborted before',
    holds: async (bench) => {
      const { kind, error, delivery } = await bench.attempt(1, { signal: AbortSignal.abort() });
      assert.ok(kind === 'unavailable' || kind === 'unforeseen', `${kind}: ${String(error)}`);
      assert.equal(delivery.exchanges.length, 0);
      assert.equal(await bench.harness.effects(), 0);
    },
  },
  {
    name: 'it stops waiting as soon as the signal is aborted',
    holds: async (bench) => {
      await bench.network.hang();
      const begun = performance.now();
      const { kind, error } = await bench.attempt(1, { signal: AbortSignal.timeout(50) });
      assert.ok(performance.now() - begun < 3500, 'pass delivery.signal on to whatever waits');
      assert.ok(kind !== 'delivered' && kind !== 'rejected', `${kind}: ${String(error)}`);
      if (kind !== 'unforeseen') fitForPeople(error, bench.harness.secrets);
    },
  },
  {
    name: 'check finds nothing at a healthy target, and writes nothing',
    holds: async ({ adapter, harness }) => {
      const findings = await adapter.check?.({
        mappings: [{ name: 'hire', record: harness.record(1) }],
        signal: AbortSignal.timeout(10_000),
      });
      assert.deepEqual(
        (findings ?? []).filter(({ level }) => level === 'error'),
        [],
      );
      assert.equal(await harness.effects(), 0);
    },
  },
  {
    name: 'check says that the target is away',
    holds: async (bench) => {
      if (bench.adapter.check === undefined) return;
      await bench.network.cutOff();
      const findings = await bench.adapter.check({ mappings: [], signal: AbortSignal.timeout(10_000) });
      assert.ok(
        findings.some(({ level }) => level === 'error'),
        'a finding of level error',
      );
    },
  },
  {
    name: 'it may be closed twice',
    holds: async (bench) => {
      delivered(await bench.attempt(1));
      await bench.adapter.close?.();
      await bench.adapter.close?.();
    },
  },
];

export function delivered({ kind, error }: Outcome): void {
  assert.equal(kind, 'delivered', `not delivered but ${kind}: ${String(error)}`);
}

function faultsOf(schema: Schema, value: unknown): readonly string[] {
  try {
    schema.validateSync(value, { abortEarly: false, stripUnknown: false });
    return [];
  } catch (error) {
    if (ValidationError.isError(error)) return error.errors.map(String);
    throw error;
  }
}
