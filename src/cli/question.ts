import { createInterface } from 'node:readline/promises';
import type { Text } from '../text.ts';
import type { Terminal } from './terminal.ts';

/** Whether somebody sits at the terminal who can answer. */
export function canAsk(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY;
}

/** Only a plain yes is one. */
export async function isConfirmed(question: Text, terminal: Terminal): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await lines.question(`${question[terminal.language]} `);
    return /^(y|yes|д|да)$/i.test(answer.trim());
  } finally {
    lines.close();
  }
}
