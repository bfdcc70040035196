import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { array, object, string } from 'yup';
import { stringify } from 'yaml';
import '../files/schema-words.ts';
import { FaultyFileError } from '../files/fault.ts';
import { readPlainFileNow } from '../files/plain-file.ts';
import { validate } from '../files/validation.ts';
import { unicodeText } from '../files/unicode-text.ts';
import { YamlDocument } from '../files/yaml-document.ts';
import { type Role, roles } from './role.ts';

/** Somebody who may use the console. */
export interface User {
  readonly name: string;
  readonly role: Role;
  /** `scrypt$…`; undefined: comes by single sign-on or by token only. */
  readonly password: string | undefined;
  readonly tokens: readonly Token[];
  /** When he was added, ISO 8601: sessions of somebody of that name who was removed are not his. */
  readonly since?: string | undefined;
}

/** Of a script; what it says is kept as a hash only. */
interface Token {
  readonly name: string;
  readonly hash: string;
  readonly createdAt: string;
}

/** Letters, digits and what addresses of mail have besides. */
export const userName = /^[\p{L}\p{N}][\p{L}\p{N}._@+-]{0,99}$/u;

const user = object({
  role: string().oneOf(roles).required(),
  password: string().matches(/^scrypt\$/),
  tokens: array(
    object({ name: string().required(), hash: string().required(), createdAt: string().required() }).noUnknown(),
  ).default([]),
  since: string(),
}).noUnknown();

/** Bytes. */
const fileLimit = 1024 ** 2;

/** Undefined when there is no such file; throws FaultyFileError for one that cannot be read. */
export function readUsers(file: string): readonly User[] | undefined {
  const read = readPlainFileNow(file, fileLimit);
  if (!read.ok) {
    if (read.missing) return undefined;
    throw new FaultyFileError([{ file, line: 1, column: 1, level: 'error', text: read.text }]);
  }
  const document = new YamlDocument(file, unicodeText(read.bytes) ?? read.bytes.toString('utf8'));
  if (document.faults.length > 0) throw new FaultyFileError(document.faults);
  const names = Object.keys(usersOf(document.value));
  const fields = Object.fromEntries(names.map((name) => [name, user.required()]));
  const { value, problems } = validate(object({ users: object(fields).default({}) }), document.value ?? {});
  if (value === undefined) throw new FaultyFileError(document.faultsOf(problems));
  return names.map((name) => userOf(name, value.users[name]));
}

function userOf(name: string, kept: unknown): User {
  const { role, password, tokens, since } = user.cast(kept);
  return { name, role, password, tokens, since };
}

function usersOf(value: unknown): object {
  if (typeof value !== 'object' || value === null || !('users' in value)) return {};
  return typeof value.users === 'object' && value.users !== null ? value.users : {};
}

/** Whole or not at all, and readable by its owner only. */
export function writeUsers(file: string, users: readonly User[]): void {
  const text = `# Who may use the console: made by huntflow-connector user add, list, remove, token\n${stringify({
    users: Object.fromEntries(
      users.map(({ name, role, password, tokens, since }) => [
        name,
        {
          role,
          ...(since !== undefined && { since }),
          ...(password !== undefined && { password }),
          ...(tokens.length > 0 && { tokens }),
        },
      ]),
    ),
  })}`;
  const beside = `${file}.${randomBytes(6).toString('hex')}.new`;
  const handle = openSync(beside, 'wx', 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  try {
    renameSync(beside, file);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

/** Changes when the file does; undefined: it is not there. */
export function fileStamp(file: string): string | undefined {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat && `${stat.ino} ${stat.size} ${stat.mtimeMs}`;
}
