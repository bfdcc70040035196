import type { Json } from './json.ts';

/** Whether an id or a name that people have written is this stage. */
export function isStage(member: string | number, id: Json | undefined, name: Json | undefined): boolean {
  return (
    sameStageId(member, id) ||
    (typeof member === 'string' && typeof name === 'string' && spelled(member) === spelled(name))
  );
}

/** An id may have come from the environment, and so as text. */
export function sameStageId(wanted: string | number, id: Json | undefined): boolean {
  return (typeof id === 'number' || typeof id === 'string') && String(wanted).trim() === String(id).trim();
}

/** й and ё may arrive as one character or two; case, kinds of blanks and ё for е tell no stages apart. */
function spelled(name: string): string {
  return name
    .slice(0, 1_000)
    .normalize('NFC')
    .replace(/[\s\u200b\u2060]+/g, ' ')
    .trim()
    .toLowerCase()
    .replaceAll('ё', 'е');
}
