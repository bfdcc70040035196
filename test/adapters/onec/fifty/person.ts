/** One of the fifty: what stood in 1C, what came from Huntflow, what stands afterwards. All of them are invented. */
export interface Newcomer {
  readonly who: string;
  /** People whom somebody has entered in 1C before; the numbers of `ends` count them from 0. */
  readonly stood: readonly Known[];
  readonly came: Questionnaire;
  /**
   * A new person, the known one with this number, or a question that names these fields or words; then nothing is
   * written.
   */
  readonly ends: 'new' | number | RegExp;
  /** What the delivery says for somebody to see; absent: nothing. */
  readonly tells?: RegExp;
  /** Fields of the person afterwards, beside those that stood. */
  readonly holds?: Readonly<Record<string, string>>;
  /** Cards of the person afterwards, the old ones included; by default one more than stood, or the living one. */
  readonly cards?: number;
  /** Lines of the mapping instead of the shipped hire's. */
  readonly preset?: string;
}

export interface Known {
  readonly ФИО: string;
  readonly ДатаРождения?: string;
  readonly СтраховойНомерПФР?: string;
  readonly ИНН?: string;
  readonly МестоРождения?: string;
  /** Marked for deletion. */
  readonly marked?: true;
  readonly cards?: readonly KnownCard[];
}

/**
 * `free` is a card without an order, `elsewhere` one of somebody who works in another organisation, `partTime` a second
 * job; or the last day of somebody who has one, `YYYY-MM-DD`.
 */
export type KnownCard =
  | 'free'
  | 'archived'
  | 'dismissed'
  | 'working'
  | 'elsewhere'
  | 'partTime'
  | { readonly until: string };

export interface Questionnaire {
  readonly last: string;
  readonly first?: string;
  readonly middle?: string;
  readonly birthday?: string;
  readonly snils?: string;
  readonly inn?: string;
  readonly phone?: string;
}

/** A number with the right check digits; `seed` has at most nine digits. */
export function snils(seed: number): string {
  const digits = String(seed + 100_000_000).slice(-9);
  const sum = digits.split('').reduce((total, digit, at) => total + Number(digit) * (9 - at), 0);
  const check = String((sum % 101) % 100).padStart(2, '0');
  return `${digits.replace(/(\d{3})(?=\d)/g, '$1-')} ${check}`;
}

/** Twelve digits with the right check digits. */
export function inn(seed: number): string {
  const head = String(seed + 5_000_000_000).slice(-10);
  const sum = (digits: string, weights: readonly number[]): number =>
    (weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0) % 11) % 10;
  const first = sum(head, [7, 2, 4, 10, 3, 5, 9, 4, 6, 8]);
  return `${head}${first}${sum(`${head}${first}`, [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8])}`;
}
