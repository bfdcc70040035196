import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '../../src/process/error-code.ts';
import type { JsonObject } from '../../src/huntflow/json.ts';
import { hire, withValue } from './webhook.ts';

const letters = 'бвгджзклмнпрстфхцчш';

/** A surname that nothing else in the files has. */
export function surname(number: number): string {
  const tail = String(number)
    .split('')
    .map((digit) => letters[Number(digit)])
    .join('о');
  return `Тарабукин${tail}`;
}

/** A hire whose name, mail and phone nobody else has. */
export function hireOf(number: number): JsonObject {
  let document = hire(number);
  document = withValue(document, ['event', 'applicant', 'last_name'], surname(number));
  document = withValue(document, ['event', 'applicant', 'email'], `tarabukin.${number}@example.org`);
  return withValue(document, ['event', 'applicant', 'phone'], `+7916${String(5_000_000 + number)}`);
}

export function personalOf(number: number): string[] {
  return [surname(number), `tarabukin.${number}@example.org`, String(9_165_000_000 + number)];
}

/** Of the files below a folder, those in which a text stands, as UTF-8 or escaped as JSON. */
export function filesWith(folder: string, texts: readonly string[]): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    if (!entry.isFile()) return [];
    const path = join(entry.parentPath, entry.name);
    const bytes = readIfThere(path);
    if (bytes === undefined) return [];
    const found = texts.filter((text) => bytes.includes(text) || bytes.includes(JSON.stringify(text).slice(1, -1)));
    return found.length === 0 ? [] : [`${path}: ${found.join(', ')}`];
  });
}

/** A server takes its own files away as it likes. */
function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
