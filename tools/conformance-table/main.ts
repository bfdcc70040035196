import { readFileSync, writeFileSync } from 'node:fs';
import { shippedConforming } from '../../test/conformance/shipped/all.ts';
import { withTable } from './table.ts';

for (const [file, language] of [
  ['adapters.md', 'en'],
  ['adapters.ru.md', 'ru'],
] as const) {
  const page = new URL(`../../docs/${file}`, import.meta.url);
  writeFileSync(page, withTable(readFileSync(page, 'utf8'), shippedConforming, language));
}
