import { hash } from 'node:crypto';

/** How a record names a file: `{ file: <url or id>, name }`. */
export interface FileReference {
  readonly file: string | number;
  readonly name?: string | null | undefined;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isFileReference(value: unknown): value is FileReference {
  if (!isObject(value)) return false;
  const { file, name, ...rest } = value;
  if (Object.keys(rest).length > 0 || (typeof file !== 'string' && typeof file !== 'number') || file === '')
    return false;
  return name === undefined || name === null || typeof name === 'string';
}

/** Every value below, breadth first and bounded: a record from outside may be deep. */
function* within(value: unknown): Generator {
  const waiting: unknown[] = [value];
  for (let place = 0; place < waiting.length && place < 100_000; place += 1) {
    const here = waiting[place];
    yield here;
    if (Array.isArray(here)) for (const one of here) waiting.push(one);
    else if (isObject(here)) for (const one of Object.values(here)) waiting.push(one);
  }
}

/** The files that a record names. */
export function filesIn(record: unknown): readonly FileReference[] {
  return [...within(record)].filter(isFileReference);
}

/** The signed addresses that a webhook carries, by file id (facts/huntflow.md 4.8). */
export function addressesIn(body: unknown): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const value of within(body)) {
    if (!isObject(value)) continue;
    const { id, url } = value;
    if ((typeof id === 'number' || typeof id === 'string') && typeof url === 'string' && /^https?:\/\//i.test(url))
      found.set(String(id), url);
  }
  return found;
}

/**
 * What a file is kept under: its id, or its address without the signature, which is another one in each webhook.
 * @param scope the organisation whose file it is: ids of two may be equal.
 */
export function nameOfFile(scope: string, file: string | number): string {
  const text = String(file);
  const plain = URL.canParse(text) ? new URL(text).origin + new URL(text).pathname : text;
  return hash('sha256', JSON.stringify([scope, plain])).slice(0, 40);
}

/**
 * When a signed address runs out, milliseconds since 1970; undefined where it does not tell. Huntflow's own is `e`
 * (facts/huntflow.md 4.8).
 */
export function expiryOf(address: string): number | undefined {
  if (!URL.canParse(address)) return undefined;
  const query = new URL(address).searchParams;
  const plain = Number(query.get('e') ?? query.get('Expires') ?? query.get('expires') ?? NaN);
  if (Number.isFinite(plain) && plain > 0) return plain * 1000;
  const [date, seconds] = [query.get('X-Amz-Date'), Number(query.get('X-Amz-Expires') ?? NaN)];
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/
    .exec(date ?? '')
    ?.slice(1)
    .map(Number);
  if (parts === undefined || !Number.isFinite(seconds)) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) + seconds * 1000;
}
