import type { Language, Text } from '../text.ts';

/** Where a command writes and whom it speaks to. */
export interface Terminal {
  readonly language: Language;
  /** What the command was asked for: standard output. */
  print(line: string): void;
  /** Everything else: standard error. */
  note(line: string): void;
}

/** Thrown to end a command with a sentence instead of a stack. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly text: Text;
  readonly exitCode: number;

  constructor(text: Text, exitCode = 1) {
    super(text.en);
    this.text = text;
    this.exitCode = exitCode;
  }
}
