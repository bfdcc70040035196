import './schema-words.ts';
import { type InferType, type ObjectSchema, reach, type Schema, ValidationError } from 'yup';
import { lookalike, nearest, unlike } from './did-you-mean.ts';
import { isText, type Text, verbatim } from '../text.ts';

export type Path = readonly (string | number)[];

/** One thing yup found wrong; `path` leads to the value, or to the key that should not be there. */
export interface Problem {
  readonly path: Path;
  readonly unknownKey: boolean;
  /** The known key that an unknown one is taken for. */
  readonly meant?: string | undefined;
  readonly text: Text;
}

/**
 * The value as the schema casts it, or everything that is wrong with it. Unknown keys are refused where the schema says
 * `noUnknown` or `exact`.
 */
export function validate<S extends Schema>(
  schema: S,
  value: unknown,
): { readonly value: InferType<S> | undefined; readonly problems: readonly Problem[] } {
  try {
    return { value: schema.validateSync(value, { abortEarly: false, stripUnknown: false }), problems: [] };
  } catch (error) {
    if (!ValidationError.isError(error)) {
      const path = inheritedKey(value);
      if (path === undefined) throw error;
      return {
        value: undefined,
        problems: [{ path, unknownKey: true, text: unknownKeyText(String(path.at(-1)), []) }],
      };
    }
    const single = error.inner.length > 0 ? error.inner : [error];
    return { value: undefined, problems: causes(single.flatMap((each) => problemsOf(schema, value, each))) };
  }
}

/** Without what a misspelt key makes missing under its right name. */
function causes(problems: readonly Problem[]): readonly Problem[] {
  const meant = new Set(
    problems.flatMap(({ path, unknownKey, meant: key }) =>
      unknownKey && key !== undefined ? [[...path.slice(0, -1), key].join('\0')] : [],
    ),
  );
  return problems.filter(({ path, unknownKey }) => unknownKey || !meant.has(path.join('\0')));
}

/** Where a key stands that every object inherits (`constructor`): yup takes it for a field of its own, and throws. */
function inheritedKey(value: unknown): Path | undefined {
  const seen = new Set<object>();
  let level: { readonly path: Path; readonly value: unknown }[] = [{ path: [], value }];
  while (level.length > 0) {
    const inside = level.flatMap(({ path, value: each }) => {
      if (typeof each !== 'object' || each === null || seen.has(each)) return [];
      seen.add(each);
      return Object.entries(each).map(([key, one]) => ({ path: [...path, key], value: one }));
    });
    const found = inside.find(({ path }) => String(path.at(-1)) in Object.prototype);
    if (found !== undefined) return found.path;
    level = inside;
  }
  return undefined;
}

function problemsOf(schema: Schema, value: unknown, error: ValidationError): Problem[] {
  const path = parsePath(error.path ?? '');
  const unknown = error.params?.['unknown'] ?? error.params?.['properties'];
  if ((error.type === 'noUnknown' || error.type === 'exact') && typeof unknown === 'string') {
    const known = keysOf(schema, error.path ?? '', value);
    return unknown.split(', ').map((key) => {
      const meant = lookalike(key, known);
      return { path: [...path, key], unknownKey: true, meant, text: unknownKeyText(key, known, meant) };
    });
  }
  return error.errors.map((text: unknown) => ({
    path,
    unknownKey: false,
    text: isText(text) ? text : verbatim(String(text)),
  }));
}

/** `twin`: the known key that looks the same. */
function unknownKeyText(key: string, known: readonly string[], twin?: string): Text {
  if (twin !== undefined) {
    const { ru, en } = unlike(key, twin);
    return { ru: `ключ «${key}» набран ${ru}`, en: `the key "${key}" ${en}` };
  }
  const guess = nearest(key, known);
  if (guess !== undefined)
    return {
      ru: `неизвестный ключ «${key}», возможно, «${guess}»`,
      en: `unknown key "${key}", did you mean "${guess}"?`,
    };
  if (known.length === 0) return { ru: `неизвестный ключ «${key}»`, en: `unknown key "${key}"` };
  return {
    ru: `неизвестный ключ «${key}»; здесь возможны: ${known.join(', ')}`,
    en: `unknown key "${key}"; known here: ${known.join(', ')}`,
  };
}

function keysOf(schema: Schema, path: string, value: unknown): string[] {
  try {
    const at = path === '' ? schema : reach(schema, path, value);
    return isObjectSchema(at) ? Object.keys(at.fields) : [];
  } catch {
    return []; // a lazy schema that cannot be reached without its value: no guess then
  }
}

function isObjectSchema(schema: unknown): schema is ObjectSchema<Record<string, unknown>> {
  return typeof schema === 'object' && schema !== null && 'fields' in schema;
}

/** yup writes paths as `a.b[0]["c.d"]`. One pass: keys come from files, and may be anything. */
export function parsePath(path: string): Path {
  const parts: (string | number)[] = [];
  for (let at = 0; at < path.length;) {
    if (path.startsWith('["', at)) {
      const end = path.indexOf('"]', at + 2);
      parts.push(path.slice(at + 2, end === -1 ? undefined : end));
      at = end === -1 ? path.length : end + 2;
    } else if (path[at] === '[' || path[at] === '.' || path[at] === ']') at += 1;
    else {
      const end = endOfPart(path, at);
      const part = path.slice(at, end);
      parts.push(path[at - 1] === '[' && path[end] === ']' && /^\d+$/.test(part) ? Number(part) : part);
      at = end;
    }
  }
  return parts;
}

function endOfPart(path: string, from: number): number {
  let end = from;
  while (end < path.length && path[end] !== '.' && path[end] !== '[' && path[end] !== ']') end += 1;
  return end;
}
