import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readBody } from '../../src/huntflow/body.ts';
import { objectAt, textAt } from '../../src/huntflow/json.ts';
import type { JsonObject } from '../../src/huntflow/json.ts';

export interface HuntflowFixture {
  /** Below test/fixtures/huntflow and without `.json`, e.g. `facts/04-status-hired`. */
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  readonly document: JsonObject;
  /** The value of X-Huntflow-Event. */
  readonly event: string;
}

const folder = fileURLToPath(new URL('../fixtures/huntflow/', import.meta.url));

/** Bodies without `meta` do not name their event. */
const headers: Readonly<Record<string, string>> = {
  'doc-1.0/applicant-2020': 'APPLICANT',
  'doc-1.0/applicant-2021': 'APPLICANT',
  'doc-1.0/offer-2021': 'OFFER',
  'doc-1.0/response-2021': 'RESPONSE',
  'doc-1.0/vacancy-2020': 'VACANCY',
  'doc-1.0/vacancy-2021': 'VACANCY',
  'facts/01-ping': 'PING',
  'facts/30-version-1-status-hired': 'APPLICANT',
};

let loaded: readonly HuntflowFixture[] | undefined;

/** All of them, by name. */
export function huntflowFixtures(): readonly HuntflowFixture[] {
  loaded ??= readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.json'))
    .toSorted()
    .map((path) => load(path.slice(0, -'.json'.length).replaceAll('\\', '/')));
  return loaded;
}

export function fixture(name: string): HuntflowFixture {
  const found = huntflowFixtures().find((each) => each.name === name);
  if (found === undefined) throw new Error(`no fixture ${name} in ${folder}`);
  return found;
}

function load(name: string): HuntflowFixture {
  const path = `${folder}${name}.json`;
  const reading = readBody(readFileSync(path));
  if (!reading.ok) throw new Error(`${path}: ${reading.text.en}`);
  const event = textAt(objectAt(reading.body, 'meta'), 'event_type') ?? headers[name];
  if (event === undefined) throw new Error(`${path} needs its X-Huntflow-Event in test/support/fixtures.ts`);
  return { name, path, document: reading.body, event };
}
