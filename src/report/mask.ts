/** Characters of a body or an error text that are kept with an attempt. */
export const keptText = 8192;

/**
 * A value as it may be kept and shown: names of fields and the form of the values stay, letters and digits go.
 * Short numbers stay: they are ids and counts, and the only way to recognise a record.
 */
export function mask(value: unknown, key?: string): unknown {
  if (typeof value === 'string') return isVocabulary(value, key) ? value : maskText(value);
  if (typeof value === 'number')
    return Math.abs(value) < 1_000_000_000 && Number.isInteger(value) ? value : maskText(String(value));
  if (Array.isArray(value)) return value.map((item) => mask(item, key));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, mask(item, name)]));
  return value;
}

const words: ReadonlySet<string> = new Set([
  'type',
  'event_type',
  'webhook_action',
  'version',
  'state',
  'status',
  'action',
  'method',
  'kind',
  'role',
  'set',
  'upsert',
  'create',
  'draft',
  'withdraw',
  'as',
  'ref',
  'find',
  'missing',
]);

/** Words of Huntflow and 1C, not of people: under keys that hold such words, sets by their prefixes, and GUIDs. */
function isVocabulary(value: string, key: string | undefined): boolean {
  if (value.length === 36 && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)) return true;
  if (
    /^(?:Catalog|Document|InformationRegister|ChartOf[A-Za-z]+|StandardODATA\.[A-Za-z]+)_[\p{L}\p{N}_]{1,100}$/u.test(
      value,
    )
  )
    return true;
  return key !== undefined && words.has(key) && /^[A-Za-z0-9_.-]{1,40}$/.test(value);
}

/** `Иванова Анна` → `И•••••• А•••`, `+7 900 000-00-00` → `+• ••• •••-••-••`. */
export function maskText(text: string): string {
  let masked = '';
  let first = ''; // of a word; it is shown when another character follows
  let within = false;
  for (const character of text) {
    const kind = kindOf(character);
    if (within && kind !== 'other') {
      masked += `${first}•`;
      first = '';
      continue;
    }
    if (first !== '') masked += '•';
    within = kind === 'letter';
    first = within ? character : '';
    if (!within) masked += kind === 'digit' ? '•' : character;
  }
  return first === '' ? masked : `${masked}•`;
}

/**
 * Every attempt is masked, so the usual alphabets are told apart without a regular expression: half of the time
 * (measured).
 */
function kindOf(character: string): 'letter' | 'mark' | 'digit' | 'other' {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80)
    return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a)
      ? 'letter'
      : code >= 0x30 && code <= 0x39
        ? 'digit'
        : 'other';
  if (code >= 0x400 && code <= 0x481) return 'letter';
  return /\p{L}/u.test(character)
    ? 'letter'
    : /\p{N}/u.test(character)
      ? 'digit'
      : /\p{M}/u.test(character)
        ? 'mark'
        : 'other';
}

/** A key of a delivery as lists show it: one made of ids stays, one made of a name does not. */
export function maskKey(key: string): string {
  return /^[\x21-\x7e]*$/.test(key) && /\d/.test(key) && !key.includes('@') ? key : maskText(key);
}

/**
 * A sentence of somebody else's code without the values of a record that it quotes; shorter ones than three characters
 * may stay.
 */
export function withoutValues(sentence: string, record: unknown): string {
  const values = [...textsOf(record)].filter((value) => value.length > 2).toSorted((a, b) => b.length - a.length);
  return values.reduce((text, value) => text.replaceAll(value, '…'), sentence);
}

function* textsOf(value: unknown): Generator<string> {
  if (typeof value === 'string') yield* [value, JSON.stringify(value).slice(1, -1)];
  else if (typeof value === 'object' && value !== null) for (const item of Object.values(value)) yield* textsOf(item);
}

/** A body as an attempt keeps it: masked, as text, cut at 8 KB; null when there is none. */
export function maskedBody(body: unknown): string | null {
  if (body === undefined || body === null || body === '') return null;
  const text = JSON.stringify(mask(typeof body === 'string' ? parsed(body) : body)) ?? '';
  return text.length > keptText ? `${text.slice(0, keptText)}…` : text;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
