import { expect } from 'chai';
import { RejectedError, UnavailableError, UncertainError } from '../../src/adapter.ts';

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
