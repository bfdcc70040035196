import { expect } from 'chai';
import { adapterErrorKind, RejectedError, UnavailableError, UncertainError } from '../../src/adapter.ts';
import { validate } from '../../src/files/validation.ts';
import { deliveryOf } from '../support/delivery-context.ts';
import type { Adapter, AdapterClass } from '../../src/adapter.ts';

/** One adapter with a target that the test can look into and take away. */
export interface AdapterHarness<R> {
  readonly adapterClass: AdapterClass;
  /** Settings as a person writes them, complete and right. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly adapter: Adapter<R>;
  /** A record the target takes, with made-up personal data. */
  readonly record: R;
  /** A record the target will never take. */
  readonly refused: R;
  /** Values of both records and of the settings that no text may show. */
  readonly secrets: readonly string[];
  /** How many records the target has. */
  effects(): Promise<number>;
  /** From now on nothing of the target can be reached. */
  cutOff(): Promise<void>;
  reconnect(): Promise<void>;
  /** From now on the target keeps everybody waiting. */
  hang(): Promise<void>;
  dispose(): Promise<void>;
}

/** What the outbox relies on, whatever the target is: src/adapter.ts, read as facts. */
export function describeAdapter<R>(name: string, makeHarness: () => Promise<AdapterHarness<R>>): void {
  describe(`${name} keeps the contract of adapters:`, () => {
    let harness: AdapterHarness<R>;

    beforeEach(async () => {
      harness = await makeHarness();
    });

    afterEach(async () => {
      await harness.adapter.close?.();
      await harness.dispose();
    });

    it('has a type and takes its settings', () => {
      expect(harness.adapterClass.type).to.match(/^[a-z][a-z0-9-]*$/);
      expect(validate(harness.adapterClass.settings, harness.settings).problems).to.deep.equal([]);
    });

    it('refuses unknown keys and missing settings', () => {
      const { problems } = validate(harness.adapterClass.settings, { ...harness.settings, fodler: 'x' });
      expect(problems.map((problem) => [problem.path, problem.unknownKey])).to.deep.equal([[['fodler'], true]]);
      expect(validate(harness.adapterClass.settings, {}).problems).not.to.deep.equal([]);
    });

    it('takes its record by the schema and refuses what is no record', () => {
      expect(validate(harness.adapterClass.record, harness.record).problems).to.deep.equal([]);
      for (const wrong of [undefined, null, 'text', 7, [], [harness.record]]) {
        expect(validate(harness.adapterClass.record, wrong).problems, JSON.stringify(wrong)).not.to.deep.equal([]);
      }
    });

    it('delivers a record and tells what it sent and what came back', async () => {
      const delivery = deliveryOf(1);
      await harness.adapter.deliver(harness.record, delivery);
      expect(await harness.effects()).to.equal(1);
      expect(delivery.exchanges).not.to.have.length(0);
      for (const { request, response } of delivery.exchanges) {
        expect(response?.summary).to.be.a('string').that.is.not.equal('');
        expectDiscreet(`${request.summary} ${response?.summary}`, harness.secrets);
      }
    });

    it('leaves one effect when the same delivery comes again', async () => {
      await harness.adapter.deliver(harness.record, deliveryOf(1));
      await harness.adapter.deliver(harness.record, deliveryOf(1, { attempt: 2 }));
      expect(await harness.effects()).to.equal(1);
    });

    it('leaves an effect for each of several deliveries at once', async () => {
      await Promise.all([1, 2, 3, 4].map((id) => harness.adapter.deliver(harness.record, deliveryOf(id))));
      expect(await harness.effects()).to.equal(4);
    });

    it('rejects a record that the target will never take', async () => {
      const error = await failureOf(harness.adapter.deliver(harness.refused, deliveryOf(1)));
      expect(adapterErrorKind(error)).to.equal('rejected');
      expectFitForPeople(error, harness.secrets);
      expect(await harness.effects()).to.equal(0);
    });

    it('is unavailable while the target cannot be reached, and delivers once it can', async () => {
      await harness.cutOff();
      const error = await failureOf(harness.adapter.deliver(harness.record, deliveryOf(1)));
      expect(adapterErrorKind(error)).to.equal('unavailable');
      expectFitForPeople(error, harness.secrets);
      await harness.reconnect();
      await harness.adapter.deliver(harness.record, deliveryOf(1, { attempt: 2 }));
      expect(await harness.effects()).to.equal(1);
    });

    it('puts nothing on the wire when the signal was aborted before', async () => {
      const delivery = deliveryOf(1, { signal: AbortSignal.abort() });
      const error = await failureOf(harness.adapter.deliver(harness.record, delivery));
      expect(adapterErrorKind(error)).to.equal('unavailable');
      expect(delivery.exchanges).to.have.length(0);
      expect(await harness.effects()).to.equal(0);
    });

    it('stops waiting as soon as the signal is aborted', async () => {
      await harness.hang();
      const abort = new AbortController();
      const delivering = failureOf(harness.adapter.deliver(harness.record, deliveryOf(1, { signal: abort.signal })));
      setTimeout(() => abort.abort(), 50);
      const begun = performance.now();
      const error = await delivering;
      expect(performance.now() - begun).to.be.below(3_500);
      expect(adapterErrorKind(error)).to.be.oneOf(['unavailable', 'uncertain']);
      expectFitForPeople(error, harness.secrets);
    });

    it('checks a healthy target without writing to it and finds nothing', async () => {
      const findings = await harness.adapter.check?.({
        mappings: [{ name: 'hire', record: harness.record }],
        signal: new AbortController().signal,
      });
      expect(findings?.filter((finding) => finding.level === 'error') ?? []).to.deep.equal([]);
      expect(await harness.effects()).to.equal(0);
    });

    it('says in check that the target cannot be reached', async () => {
      if (harness.adapter.check === undefined) return;
      await harness.cutOff();
      const findings = await harness.adapter.check({ mappings: [], signal: new AbortController().signal });
      expect(findings.map((finding) => finding.level)).to.include('error');
    });

    it('may be closed twice', async () => {
      await harness.adapter.deliver(harness.record, deliveryOf(1));
      await harness.adapter.close?.();
      await harness.adapter.close?.();
    });
  });
}

type AdapterError = UnavailableError | RejectedError | UncertainError;

/** What an adapter throws; fails the test when it throws nothing, or something else. */
export async function failureOf(work: Promise<unknown>): Promise<AdapterError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof UnavailableError || error instanceof RejectedError || error instanceof UncertainError)
      return error;
    throw error;
  }
  throw new Error('the delivery succeeded');
}

/** Both languages, each in its own letters, and no value of a record or of the settings. */
export function expectFitForPeople(error: AdapterError, secrets: readonly string[]): void {
  expect(error.text.ru).to.match(/[а-яё]{3}/i);
  expect(error.text.en).to.match(/[a-z]{3}/i);
  expect(error.text.en).not.to.equal(error.text.ru);
  expectDiscreet(`${error.text.ru} ${error.text.en} ${error.message} ${error.stack} ${String(error.cause)}`, secrets);
}

function expectDiscreet(text: string, secrets: readonly string[]): void {
  for (const secret of secrets) expect(text).not.to.include(secret);
}
