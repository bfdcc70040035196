import type { Text } from '../../text.ts';

export type Scalar = string | number | boolean;

/** What a conversion makes of a value, or why it cannot. The sentence never quotes the value: it may be personal. */
export type Converted = { readonly ok: true; readonly value: Scalar } | { readonly ok: false; readonly text: Text };

export function converted(value: Scalar): Converted {
  return { ok: true, value };
}

export function refused(ru: string, en: string): Converted {
  return { ok: false, text: { ru, en } };
}
