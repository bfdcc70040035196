import { randomBytes, randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorCode } from '../process/error-code.ts';

const form = /^[0-9a-f]{64}$/;

/**
 * The key of the chain in a file of its own, hex, readable by its owner only; made when it is not there. Throws when
 * the file holds something else.
 */
export function keyFromFile(path: string): string {
  const found = readKey(path);
  if (found !== undefined) return found;
  const draft = `${path}.${randomUUID()}`;
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  try {
    const descriptor = openSync(draft, 'wx', 0o400);
    try {
      writeSync(descriptor, `${randomBytes(32).toString('hex')}\n`);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    linkSync(draft, path);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error; // somebody else was faster, and his is the one
  } finally {
    rmSync(draft, { force: true });
  }
  const made = readKey(path);
  if (made === undefined) throw new Error(`${path} is gone right after it was made`);
  return made;
}

/** Undefined when there is no such file. */
export function readKey(path: string): string | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').trim();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  if (!form.test(text)) throw new Error(`${path} holds no audit key: 64 hexadecimal digits are needed`);
  return text;
}
