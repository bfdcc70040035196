import { expect } from 'chai';
import {
  type AdapterErrorKind,
  adapterErrorKind,
  RejectedError,
  type Text,
  UnavailableError,
  UncertainError,
} from '../../../src/adapter.ts';

/** The sentences of the error that the work ends with; the test fails when it is of another kind, or none. */
export async function failure(kind: AdapterErrorKind, work: Promise<unknown>): Promise<Text> {
  try {
    await work;
  } catch (error) {
    expect(adapterErrorKind(error), String(error)).to.equal(kind);
    if (error instanceof UnavailableError || error instanceof RejectedError || error instanceof UncertainError)
      return error.text;
    throw error;
  }
  throw new Error(`expected ${kind}, but the work went well`);
}
