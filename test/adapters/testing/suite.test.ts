import { expect } from 'chai';
import { object, string } from 'yup';
import { describeAdapter, FaultServer, toolsFor } from '../../../adapters/testing.ts';
import { property } from '../../../src/process/property.ts';
import { plainNetwork } from '../../support/plain-network.ts';
import type { AdapterTools, DeliveryContext } from '../../../src/adapter.ts';
import type { AdapterHarness, SuiteOptions } from '../../../adapters/testing.ts';

const settings = object({ url: string().required() }).noUnknown().required();
const record = object({ name: string().required() }).noUnknown().required();

/** Posts with a key and does nothing else. */
class Plain {
  static readonly type = 'plain';
  static readonly settings = settings;
  static readonly record = record;
  readonly #http: ReturnType<AdapterTools['http']>;

  constructor({ url }: { readonly url: string }, tools: AdapterTools) {
    this.#http = tools.http({ baseUrl: url });
  }

  async deliver(made: object, delivery: DeliveryContext): Promise<object> {
    const headers = { 'Idempotency-Key': delivery.idempotencyKey };
    await this.#http.post('/people', made, { delivery, headers });
    return {};
  }
}

class Unborn extends Plain {
  constructor(given: { readonly url: string }, tools: AdapterTools) {
    super(given, tools);
    throw new Error('there is no ca.pem');
  }
}

/** A target; `heeds`: whether it knows a key again. */
async function harness(
  adapterClass: typeof Plain,
  heeds: boolean,
  servers: FaultServer[],
): Promise<AdapterHarness<object>> {
  const people = new Set<string>();
  const server = await FaultServer.start(({ headers, body }) => {
    if (body.includes('Петрова')) return { status: 422, body: '{}' };
    people.add(heeds ? (headers['idempotency-key'] ?? '') : String(people.size));
    return { status: 201, body: '{}' };
  });
  servers.push(server);
  return {
    adapterClass,
    settings: { url: server.url },
    tools: toolsFor(),
    record: () => ({ name: 'Иванова' }),
    refused: { name: 'Петрова' },
    secrets: ['Иванова', 'Петрова'],
    effects: () => people.size,
    server,
  };
}

interface Ran {
  readonly name: string;
  readonly failed?: unknown;
  readonly skipped?: string;
}

/** All tests of the suite, one after another, by a runner that hands over a context or none. */
async function ran(
  make: () => Promise<AdapterHarness<object>>,
  { context, only, cannot }: { readonly context: boolean; readonly only?: RegExp } & Pick<SuiteOptions, 'cannot'>,
): Promise<readonly Ran[]> {
  const tests: { readonly name: string; readonly body: (...given: readonly unknown[]) => Promise<void> }[] = [];
  describeAdapter('plain', make, {
    describe: (_name, body) => body(),
    it: (name, body) => void tests.push({ name, body }),
    ...(cannot && { cannot }),
  });
  const results: Ran[] = [];
  for (const { name, body } of tests.filter((test) => only?.test(test.name) !== false)) {
    let skipped: string | undefined;
    const skip = (why: string): void => void (skipped = why);
    try {
      await body(...(context ? [{ skip }] : []));
      results.push(skipped === undefined ? { name } : { name, skipped });
    } catch (failed) {
      results.push({ name, failed });
    }
  }
  return results;
}

const russianOf = (error: unknown): unknown => property(property(error, 'text'), 'ru');

describe('the conformance suite', () => {
  plainNetwork();

  it('tells once that a class does not come to life, tries nothing else, and leaves no server open', async () => {
    const servers: FaultServer[] = [];
    const results = await ran(() => harness(Unborn, true, servers), { context: true });
    expect(results.filter(({ failed }) => failed !== undefined)).to.have.length(1);
    expect(russianOf(results[0]?.failed)).to.equal('Класс не создаётся: Error: there is no ca.pem');
    expect(new Set(results.slice(1).map(({ skipped }) => skipped))).to.deep.equal(
      new Set(['not tried: there is nothing to try / не испытано: пробовать нечего']),
    );
    expect(servers).to.have.length(1);
    for (const server of servers)
      expect(await fetch(server.url, { method: 'POST' }).catch(() => 'closed')).to.equal('closed');
  });

  it('fails what it does not try under a runner that skips nothing', async () => {
    const results = await ran(() => harness(Unborn, true, []), { context: false });
    expect(results.filter(({ failed }) => failed === undefined)).to.deep.equal([]);
    expect(russianOf(results.at(-1)?.failed)).to.equal('не испытано: пробовать нечего');
  });

  it('says what to do about a target that takes a record twice, and stops after some of them', async () => {
    const results = await ran(() => harness(Plain, false, []), {
      context: true,
      only: /^(?:drop|reset|silence) after commit$|before the status|a status line|at once$/,
    });
    const [first] = results;
    expect(russianOf(first?.failed)).to.match(
      /^Цель приняла запись не один раз, а 2 .*Idempotency-Key.*cannot: \{ because, twice: true \}/,
    );
    expect(results.filter(({ failed }) => failed !== undefined)).to.have.length(5);
    expect(results.at(-1)?.skipped).to.match(/^not tried: 5 tests in a row failed for the same reason/);
  });

  it('goes on past failures that differ, and past one that passes', async () => {
    const only = /takes its settings|refuses unknown|no other|delivers a record|same delivery again|closed twice/;
    const results = await ran(() => harness(Plain, false, []), { context: true, only });
    expect(results.map(({ failed, skipped }) => [failed !== undefined, skipped])).to.deep.equal([
      [false, undefined],
      [false, undefined],
      [false, undefined],
      [false, undefined],
      [true, undefined],
      [false, undefined],
    ]);
  });
});
