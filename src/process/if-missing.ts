import { errorCode } from './error-code.ts';

/** Undefined when there is no such file. */
export async function ifMissing<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
