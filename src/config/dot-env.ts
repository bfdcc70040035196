import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parseEnv } from 'node:util';
import type { Fault } from '../files/fault.ts';
import { readPlainFileNow } from '../files/plain-file.ts';
import { unicodeText } from '../files/unicode-text.ts';
import type { Text } from '../text.ts';
import { oddLines } from './env-lines.ts';
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
  const warning = (text: Text, line = 1, at = file): Fault => ({ file: at, line, column: 1, level: 'warning', text });
  // Windows hides a further .txt, and Notepad adds it.
  const hidden = [`${file}.txt`, join(dirname(file), 'env.txt')]
    .filter(existsSync)
    .map((at) => warning(notRead, 1, at));
  const read = readPlainFileNow(file, limit);
  if (!read.ok) return { variables: {}, faults: [...hidden, ...(read.missing ? [] : [warning(read.text)])] };
  const text = plainText(unicodeText(read.bytes) ?? read.bytes.toString('utf8'));
  const open = process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0;
  return {
    variables: parseEnv(text),
    faults: [
      ...hidden,
      ...(open ? [warning(readByOthers)] : []),
      ...oddLines(text).map((odd) => warning(odd.text, odd.line)),
    ],
  };
}

/** Node takes a byte order mark, a no-break blank and a lone CR for parts of names and values. */
function plainText(text: string): string {
  return text
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n')
    .replace(/^(?:[^\S\n]|\u200b)*[\w.]+[^\S\n]*=/gm, (line) => line.replace(/[^\S\n]|\u200b/g, ''));
}

const notRead: Text = {
  ru: 'похоже на .env и не читается: уберите из имени «.txt» (Windows его прячет)',
  en: 'this looks like .env and is not read: take ".txt" away from its name (Windows hides it)',
};
const readByOthers: Text = {
  ru: 'файл с секретами могут читать другие пользователи: выполните chmod 600 для него',
  en: 'other users may read this file of secrets: chmod 600 it',
};
