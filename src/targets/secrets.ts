const secretNames = /pass|secret|token|bearer|api.?key|private|credential|signing|webhook|pfx|cookie|authorization/i;
const most = 100;

/**
 * Texts of settings that open a door, by the names they stand under, in every form in which they go out: as they are,
 * percent-encoded, and as Basic authorization. The longest first.
 */
export function secretsOf(settings: unknown): readonly string[] {
  const found = new Set<string>();
  collect(settings, false, found, 8);
  const user = propertyOf(settings, 'user');
  const plain = [...found];
  for (const secret of plain) {
    found.add(encodeURIComponent(secret.toWellFormed()));
    found.add(JSON.stringify(secret).slice(1, -1));
    if (typeof user === 'string') found.add(Buffer.from(`${user}:${secret}`, 'utf8').toString('base64'));
  }
  return [...found].filter((secret) => secret.length >= 4).toSorted((a, b) => b.length - a.length);
}

function collect(value: unknown, secret: boolean, found: Set<string>, depth: number): void {
  if (typeof value === 'string') {
    if (secret && value !== '' && found.size < most) found.add(value);
  } else if (typeof value === 'object' && value !== null && depth > 0) {
    for (const [name, item] of Object.entries(value)) collect(item, secret || secretNames.test(name), found, depth - 1);
  }
}

/** Of the settings themselves or of their `auth`. */
function propertyOf(settings: unknown, name: string): unknown {
  if (typeof settings !== 'object' || settings === null) return undefined;
  const own: unknown = Reflect.get(settings, name);
  return own ?? propertyOf(Reflect.get(settings, 'auth'), name);
}
