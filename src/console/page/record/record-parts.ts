import { type Leaf, leavesOf, type Path, pathInWords } from './leaves.ts';

/** A value of a record that a person may change. */
export interface RecordField extends Leaf {
  /** As errors call it: `steps[2].fields.Date`. */
  readonly name: string;
  /** Within its part, as people read it. */
  readonly label: string;
  /** It says how the record is sent, not what it says of a person. */
  readonly isTechnical: boolean;
}

/** What belongs together in a record: a step at 1C; all of it where there are no steps. */
export interface RecordPart {
  /** Counted from 1; undefined: the record has no steps. */
  readonly step: number | undefined;
  /** What the step writes, `Document_ПриемНаРаботу`. */
  readonly set: string | undefined;
  readonly fields: readonly RecordField[];
}

const verbs = ['upsert', 'create', 'draft', 'withdraw'];
/** Of a step, what it says of the person. */
const saying = new Set<unknown>(['fields', 'rows', 'keys']);
/** Within a field: how its value is found or sent. */
const technicalWithin = new Set<unknown>(['ref', 'find', 'missing', 'empty', 'file']);

/** The values of a record, by its parts. */
export function partsOf(record: unknown): readonly RecordPart[] {
  const leaves = leavesOf(record);
  const steps = new Map<number | undefined, Leaf[]>();
  for (const leaf of leaves) {
    const [first, second] = leaf.path;
    const step = first === 'steps' && typeof second === 'number' ? second : undefined;
    const of = steps.get(step) ?? [];
    of.push(leaf);
    steps.set(step, of);
  }
  const hasBody = leaves.some(({ path: [first], path }) => first === 'body' && path.length > 1);
  return [...steps].map(([step, of]) => ({
    step: step === undefined ? undefined : step + 1,
    set: of.map(({ path, value }) => setOf(path, value)).find((set) => set !== undefined),
    fields: of.map(({ path, value }) => ({
      path,
      value,
      name: nameOf(path),
      label: step === undefined ? pathInWords(hasBody && path[0] === 'body' ? path.slice(1) : path) : stepLabel(path),
      isTechnical: step === undefined ? hasBody && path[0] !== 'body' : isTechnicalIn(path.slice(2)),
    })),
  }));
}

/** `steps[0].fields.ДатаПриема`, as errors and commands call it. */
function nameOf(path: Path): string {
  return path
    .map((part, place) => (typeof part === 'number' ? `[${part}]` : `${place === 0 ? '' : '.'}${part}`))
    .join('');
}

function setOf([, , verb, ...rest]: Path, value: Leaf['value']): string | undefined {
  const named = rest.length === 0 && typeof verb === 'string' && verbs.includes(verb);
  return named && typeof value === 'string' ? value : undefined;
}

function isTechnicalIn([first, ...rest]: Path): boolean {
  return !saying.has(first) || rest.slice(1).some((part) => technicalWithin.has(part));
}

function stepLabel([, , first, ...rest]: Path): string {
  if (first === 'fields' || first === 'keys') return fieldLabel(rest);
  return pathInWords([first ?? '', ...rest]);
}

/** `Должность › by › Description` is the position, found by its description. */
function fieldLabel([field, within, ...by]: Path): string {
  const name = field === undefined ? '' : spaced(String(field));
  if (within === undefined) return name;
  return within === 'by'
    ? `${name} (${by.map((part) => spaced(String(part))).join(' › ')})`
    : pathInWords([name, within, ...by]);
}

/** `ДатаРождения` is the name that 1C shows as «Дата рождения»; abbreviations stay. */
export function spaced(name: string): string {
  const words = name.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{N}+/gu);
  if (words === null || words.join('') !== name) return name;
  return words.map((word, place) => (place === 0 || /^\p{Lu}{2,}$/u.test(word) ? word : word.toLowerCase())).join(' ');
}
