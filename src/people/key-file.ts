import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import { readPlainFileNow } from '../files/plain-file.ts';
import { errorCode } from '../process/error-code.ts';
import type { Text } from '../text.ts';

/** A key-encryption key: it wraps person keys and nothing else. */
export interface FileKey {
  readonly number: number;
  /** 32 bytes. */
  readonly key: Buffer;
}

/** The file of keys cannot be used. */
export class KeyFileError extends Error {
  override readonly name = 'KeyFileError';
  readonly text: Text;

  constructor(text: Text) {
    super(text.en);
    this.text = text;
  }
}

const limit = 16_384;
const line = /^(\d{1,9})\s+([A-Za-z0-9_-]{43})$/;

/** Where systemd and containers put credentials: who may read them is said there. */
const credentials = /^\/run\/(?:credentials|secrets|user\/\d+\/credentials)\//;

/**
 * The keys of a file, the newest last: a line each, number and 32 bytes in base64url. Two are valid at once while they
 * are rotated.
 * @throws KeyFileError
 */
export function readKeyFile(path: string): [FileKey, ...FileKey[]] {
  const read = readPlainFileNow(path, limit);
  if (!read.ok)
    throw new KeyFileError(
      read.missing ? missing(path) : { ru: `${path}: ${read.text.ru}`, en: `${path}: ${read.text.en}` },
    );
  if (!credentials.test(path) && (statSync(path).mode & 0o077) !== 0) throw new KeyFileError(open(path));
  const keys: FileKey[] = [];
  for (const written of read.bytes.toString('utf8').split(/\r?\n/)) {
    const text = written.trim();
    if (text === '' || text.startsWith('#')) continue;
    const [, number, key] = line.exec(text) ?? [];
    if (number === undefined || key === undefined) throw new KeyFileError(damaged(path));
    keys.push({ number: Number(number), key: Buffer.from(key, 'base64url') });
  }
  const [first, ...others] = keys.toSorted((a, b) => a.number - b.number);
  if (first === undefined || new Set(keys.map(({ number }) => number)).size < keys.length)
    throw new KeyFileError(damaged(path));
  return [first, ...others];
}

export function newKey(number: number): FileKey {
  return { number, key: randomBytes(32) };
}

/**
 * A new file, readable by its owner only and on the disk when it returns; never in the place of another.
 * @throws KeyFileError
 */
export function makeKeyFile(path: string): void {
  try {
    write(openSync(path, 'wx', 0o400), [newKey(1)]);
    flush(dirname(path));
  } catch (error) {
    throw new KeyFileError(errorCode(error) === 'EEXIST' ? taken(path) : unwritten(path, errorCode(error) ?? ''));
  }
}

/**
 * Other keys in the same file: it has the old ones or the new ones, whatever happens.
 * @throws KeyFileError
 */
export function replaceKeyFile(path: string, keys: readonly FileKey[]): void {
  const draft = `${path}.${randomUUID()}`;
  try {
    write(openSync(draft, 'wx', 0o400), keys);
    renameSync(draft, path);
    flush(dirname(path));
  } catch (error) {
    rmSync(draft, { force: true });
    throw new KeyFileError(unwritten(path, errorCode(error) ?? ''));
  }
}

function write(file: number, keys: readonly FileKey[]): void {
  try {
    writeSync(file, `${head}${keys.map(({ number, key }) => `${number} ${key.toString('base64url')}\n`).join('')}`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Some shares do not flush folders. */
function flush(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } catch {
    // The file itself was flushed.
  } finally {
    closeSync(descriptor);
  }
}

/** The keys of a file on a line of their own, to be written down. */
export function recoveryText(path: string): string {
  return readKeyFile(path)
    .map(({ number, key }) => `${number} ${key.toString('base64url')}`)
    .join('\n');
}

const head =
  '# huntflow-connector: keys that wrap the keys of persons. Without this file nothing that is sealed can be read.\n' +
  '# Keep a copy of it apart from all backups of the database.\n';

const missing = (path: string): Text => ({
  ru: `файла ключей ${path} нет: верните его из места, где хранится копия, или создайте новый (keys new ФАЙЛ), если ничего ещё не зашифровано`,
  en:
    `there is no key file ${path}: bring it back from where its copy is kept, or make a new one (keys new FILE) if ` +
    'nothing is sealed yet',
});

const open = (path: string): Text => ({
  ru: `файл ключей ${path} могут читать и другие: выполните chmod 400 ${path}`,
  en: `others may read the key file ${path} too: run chmod 400 ${path}`,
});

const damaged = (path: string): Text => ({
  ru: `файл ключей ${path} не читается: в каждой строке нужны номер и ключ; верните его из копии`,
  en: `the key file ${path} cannot be read: each line has a number and a key; bring it back from its copy`,
});

const taken = (path: string): Text => ({
  ru: `файл ${path} уже есть: ключи не перезаписываются, дайте другое имя`,
  en: `${path} is there already: keys are never written over, give another name`,
});

const unwritten = (path: string, code: string): Text => ({
  ru: `файл ключей ${path} не записать (${code}): проверьте папку и права; ключи из systemd credentials меняют там, где лежит сам файл`,
  en:
    `the key file ${path} cannot be written (${code}): check the folder and rights; keys that come as systemd ` +
    'credentials are changed where their file lies',
});
