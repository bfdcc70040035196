import { formatFault } from '../src/fault.ts';
import { loadMappings } from '../src/mapping/folder.ts';
import { runTests } from '../src/mapping/test-run.ts';
import { MappingEngine } from '../src/mapping/engine.ts';
import { restRecord } from '../adapters/rest/schema.ts';
import { csvRecord } from '../adapters/csv/settings.ts';
const targets = new Map([['staff-csv', { record: csvRecord }], ['intranet', { record: restRecord }], ['zup', { record: (await import('../adapters/onec/record-schema.ts')).recordSchema }]]);
const engine = new MappingEngine();
for (const folder of ['mappings', 'mappings/examples']) {
  const loaded = await loadMappings(folder, folder, { targets, stages: new Set(['hired','rejected']), zone: 'Europe/Moscow' });
  for (const f of loaded.faults) console.log(formatFault(f, 'ru'));
  for (const m of loaded.mappings) {
    const r = await runTests(m, { engine, stages: { hired: ['Выход на работу'] }, record: targets.get(m.to)!.record });
    console.log(m.name, m.hash.slice(0, 8), r.length, r.filter(x => x.fault).map(x => formatFault(x.fault!, 'ru')));
  }
}
await engine.close();
