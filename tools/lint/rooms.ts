/** A folder or file of the house, what of the house it may import, and which guarded libraries. */
export interface Room {
  readonly room: string;
  /** Folders end in `/`; a room may always import itself. */
  readonly may: readonly string[];
  readonly libraries?: readonly string[];
  readonly why: string;
}

/** Libraries that belong to few rooms, each with the reason; any other is free. */
export const guarded: Readonly<Record<string, string>> = {
  inversify: 'Wiring happens in container.ts alone, so that every class stays plain.',
  kysely: 'Only the database and the stores speak SQL: the other rooms ask the stores.',
  'better-sqlite3': 'Only the database knows which engine runs.',
  pg: 'Only the database knows which engine runs.',
  koa: 'Only the app, intake and console speak HTTP to the outside.',
  '@koa/router': 'Only the app, intake and console speak HTTP to the outside.',
};

const ground = ['src/text.ts', 'src/process/', 'src/words/'];
const papers = [...ground, 'src/files/'];
const stores = [
  'src/alarms/',
  'src/audit/',
  'src/inbox/',
  'src/outbox/',
  'src/bulk/',
  'src/mapping/store/',
  'src/people/',
  'src/retention/',
  'src/access/',
  'src/targets/',
  'src/database/',
];

/** From the street to the outside world; of two rows that fit a file the longer one holds. */
export const rooms: readonly Room[] = [
  { room: 'src/main.ts', may: ['src/cli/', ...ground], why: 'main.ts turns arguments into one command.' },
  {
    room: 'src/app.ts',
    may: ['src/', '!src/cli/'],
    libraries: ['koa', '@koa/router'],
    why: 'The commands are a side door: only main.ts opens it.',
  },
  {
    room: 'src/container.ts',
    may: ['src/', '!src/cli/', '!src/app.ts', '!src/console/', '!src/intake/'],
    libraries: ['inversify'],
    why: 'The composition makes what lives behind the doors; the app opens the doors.',
  },
  { room: 'src/adapter.ts', may: ['src/text.ts'], why: 'The contract stands alone, so that a customer can read it.' },
  {
    room: 'src/toolkit.ts',
    may: [
      'src/adapter.ts',
      'src/text.ts',
      'src/config/duration.ts',
      'src/files/did-you-mean.ts',
      'src/process/error-code.ts',
      'src/process/plain-object.ts',
      'src/mapping/formulas/answer-formula.ts',
      'src/report/mask.ts',
      'src/targets/disk-error.ts',
      'src/targets/written-folder.ts',
      'src/report/masking/',
    ],
    why: 'The toolkit lends adapters what the ground floor has.',
  },
  { room: 'src/text.ts', may: [], why: 'A sentence in two languages knows nothing.' },
  {
    room: 'src/http-listener.ts',
    may: ['src/config/', 'src/report/refused-request.ts', ...ground],
    libraries: ['koa', '@koa/router'],
    why: 'A listener knows its address and its routers, and why it refuses what reaches no route.',
  },
  { room: 'src/process/', may: [], why: 'The process is the ground under all rooms.' },
  { room: 'src/files/', may: ground, why: 'Reading a file of people knows nothing of what stands in it.' },
  {
    room: 'src/report/',
    may: [...papers, 'src/outbox/delivery.ts', 'src/outbox/backlog.ts'],
    why: 'A report is told; it asks nobody.',
  },
  { room: 'src/config/', may: [...papers, 'src/database/url.ts'], why: 'The config is read before anything lives.' },
  {
    room: 'src/targets/',
    may: [
      ...papers,
      'src/adapter.ts',
      'src/toolkit.ts',
      'src/audit/',
      'src/config/',
      'src/database/',
      'src/people/',
      'src/report/mask.ts',
    ],
    libraries: ['kysely'],
    why: 'A target is configured and found; stages use it, it uses none. Why it was paused is sealed as all words of people are.',
  },
  {
    room: 'src/targets/target.ts',
    may: [...papers, 'src/targets/', 'src/adapter.ts', 'src/toolkit.ts', 'src/config/', 'adapters/'],
    why: 'Here, and nowhere else, src knows the shipped adapters.',
  },
  {
    room: 'src/database/',
    may: ground,
    libraries: ['kysely', 'better-sqlite3', 'pg'],
    why: 'The database is the ground floor: it knows no stage of the road.',
  },
  {
    room: 'src/audit/',
    may: [...ground, 'src/database/'],
    libraries: ['kysely'],
    why: 'The audit is written along by whoever changes something; it knows nobody of them.',
  },
  {
    room: 'src/retention/',
    may: [...ground, 'src/audit/', 'src/config/keeping.ts', 'src/database/', 'src/outbox/intervene.ts'],
    why: 'Retention goes over what the stores have, and cancels as a person would; no stage of the road knows it.',
  },
  {
    room: 'src/spool/',
    may: [...ground, 'src/database/group-commit.ts', 'src/inbox/'],
    why: 'The spool stands before the inbox: whoever keeps events does not know which of both took them.',
  },
  {
    room: 'src/writer/',
    may: [...ground, 'src/mapping/commit-mapped.ts', ...stores, 'src/forget/'],
    why: 'The writer knows every procedure of the stores, and nothing that runs beside them.',
  },
  { room: 'src/huntflow/', may: ground, why: 'What Huntflow means depends on nobody here.' },
  {
    room: 'src/inbox/',
    may: [...ground, 'src/audit/', 'src/database/', 'src/huntflow/', 'src/people/'],
    libraries: ['kysely'],
    why: 'The inbox is a store: stages know it, it knows none.',
  },
  {
    room: 'src/outbox/',
    may: [...ground, 'src/audit/', 'src/database/', 'src/people/', 'src/adapter.ts'],
    libraries: ['kysely'],
    why: 'The outbox is a store: stages know it, it knows none.',
  },
  {
    room: 'src/people/',
    may: [...papers, 'src/audit/', 'src/database/', 'src/huntflow/', 'src/report/mask.ts'],
    libraries: ['kysely'],
    why: 'Whom it is about is known below the road: stages name a person, a person names no stage.',
  },
  {
    room: 'src/forget/',
    may: [...ground, 'src/attachments/file-reference.ts', 'src/attachments/sealed-file.ts', ...stores],
    why: 'Forgetting goes through everything that is kept about a person; no stage of the road knows it.',
  },
  {
    room: 'src/bulk/',
    may: [...ground, 'src/audit/', 'src/database/', 'src/outbox/', 'src/report/'],
    libraries: ['kysely'],
    why: 'A bulk acts on the outbox as a person would; no stage of the road knows it.',
  },
  {
    room: 'src/alarms/',
    may: [
      ...papers,
      'src/config/',
      'src/database/',
      'src/huntflow/',
      'src/mapping/',
      'src/outbox/',
      'src/report/',
      'src/targets/',
    ],
    libraries: ['kysely'],
    why: 'Alarms look at the stores and owe their records to the outbox; no stage of the road knows them.',
  },
  {
    room: 'src/intake/',
    may: [...ground, 'src/alarms/webhook-watch.ts', 'src/config/', 'src/huntflow/', 'src/inbox/', 'src/report/'],
    libraries: ['koa', '@koa/router'],
    why: 'Intake verifies and keeps: what comes after reads the inbox.',
  },
  {
    room: 'src/attachments/',
    may: [...ground, 'src/adapter.ts', 'src/huntflow/', 'src/people/seals.ts'],
    why: 'Files are fetched by their addresses and sealed; who names them and who sends them on is told from outside.',
  },
  {
    room: 'src/mapping/',
    may: [
      ...papers,
      'src/audit/',
      'src/config/',
      'src/huntflow/',
      'src/inbox/',
      'src/outbox/',
      'src/people/',
      'src/targets/',
      'src/database/',
      'src/report/',
    ],
    why: 'Mapping reads the inbox and writes the outbox; it knows no other stage.',
  },
  {
    room: 'src/mapping/conversions/',
    may: [...ground, 'src/huntflow/'],
    why: "Mapping's rooms depend one way: a conversion knows a value and no mapping.",
  },
  {
    room: 'src/mapping/dictionaries/',
    may: [...papers, 'src/huntflow/'],
    why: "Mapping's rooms depend one way: a dictionary is a file, and knows no mapping.",
  },
  {
    room: 'src/mapping/formulas/',
    may: [...ground, 'src/huntflow/', 'src/mapping/conversions/'],
    why: "Mapping's rooms depend one way: a formula knows functions, and no record.",
  },
  {
    room: 'src/mapping/names/',
    may: [...papers, 'src/huntflow/', 'src/mapping/formulas/'],
    why: "Mapping's rooms depend one way: names are what formulas may say.",
  },
  {
    room: 'src/mapping/record/',
    may: [
      ...papers,
      'src/huntflow/',
      'src/mapping/conversions/',
      'src/mapping/dictionaries/',
      'src/mapping/formulas/',
      'src/mapping/names/',
    ],
    why: "Mapping's rooms depend one way: evaluating a record knows no file and no thread.",
  },
  {
    room: 'src/mapping/presets/',
    may: [...papers, 'src/mapping/record/'],
    why: "Mapping's rooms depend one way: a preset is a record with gaps, and knows no file that fills them.",
  },
  {
    room: 'src/mapping/file/',
    may: [
      ...papers,
      'src/huntflow/',
      'src/mapping/conversions/',
      'src/mapping/dictionaries/',
      'src/mapping/formulas/',
      'src/mapping/names/',
      'src/mapping/presets/',
      'src/mapping/record/',
    ],
    why: "Mapping's rooms depend one way: a file becomes a mapping, and knows nobody who uses it.",
  },
  {
    room: 'src/mapping/thread/',
    may: [...ground, 'src/huntflow/', 'src/mapping/record/'],
    why: "Mapping's rooms depend one way: the thread isolates what evaluates a record.",
  },
  {
    room: 'src/mapping/store/',
    may: [...ground, 'src/database/', 'src/people/hold-key.ts', 'src/people/sealed-with.ts', 'src/people/seals.ts'],
    libraries: ['kysely'],
    why: "Mapping's own SQL: the mapper knows it, it knows none. Drafts are sealed, for people try them on real events.",
  },
  {
    room: 'src/dispatch/',
    may: [...ground, 'src/adapter.ts', 'src/config/', 'src/outbox/', 'src/targets/', 'src/database/', 'src/report/'],
    why: 'Dispatch takes from the outbox and settles there; it knows no other stage.',
  },
  {
    room: 'src/access/',
    may: [...papers, 'src/database/'],
    libraries: ['kysely'],
    why: 'Who may do what is asked by the console and told by commands; it knows nothing of what is done.',
  },
  {
    room: 'src/shown/',
    may: [
      ...papers,
      'src/adapter.ts',
      'src/toolkit.ts',
      'src/alarms/',
      'src/audit/',
      'src/fakes/',
      'src/people/',
      'src/report/',
      'src/mapping/',
      'src/huntflow/',
      ...stores,
    ],
    why: 'What people are shown is said once: commands print it and the console answers it. Fakes know whose a word is.',
  },
  {
    room: 'src/console/',
    may: [
      ...papers,
      'src/access/',
      'src/adapter.ts',
      'src/alarms/',
      'src/audit/',
      'src/config/',
      'src/huntflow/',
      'src/mapping/',
      'src/people/',
      'src/report/',
      'src/shown/',
      'src/toolkit.ts',
      ...stores,
    ],
    libraries: ['koa', '@koa/router'],
    why: 'The console shows the stores.',
  },
  {
    room: 'src/words/',
    may: ['src/text.ts', 'src/audit/entry.ts'],
    why: 'The catalogue of words that page, commands and alarms share knows what it names, and nothing else.',
  },
  {
    room: 'src/console/page/',
    may: ['src/text.ts', 'src/words/', 'src/shown/', 'src/console/routes/', 'src/console/workbench/'],
    why: "The browser's half of the console: of the house it knows texts and the shapes of answers.",
  },
  {
    room: 'src/fakes/',
    may: ['src/huntflow/', 'src/mapping/conversions/', 'src/mapping/formulas/', ...ground],
    why: 'Invented persons need an event and nothing else.',
  },
  {
    room: 'src/cli/',
    may: ['src/', '!src/console/', '!src/app.ts', '!src/main.ts', '!src/intake/', '!src/dispatch/'],
    why: 'Commands use the composition and its stores; only serve starts the app.',
  },
  {
    room: 'src/cli/serve.ts',
    may: ['src/', '!src/console/', '!src/main.ts'],
    why: 'serve starts the app; the app alone opens intake and console.',
  },
  {
    room: 'adapters/',
    may: ['src/adapter.ts', 'src/toolkit.ts'],
    why:
      'An adapter knows src/adapter.ts and its toolkit, and nothing else of the connector: so does one that a ' +
      'customer writes.',
  },
];
