import { formatFault } from '../src/fault.ts';
import { readMappingFile } from '../src/mapping/file.ts';
import { restRecord } from '../adapters/rest/schema.ts';
import { csvRecord } from '../adapters/csv/settings.ts';
const targets = new Map<string, any>([['staff-csv', { record: csvRecord }], ['intranet', { record: restRecord }], ['zup', { record: (await import('../adapters/onec/record-schema.ts')).recordSchema }]]);
const ctx = { targets, stages: new Set(['hired','rejected']), zone: 'Europe/Moscow' };
const dict = { entries: new Map([['divisions', new Map([['7','x']])]]), faulty: new Set(['bad']), faults: [] } as any;
const head = 'mapping: m\non: { event: APPLICANT }\nto: staff-csv\n';
const cases: [string, string][] = [
 ['colon', head+'record:\n  Имя: =a ? b : c\n'],
 ['colonText', head+'record:\n  Имя: =a & ": " & b\n'],
 ['nextLine', head+'record:\n  Имя:\n    =a ? b : c\n'],
 ['hash', head+'record:\n  Имя: =a & " #" & b\n'],
 ['hash ok', head+'record:\n  Имя: =a   # имя\n'],
 ['hash var', head+'record:\n  Имя: =a #$i.b\n'],
 ['flowComma', head+'record: { Имя: =$lookup(a, b), Два: 2 }\n'],
 ['flowComma conv', head+'record:\n  Имя: { from: =$lookup(a, b), as: string }\n'],
 ['flow cut compiles', head+'record: { Имя: =a, b }\n'],
 ['flowBr', head+'record: { Имя: =a[0], Два: 2 }\n'],
 ['flowBrace', head+'record: { Имя: ={"a": 1}, Два: 2 }\n'],
 ['flowColon', head+'record: { Имя: =a ? b : c, Два: 2 }\n'],
 ['flowSeq', head+'record: { a: [ =a, =f(b, c) ] }\n'],
 ['tab', head+'record:\n\tИмя: x\n'],
 ['dq escape', head+'record:\n  Имя: "=$match(a, /\\d+/)"\n'],
 ['quote', head+'record:\n  Имя: "abc" & "def"\n'],
 ['eqq', head+"record:\n  Имя: '=x\n  Б: 2\n"],
 ['seq', head+'record:\n  a:\n  - =a : b\n'],
 ['numbers', head+'record:\n  a: 007701234567\n  b: 0x1F\n  c: 1e3\n  d: 1.50\n  e: 2026-01-01\n  f: 12345678901234567890\n  g: 5\n  h: -1.5\n  i: .inf\n  j: "007"\n  k: 0o17\n'],
 ['typos', 'maping: m\non: { evnt: APLICANT }\nto: staf-csv\nrecrd:\n  a: 1\n'],
 ['on', 'mapping: m\non: { event: [APLICANT, VACANCY_REQUEST], type: STATS, action: ADDED, stage: [hird, 5, "7"] }\nto: staff-csv\nrecord: { a: 1 }\n'],
 ['on2', 'mapping: m\non: { event: APPLICANT, stage: hired }\nto: staff-csv\nrecord: { a: 1 }\n'],
 ['on3', 'mapping: m\non: { event: APPLICANT, type: STATUS, stage: hired }\nto: staff-csv\nrecord: { a: applicant.id }\n'],
 ['formula col', head+'record:\n  Имя: =a & & b\n  Два: "=$f(a b)"\n  Три: |\n    =a +\n      b c\n  Ч: >\n    =a b\n  П: =\n'],
 ['conv', head+'record:\n  a: { from: =a, as: dat }\n  b: { frm: =a, as: date }\n  c: { from: =x, max: 0, requird: true }\n  d: { from: =x, lookup: division }\n  e: { from: =x, lookup: bad, else: keep }\n  f: { from: =x, else: keep }\n  g: { from: "2026-02-31", as: date }\n  h: { from: =x, as: integer, default: нет }\n  i: { from: }\n  j: { from: [1] }\n  k: {from: =x, required: yes}\n'],
 ['record', 'mapping: m\non: { event: APPLICANT }\nto: intranet\nrecord:\n  metod: POST\n  method: GET\n  body: { a: =x }\n'],
 ['record f', 'mapping: m\non: { event: APPLICANT }\nto: intranet\nrecord:\n  method: =x\n  path: =y\n  query: =z\n  body: =x\n  headers: { a: =b, authorization: x }\n'],
 ['csv nested', head+'record:\n  a: =b\n  c: { d: =e }\n  f: [1]\n'],
 ['onec', 'mapping: m\non: { event: APPLICANT }\nto: zup\nrecord:\n  steps:\n    - upsert: =x\n      as: person\n      of: { kind: applicant, id: =applicant.id }\n      fields: { a: =b, c: { ref: person }, d: { fnd: x } }\n    - upsrt: Catalog_A\n'],
 ['empty', ''], ['list', '- a\n'], ['text', 'abc'], ['nulls', 'mapping:\non:\nto:\nrecord:\ntests:\n'],
 ['when', head+'when: applicant.id\nkey: [1]\nonce: {}\norder: strickt\nrecord: { a: 1 }\n'],
 ['tests', head+'record: { a: 1 }\ntests:\n  - name: t\n    given: nope.json\n    expect: skiped\n  - given: {}\n    expect: { a: 007 }\n  - x\n'],
 ['dup key', head+'record:\n  a: 1\n  a: 2\n'],
 ['crlf bom', '\uFEFFmapping: m\r\non: { event: APPLICANT }\r\nto: staff-csv\r\nrecord:\r\n  a: =b c\r\n'],
];
for (const [n, t] of cases.filter(([n]) => !process.argv[2] || n.startsWith(process.argv[2]))) { console.log('##', n); const r = await readMappingFile('/work/main/mappings/m.yaml', 'm.yaml', t, ctx, dict); for (const f of r.faults) console.log('  ', formatFault(f, 'en')); if (r.mapping) console.log('   OK'); }
