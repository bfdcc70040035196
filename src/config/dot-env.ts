import { statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parseEnv } from 'node:util';
import type { Fault } from '../files/fault.ts';
import { readPlainFileNow } from '../files/plain-file.ts';
import type { Text } from '../text.ts';
import type { Environment } from './environment.ts';

const limit = 1024 ** 2;

/**
 * What the `.env` beside a connector.yaml says (for `config/connector.yaml` also the one above `config`), read as
 * `node --env-file` reads it. Without such a file: nothing.
 */
export function dotEnv(configFile: string): { readonly variables: Environment; readonly faults: readonly Fault[] } {
  const folder = dirname(configFile);
  const above = basename(folder) === 'config' ? [join(dirname(folder), '.env')] : [];
  const read = [...above, join(folder, '.env')].map(readOne);
  return {
    variables: Object.assign({}, ...read.map(({ variables }) => variables)),
    faults: read.flatMap(({ faults }) => faults),
  };
}

function readOne(file: string): { readonly variables: Environment; readonly faults: readonly Fault[] } {
  const fault = (level: Fault['level'], text: Text): Fault => ({ file, line: 1, column: 1, level, text });
  const read = readPlainFileNow(file, limit);
  if (!read.ok) return { variables: {}, faults: read.missing ? [] : [fault('warning', read.text)] };
  // Node takes a byte order mark for a part of the first name
  const variables = parseEnv(read.bytes.toString('utf8').replace(/^\ufeff/, ''));
  const open = process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0;
  return { variables, faults: open ? [fault('warning', readByOthers)] : [] };
}

const readByOthers: Text = {
  ru: 'файл с секретами могут читать другие пользователи: выполните chmod 600 для него',
  en: 'other users may read this file of secrets: chmod 600 it',
};
