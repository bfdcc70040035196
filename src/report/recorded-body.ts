/** Characters of a body or an error text that are kept with an attempt. */
export const keptText = 8192;

/** Room for what secrets take away when they are struck out. */
const looked = keptText * 2;
const levels = 64;

/**
 * A body as an attempt keeps it: as it came or went, as text, cut at 8 KB, without the secrets; null when there is
 * none. What people see of it is masked when it is shown. Never throws; takes no longer than what it keeps is long.
 */
export function recordedBody(body: unknown, secrets: readonly string[] = []): string | null {
  if (body === undefined || body === null || body === '') return null;
  const writer = new Writer();
  if (typeof body === 'string') writer.add(body.length > looked ? body.slice(0, looked) : body);
  else writer.write(body, levels);
  return recordedText(withoutSecrets(writer.text, secrets), keptText);
}

/** A text as every database takes it: cut, without halves of characters and U+0000. */
export function recordedText(text: string, most: number): string {
  const begin = text.slice(0, most).toWellFormed().replaceAll('\0', '\ufffd');
  return text.length > most ? `${begin}…` : begin;
}

/** Texts that open a door, struck out wherever they stand. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((left, secret) => (secret.length < 4 ? left : left.replaceAll(secret, '[secret]')), text);
}

/** JSON of the beginning of a value. JSON.stringify would write all of it first, and does not come back from depths. */
class Writer {
  text = '';

  add(piece: string): void {
    this.text += piece;
  }

  write(value: unknown, depth: number): void {
    if (this.#full) return;
    try {
      this.#write(value, depth);
    } catch {
      this.add('"…"'); // a getter, a proxy or a toJSON of somebody's own
    }
  }

  get #full(): boolean {
    return this.text.length > looked;
  }

  #write(value: unknown, depth: number): void {
    if (typeof value === 'string') this.add(JSON.stringify(value.length > looked ? value.slice(0, looked) : value));
    else if (typeof value === 'bigint') this.add(String(value));
    else if (typeof value !== 'object' || value === null) this.add(JSON.stringify(value) ?? 'null');
    else if (depth === 0) this.add('"…"');
    else if (Array.isArray(value)) this.#list(value, depth);
    else if (value instanceof Date) this.add(JSON.stringify(value));
    else if (ArrayBuffer.isView(value)) this.add(`"${value.byteLength} bytes"`);
    else this.#fields(value, depth);
  }

  #list(items: readonly unknown[], depth: number): void {
    this.add('[');
    for (let at = 0; at < items.length && !this.#full; at += 1) {
      if (at > 0) this.add(',');
      this.write(items[at], depth - 1);
    }
    this.add(']');
  }

  #fields(value: object, depth: number): void {
    this.add('{');
    let first = true;
    for (const name in value) {
      if (this.#full) break;
      if (!Object.hasOwn(value, name)) continue;
      const item: unknown = Reflect.get(value, name);
      if (item === undefined || typeof item === 'function' || typeof item === 'symbol') continue;
      this.add(`${first ? '' : ','}${JSON.stringify(name.slice(0, 300))}:`);
      this.write(item, depth - 1);
      first = false;
    }
    this.add('}');
  }
}
