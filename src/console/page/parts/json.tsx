import { type ReactNode, useMemo } from 'react';
import { jsonTokens } from './json-tokens.ts';

/** More than that is not drawn. */
const longest = 256 * 1024;

/** A document as it is, never as HTML. */
export function Json({ value, name }: { readonly value: unknown; readonly name: string }): ReactNode {
  const text = useMemo(() => shownText(value), [value]);
  const tokens = useMemo(() => jsonTokens(text), [text]);
  return (
    <pre className="json" tabIndex={0} aria-label={name}>
      {tokens.map(({ is, text }, place) =>
        is === 'plain' ? (
          text
        ) : (
          <span key={place} data-is={is}>
            {text}
          </span>
        ),
      )}
    </pre>
  );
}

function shownText(value: unknown): string {
  const text = typeof value === 'string' ? prettyText(value) : JSON.stringify(value, null, 2);
  return text.length > longest ? `${text.slice(0, longest)}\n…` : text;
}

/** A body that was kept as text is laid out, unless that would change a number: it stays as it was written. */
function prettyText(text: string): string {
  if (/\d{16}/.test(text)) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
