const step = /^([\p{L}\p{N}_$@:-]+)((?:\[\d{1,6}\])*)$/u;

/** `data.items[0].id`: names with dots between them and places of lists. No formula: records come from outside. */
export function isAnswerPath(path: string): boolean {
  return path.length <= 500 && path.split('.').every((part) => step.test(part));
}

/** The text or number that stands there in an answer, as text; undefined for anything else. */
export function idAt(answer: unknown, path: string): string | undefined {
  let here = answer;
  for (const part of path.split('.')) {
    const [, name = '', places = ''] = step.exec(part) ?? [];
    here = memberOf(here, name);
    for (const [, place] of places.matchAll(/\[(\d+)\]/g)) here = Array.isArray(here) ? here[Number(place)] : undefined;
  }
  if (typeof here === 'number' && Number.isFinite(here)) return String(here);
  return typeof here === 'string' && here !== '' && here.length <= 1000 ? here : undefined;
}

/** `$` is the answer itself, for lists: `$[0].id`. */
function memberOf(value: unknown, name: string): unknown {
  if (name === '$') return value;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  const members: Readonly<Record<string, unknown>> = { ...value };
  return members[name];
}
