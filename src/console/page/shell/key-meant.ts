interface Pressed {
  readonly key: string;
  /** The place of the key, as a US keyboard calls it. */
  readonly code: string;
  readonly shiftKey: boolean;
}

/** The signs that Cyrillic layouts have where a US keyboard has `/` and `?`. */
const onSlash: Readonly<Record<string, string>> = { '.': '/', ',': '?' };

/**
 * What a key means to the page: a Latin letter or a sign as it is written, wherever it lies; under a layout of other
 * letters what stands in that place of a US keyboard.
 */
export function keyMeant({ key, code, shiftKey }: Pressed): string {
  if (code === 'Slash' && onSlash[key] !== undefined) return onSlash[key];
  if (key.length > 1 || /^[ -~]$/.test(key)) return key.toLowerCase();
  if (code === 'Slash') return shiftKey ? '?' : '/';
  const [, letter] = /^Key([A-Z])$/.exec(code) ?? [];
  return (letter ?? key).toLowerCase();
}
