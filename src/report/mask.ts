import { KnownValues } from './masking/known-values.ts';
import { maskField, maskFieldName, maskNumber } from './masking/mask-field.ts';
import { maskJsonText } from './masking/mask-json-text.ts';
import { maskText } from './masking/mask-text.ts';

export { maskText };

/** Levels, fields and characters of a value that are shown: nobody reads more, and a stack may not hold it. */
const most = { depth: 64, fields: 20_000, text: 10_000, texts: 1_000_000 } as const;
const nobody = new KnownValues(undefined);

/**
 * A value as it may be shown: names of fields, sets, codes and ids stay, of everything else its form. Never throws,
 * whatever it is given. `constants`: what the mapping wrote itself.
 */
export function mask(value: unknown, field?: string, constants?: ReadonlySet<string>): unknown {
  return new Masking(constants === undefined ? nobody : new KnownValues(undefined, constants)).mask(
    value,
    field,
    most.depth,
  );
}

class Masking {
  #left: number = most.fields;
  #characters: number = most.texts;
  readonly #known: KnownValues;

  constructor(known: KnownValues) {
    this.#known = known;
  }

  mask(value: unknown, field: string | undefined, depth: number): unknown {
    this.#left -= 1;
    if (typeof value === 'string') return this.#text(value, field);
    if (typeof value === 'number' || typeof value === 'bigint') {
      const masked = maskNumber(String(value), { field }, this.#known);
      return masked === String(value) && typeof value === 'number' ? value : masked;
    }
    if (typeof value !== 'object' || value === null) return typeof value === 'boolean' ? value : (value ?? null);
    if (depth === 0) return '…';
    try {
      return Array.isArray(value) ? this.#list(value, field, depth) : this.#fields(value, depth);
    } catch {
      return '…'; // a getter or a proxy of somebody's own
    }
  }

  #text(value: string, field: string | undefined): string {
    const room = Math.min(most.text, this.#characters);
    this.#characters -= Math.min(room, value.length);
    const begin = value.length > room ? value.slice(0, room) : value;
    // 1C keeps the parts of a phone as JSON in a text
    if (/^\{\s*"/.test(begin)) return maskJsonText(begin, false, this.#known);
    return maskField(begin, { field, spoken: false, within: false }, this.#known) + (value.length > room ? '…' : '');
  }

  #list(items: readonly unknown[], field: string | undefined, depth: number): unknown[] {
    const masked: unknown[] = [];
    for (const item of items) {
      if (this.#left <= 0) return [...masked, '…'];
      masked.push(this.mask(item, field, depth - 1));
    }
    return masked;
  }

  #fields(value: object, depth: number): Record<string, unknown> {
    const masked: [string, unknown][] = [];
    for (const name of Object.keys(value)) {
      if (this.#left <= 0) return Object.fromEntries([...masked, ['…', '…']]);
      const item: unknown = Reflect.get(value, name);
      masked.push([maskFieldName(name, this.#known), this.mask(item, name, depth - 1)]);
    }
    return Object.fromEntries(masked);
  }
}

/** `phone/79161234567` has the same form. */
const entities = 'applicant|vacancy|offer|log|request|vacancy_request|response|survey|evaluation|event';
const entityKey = new RegExp(`^(?:${entities})/(?:\\d{1,19}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$`);

/** What a key is kept as that names no entity, once data is sealed: a keyed hash tells nothing. */
const hashed = /^~[0-9a-f]{32}$/;

export function isEntityKey(key: string): boolean {
  return entityKey.test(key);
}

/**
 * A key of a delivery as lists and logs show it: `applicant/17` names an entity of Huntflow and nobody; any other may
 * be made of a phone or a name.
 */
export function maskKey(key: string): string {
  return isEntityKey(key) || hashed.test(key) ? key : maskText(key.slice(0, 1000));
}
