import type { Text } from '../../text.ts';

/**
 * What events of one type hold, by the names that formulas use (facts/huntflow.md 2 and both documents of Huntflow).
 */
export interface EventShape {
  readonly event: string;
  readonly title: Text;
  /** What `on.type` may be; none: its events have no type. */
  readonly types: readonly string[];
  /** Where a body of version 2.0 keeps each part of the view; of several (by blanks) the first that is there counts. */
  readonly places: Readonly<Partial<Record<PartName, string>>>;
  /**
   * A field a line: `path kind: what it is`, lists as their items; `open` behind the kind where more names may come
   * (custom fields, and what nobody has described). Behind a slash stands what a text is, for inventing persons.
   * Huntflow may add fields at any time.
   */
  readonly fields: string;
}

/** The parts of a view; `logType` is the text that `on.type` compares. */
export type PartName =
  | 'applicant'
  | 'vacancy'
  | 'log'
  | 'logType'
  | 'offer'
  | 'response'
  | 'request'
  | 'survey'
  | 'evaluation'
  | 'tags'
  | 'author'
  | 'account'
  | 'agreement'
  | 'user';

/**
 * Whose a value is: a person's name or a part of it, an address or number, a word of Huntflow or of the organisation, a
 * code of its dictionaries; fields of the organisation's own (`free`), or the questions of a form.
 */
const meanings = ['person', 'first', 'last', 'middle', 'contact', 'word', 'code', 'free', 'form'] as const;
export type Meaning = (typeof meanings)[number];

export interface ShapeField {
  readonly path: readonly string[];
  readonly kind: string;
  /** Nothing: a text is taken for personal. */
  readonly meaning: Meaning | undefined;
  readonly open: boolean;
  /** Russian, in the words of Huntflow's document where it has some; empty otherwise. */
  readonly words: string;
}

/** In the order of their paths. */
export function fieldsOf({ fields }: Pick<EventShape, 'fields'>): ShapeField[] {
  return fields
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [head = '', ...rest] = line.split(': ');
      const [path = '', sort = '', open] = head.split(' ');
      const [kind = '', meant] = sort.split('/');
      const meaning = meanings.find((one) => one === meant);
      return { path: path.split('.'), kind, meaning, open: open === 'open', words: rest.join(': ') };
    })
    .toSorted((one, other) => (one.path.join('.') < other.path.join('.') ? -1 : 1));
}
