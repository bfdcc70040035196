import { setTimeout } from 'node:timers/promises';
import { adapterErrorKind } from '../../src/adapter.ts';
import { errorRetryAfter, errorText, isPlainObject } from '../../src/toolkit.ts';
import { BrokenFact, holds } from './broken-fact.ts';
import { Deliveries } from './deliveries.ts';
import { UnbornError } from './unborn.ts';
import type { Adapter, AdapterErrorKind, DeliveryContext } from '../../src/adapter.ts';
import type { TestDelivery } from './deliveries.ts';
import type { AdapterHarness, MakeHarness, Network } from './harness.ts';

/** How one attempt ended. */
export interface Outcome {
  readonly kind: 'delivered' | AdapterErrorKind | 'unforeseen';
  readonly error: unknown;
  readonly retryAfter: number | undefined;
  readonly holds: string | undefined;
  readonly delivery: TestDelivery;
}

/** Milliseconds for which a repeated attempt waits when the adapter asks for it. */
const soon = 1000;

/** An adapter at work on its target, for one fact about it. */
export class Bench<R> {
  readonly harness: AdapterHarness<R>;
  readonly adapter: Adapter<R>;
  /** Attempts whose outcome nobody knows. */
  uncertain = 0;
  readonly #deliveries = new Deliveries();

  private constructor(harness: AdapterHarness<R>) {
    this.harness = harness;
    const { adapterClass, settings, tools } = harness;
    const made: Adapter<R> =
      harness.adapter ?? Reflect.construct(adapterClass, [adapterClass.settings.validateSync(settings), tools]);
    this.adapter = made;
  }

  /** @throws UnbornError, and has given back what the harness started. */
  static async #born<R>(make: MakeHarness<R>, timeout: number): Promise<Bench<R>> {
    const harness = await make(timeout).catch((error: unknown) => {
      throw new UnbornError('Тест не собрал своего окружения', 'The harness of the test could not be made', error);
    });
    try {
      return new Bench(harness);
    } catch (error) {
      await givenBack(harness);
      throw new UnbornError('Класс не создаётся', 'The class does not come to life', error);
    }
  }

  /** @param timeout milliseconds of a request. */
  static async at<R>(make: MakeHarness<R>, timeout: number, work: (bench: Bench<R>) => Promise<void>): Promise<void> {
    const bench = await Bench.#born(make, timeout);
    try {
      await work(bench);
    } finally {
      await bench.adapter.close?.();
      await givenBack(bench.harness);
    }
  }

  get network(): Network {
    const { network, server } = this.harness;
    if (network !== undefined) return network;
    holds(
      server !== undefined,
      'в тесте нет ни server, ни network: цель негде отключить',
      'a harness has either server or network: there is nothing to cut off',
    );
    return {
      cutOff: () => server.stop(),
      reconnect: () => server.listen(),
      hang: () => {
        server.hanging = true;
      },
    };
  }

  /** One attempt, a minute after the one before. */
  async attempt(
    id: number,
    overrides: Partial<DeliveryContext> = {},
    refused?: { readonly record: R },
  ): Promise<Outcome> {
    const record = refused === undefined ? this.harness.record(id) : refused.record;
    this.harness.tools.pass(60_000);
    const delivery = this.#deliveries.attempt(id, overrides);
    try {
      await this.adapter.deliver(record, delivery);
      return { kind: 'delivered', error: undefined, retryAfter: undefined, holds: undefined, delivery };
    } catch (error) {
      if (adapterErrorKind(error) === 'uncertain') this.uncertain += 1;
      const holds = error instanceof Error && 'holds' in error ? error.holds : undefined;
      return {
        kind: adapterErrorKind(error) ?? 'unforeseen',
        error,
        retryAfter: errorRetryAfter(error),
        holds: typeof holds === 'string' ? holds : undefined,
        delivery,
      };
    }
  }

  /** Attempts until the record is delivered, ten at most; the last one's outcome. */
  async delivered(id: number): Promise<Outcome> {
    for (let tries = 1; ; tries += 1) {
      const outcome = await this.attempt(id);
      if (outcome.kind === 'delivered' || tries === 10) return outcome;
      // Who is asked to come back in a moment does, as the dispatcher would.
      const { retryAfter = 0 } = outcome;
      if (retryAfter > 0 && retryAfter <= soon) await setTimeout(retryAfter);
    }
  }
}

/** A sentence in both languages, or one for both, that quotes nothing it should not; throws what is wrong with it. */
export function fitForPeople(error: unknown, secrets: readonly string[]): void {
  const text = errorText(error);
  holds(
    text !== undefined,
    `это не ошибка контракта: ${String(error)}`,
    `that is no error of the contract: ${String(error)}`,
  );
  for (const sentence of [text.ru, text.en])
    holds(
      /\p{L}{3}/u.test(sentence),
      `в ошибке нет предложения для людей: «${sentence}»`,
      `the error has no sentence for people: "${sentence}"`,
    );
  const { message, stack, cause } = error instanceof Error ? error : new Error();
  discreet(
    `${text.ru} ${text.en} ${message} ${stack} ${isPlainObject(cause) ? JSON.stringify(cause) : String(cause)}`,
    secrets,
  );
}

/** Throws when one of the secrets stands in the text. */
export function discreet(text: string, secrets: readonly string[]): void {
  const at = secrets.findIndex((secret) => text.includes(secret)) + 1;
  if (at > 0)
    throw new BrokenFact(
      `в тексте, который показывают, стоит секрет из secrets теста, по счёту ${at}: уберите данные из текстов ошибок и summary`,
      `secret number ${at} of the harness stands in a text that is shown: take data out of error texts and summaries`,
    );
}

async function givenBack<R>(harness: AdapterHarness<R>): Promise<void> {
  await harness.dispose?.();
  await harness.server?.stop();
  harness.tools.dispose();
}
