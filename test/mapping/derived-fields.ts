import { isObject, type Json } from '../../src/huntflow/json.ts';
import { viewOf } from '../../src/huntflow/view.ts';
import { mappableEvents } from '../../src/mapping/file/event-words.ts';
import { huntflowFixtures } from '../support/fixtures.ts';

/** Custom fields, answers and other data that each organisation shapes for itself. */
const openNames: ReadonlySet<string> = new Set([
  'values',
  'data',
  'schema',
  'ui_schema',
  'changes',
  'body',
  'meta',
  'response_data',
  'resume',
]);

interface Draft {
  nullOnly: boolean;
  readonly fields: Map<string, Draft>;
}

/** The paths of each event type that any fixture has. */
export function derivedFields(): Readonly<Record<string, readonly string[]>> {
  const drafts = new Map<string, Draft>();
  for (const { name: file, document, event: header } of huntflowFixtures()) {
    const name = viewOf(document, { event: header }).event.event;
    if (name === undefined || !mappableEvents.includes(name) || file.startsWith(inventedKeys)) continue;
    const draft = drafts.get(name) ?? { nullOnly: true, fields: new Map() };
    drafts.set(name, draft);
    // viewOf takes nulls out, so they stand here as a text that cannot occur
    for (const [key, part] of Object.entries(viewOf(withMarks(document), { event: header }))) merge(draft, key, part);
  }
  return Object.fromEntries([...drafts].map(([name, draft]) => [name, [...pathsOf(draft, '')]]));
}

function* pathsOf({ fields }: Draft, at: string): Generator<string> {
  for (const [name, draft] of fields) {
    yield `${at}${name}`;
    yield* pathsOf(draft, `${at}${name}.`);
  }
}

/** Payload fact 28: keys that Huntflow does not send. */
const inventedKeys = 'facts/28-';
const nullMark = '\u0001null';

function withMarks<T extends Json>(value: T): T {
  return JSON.parse(JSON.stringify(value, (_, each: unknown) => (each === null ? nullMark : each)));
}

function merge(into: Draft, key: string, value: Json): void {
  const draft = into.fields.get(key) ?? { nullOnly: true, fields: new Map() };
  into.fields.set(key, draft);
  if (value !== nullMark && !(Array.isArray(value) && value.length === 0)) draft.nullOnly = false;
  if (openNames.has(key)) return;
  for (const item of Array.isArray(value) ? value : [value]) {
    if (isObject(item)) for (const [name, each] of Object.entries(item)) merge(draft, name, each);
  }
}
