import { keep, kept } from './kept.ts';

export const schemes = ['system', 'light', 'dark'] as const;
export type Scheme = (typeof schemes)[number];

export function keptScheme(): Scheme {
  const chosen = kept('scheme');
  return schemes.find((each) => each === chosen) ?? 'system';
}

/** The style sheet follows `color-scheme`: one word on the root is all. */
export function showScheme(scheme: Scheme): void {
  document.documentElement.dataset['scheme'] = scheme;
}

export function chooseScheme(scheme: Scheme): void {
  keep('scheme', scheme);
  showScheme(scheme);
}
