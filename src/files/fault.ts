import type { Language, Text } from '../text.ts';

/** Where in a file; lines and columns count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Something wrong in a file that a person wrote. */
export interface Fault extends Position {
  /** Path of the file as it is shown to people. */
  readonly file: string;
  readonly level: 'error' | 'warning';
  readonly text: Text;
  /** What logs and health say instead, when the text quotes values. */
  readonly brief?: Text;
}

/** `file:line:column message`, which editors and terminals turn into a link. */
export function formatFault(fault: Fault, language: Language): string {
  const level = fault.level === 'warning' ? { ru: 'предупреждение: ', en: 'warning: ' }[language] : '';
  return `${fault.file}:${fault.line}:${fault.column} ${level}${fault.text[language]}`;
}

/** Characters of a sentence for logs and health: it may name what a file says, which may be long. */
const briefLength = 1_000;

/** The same without values of records, for logs and health. */
export function briefFault(fault: Fault, language: Language): string {
  const whole = formatFault({ ...fault, text: fault.brief ?? fault.text }, language);
  return whole.length > briefLength ? `${whole.slice(0, briefLength)}…` : whole;
}

/** Thrown by whoever cannot go on with a faulty file; carries every fault, not the first one. */
export class FaultyFileError extends Error {
  override readonly name = 'FaultyFileError';
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(faults.map((fault) => formatFault(fault, 'en')).join('\n'));
    this.faults = faults;
  }
}
