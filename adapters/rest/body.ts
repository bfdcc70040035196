import { randomBytes } from 'node:crypto';
import { XMLBuilder } from 'fast-xml-parser';
import { RejectedError } from '../../src/adapter.ts';
import { bytesOf, isPlainObject } from '../../src/toolkit.ts';
import type { AdapterTools, Text } from '../../src/adapter.ts';

export type BodyForm = 'json' | 'form' | 'multipart' | 'xml';

export interface WrittenBody {
  readonly type: string;
  readonly bytes: string | Uint8Array;
}

/**
 * The body of a record in the form its target takes. Lists become several fields of one name; null and undefined are
 * left out of forms.
 * @throws RejectedError when the body has no such form; what `tools.attachment` throws.
 */
export async function writtenBody(
  body: unknown,
  form: BodyForm,
  attachment: (file: string | number) => ReturnType<AdapterTools['attachment']>,
): Promise<WrittenBody> {
  switch (form) {
    case 'json':
      return { type: 'application/json', bytes: JSON.stringify(body) };
    case 'form':
      return {
        type: 'application/x-www-form-urlencoded',
        bytes: new URLSearchParams(
          pairsOf(body).map(([name, value]): [string, string] => [name, textOf(value)]),
        ).toString(),
      };
    case 'multipart':
      return multipart(body, attachment);
    case 'xml':
      return { type: 'application/xml; charset=utf-8', bytes: xml(body) };
  }
}

function pairsOf(body: unknown): [string, unknown][] {
  if (!isPlainObject(body)) throw new RejectedError(flat);
  return Object.entries(body).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).flatMap((one: unknown): [string, unknown][] =>
      one === null || one === undefined ? [] : [[name, one]],
    ),
  );
}

function textOf(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new RejectedError(flat);
}

/** One buffer of known length: a chunked body is refused by IIS, 1C and old proxies (facts/targets.md 6). */
async function multipart(
  body: unknown,
  attachment: (file: string | number) => ReturnType<AdapterTools['attachment']>,
): Promise<WrittenBody> {
  const boundary = `----huntflow-${randomBytes(18).toString('hex')}`;
  const parts: Uint8Array[] = [];
  const add = (text: string): unknown => parts.push(Buffer.from(text, 'utf8'));
  for (const [name, value] of pairsOf(body)) {
    add(`--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"`);
    const file = isPlainObject(value) ? value['file'] : undefined;
    if (typeof file === 'string' || typeof file === 'number') {
      const kept = await attachment(file);
      const given = isPlainObject(value) ? value['name'] : undefined;
      const title = typeof given === 'string' && given !== '' ? given : 'file';
      // Browsers write UTF-8 between the quotes; RFC 5987 readers take the second form.
      add(
        `; filename="${quoted(title)}"; ` +
          `filename*=UTF-8''${encodeURIComponent(title.toWellFormed())}\r\nContent-Type: ${kept.type}\r\n\r\n`,
      );
      parts.push(await bytesOf(kept));
    } else add(`\r\n\r\n${textOf(value)}`);
    add('\r\n');
  }
  add(`--${boundary}--\r\n`);
  return { type: `multipart/form-data; boundary=${boundary}`, bytes: Buffer.concat(parts) };
}

/** As browsers escape a name: it must not end its quotes or its line. */
function quoted(name: string): string {
  return name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A').toWellFormed();
}

/** `{ employee: { "@id": 1, name: … } }` with one root; a key with `@` is an attribute. */
function xml(body: unknown): string {
  const roots = isPlainObject(body) ? Object.keys(body) : [];
  const [root] = roots;
  if (root === undefined || roots.length !== 1 || !namesAreFit(body)) throw new RejectedError(unfitXml);
  const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@', suppressEmptyNode: true });
  return `<?xml version="1.0" encoding="UTF-8"?>${builder.build(withoutControls(body))}`;
}

function namesAreFit(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(namesAreFit);
  if (!isPlainObject(value)) return true;
  return Object.entries(value).every(
    ([name, item]) => /^@?[\p{L}_][\p{L}\p{N}_.:-]*$/u.test(name) && namesAreFit(item),
  );
}

/** XML 1.0 has no place for most control characters, and none for halves of others. */
function withoutControls(value: unknown): unknown {
  if (typeof value === 'string')
    return value.toWellFormed().replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '');
  if (Array.isArray(value)) return value.map(withoutControls);
  if (!isPlainObject(value)) return value ?? undefined;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withoutControls(item)]));
}

const flat: Text = {
  ru: 'Тело для form и multipart — набор «имя: значение» без вложенности (в multipart ещё «имя: { file, name }»): исправьте маппинг.',
  en:
    'A body for form and multipart is a flat set of `name: value` (in multipart also `name: { file, name }`): ' +
    'mend the mapping.',
};
const unfitXml: Text = {
  ru: 'Тело для xml — один корневой элемент с именами, которые допускает XML: исправьте маппинг.',
  en: 'A body for xml has one root element, and names that XML allows: mend the mapping.',
};
