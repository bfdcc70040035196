import type { HuntflowView } from '../../huntflow/view.ts';
import { viewNames } from '../../mapping/names/view-names.ts';
import { mask } from '../../report/mask.ts';

/** Names that are offered, and how deep they go. */
const most = 2000;
const deepest = 6;

interface NamedValue {
  /** As a formula says it. */
  readonly name: string;
  /** Masked; null for what has names of its own. */
  readonly value: string | null;
}

/** What formulas may name, with what it is for this event; `body` apart, which repeats it all. */
export function viewValues(view: HuntflowView): NamedValue[] {
  const named: NamedValue[] = [];
  const masked = mask(view);
  for (const name of viewNames) if (name !== 'body') add(named, name, child(masked, name), 0);
  return named;
}

function add(named: NamedValue[], name: string, value: unknown, depth: number): void {
  if (value === undefined || named.length >= most) return;
  const nested = typeof value === 'object' && value !== null;
  named.push({ name, value: nested ? null : typeof value === 'string' ? value : JSON.stringify(value) });
  if (!nested || depth === deepest) return;
  const [first] = Array.isArray(value) ? value : [];
  if (Array.isArray(value)) add(named, `${name}[0]`, first, depth + 1);
  else for (const key of Object.keys(value)) add(named, `${name}.${written(key)}`, child(value, key), depth + 1);
}

function child(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
}

/** Names with other characters stand between backquotes. */
function written(key: string): string {
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(key) ? key : `\`${key}\``;
}
