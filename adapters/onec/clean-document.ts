import type { Text } from '../../src/adapter.ts';
import { cleanText } from './clean-text.ts';
import type { XmlRecord } from './xml-record.ts';

/** The record with texts that 1C and XML can carry, and a finding for each that lost something inside. */
export function cleanDocument(record: XmlRecord): { readonly record: XmlRecord; readonly findings: readonly Text[] } {
  const findings: Text[] = [];
  return { record: { ...record, content: cleaned(record.content, record.root, record.root, findings) }, findings };
}

function cleaned(value: unknown, name: string, path: string, findings: Text[]): unknown {
  if (Array.isArray(value)) return value.map((one: unknown) => cleaned(one, name, path, findings));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, cleaned(one, key, `${path}/${key}`, findings)]),
    );
  if (typeof value !== 'string') return value;
  const { text, removed } = cleanText(name, value);
  if (removed)
    findings.push({
      ru: `${path}: управляющие и невидимые символы убраны`,
      en: `${path}: control and invisible characters were taken out`,
    });
  return text;
}
