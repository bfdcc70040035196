import { readFileSync } from 'node:fs';
import { readMappingFile } from '../src/mapping/file.ts';
import { noDictionaries } from '../src/mapping/dictionaries.ts';
import { readBody } from '../src/huntflow/body.ts';
import { viewOf } from '../src/huntflow/view.ts';
import { MappingEngine } from '../src/mapping/engine.ts';
import { csvRecord } from '../adapters/csv/settings.ts';
import { restRecord } from '../adapters/rest/schema.ts';
const targets = new Map<string, any>([['staff-csv', { record: csvRecord }], ['intranet', { record: restRecord }]]);
const bytes = readFileSync('mappings/fixtures/applicant-status-hired.json');
const engine = new MappingEngine();
for (const f of ['mappings/hire-to-csv.yaml','mappings/examples/hire-to-intranet.yaml']) {
const { mapping } = await readMappingFile('/work/main/'+f, f, readFileSync(f, 'utf8'), { targets, stages: new Set(['hired']), zone: 'Europe/Moscow' }, noDictionaries);
for (let r=0;r<6;r++){ const c=process.cpuUsage(); const t=performance.now(); const n=5000; for (let b=0;b<n/100;b++) await Promise.all(Array.from({length:100},()=>{ const body = readBody(bytes); return engine.map(mapping!, viewOf((body as any).body, {})); })); const ms=performance.now()-t; const u=process.cpuUsage(c); console.log(f, Math.round(n/ms*1000)+'/s wall', Math.round(n/((u.user+u.system)/1e6))+'/s per core', ((u.user+u.system)/n).toFixed(0)+'µs cpu per event (parse+view+clone+map)'); }
}
await engine.close();
