import { fstatSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { canAsk } from './question.ts';
import { CommandError, type Terminal } from './terminal.ts';

/** How long nothing has to come over standard input to be nothing; milliseconds. */
const silence = 1500;

/** From the file, from whoever sits there, or from standard input; undefined: none of these says any. */
export async function askPassword(file: string | undefined, terminal: Terminal): Promise<string | undefined> {
  if (file !== undefined) return firstLine(readFile(file));
  if (canAsk()) return askTwice(terminal);
  if (!isFed()) return undefined;
  const given = await Promise.race([text(process.stdin), setTimeout(silence, '', { ref: false })]);
  process.stdin.destroy();
  const line = firstLine(given);
  return line === '' ? undefined : line;
}

/** Whether anything may come over standard input. */
function isFed(): boolean {
  try {
    const stdin = fstatSync(0);
    return stdin.isFIFO() || stdin.isFile() || stdin.isSocket();
  } catch {
    return false;
  }
}

function readFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new CommandError({ ru: `файл ${file} не читается`, en: `the file ${file} cannot be read` });
  }
}

async function askTwice(terminal: Terminal): Promise<string> {
  const first = await ask({ ru: 'Пароль: ', en: 'Password: ' }[terminal.language]);
  const second = await ask({ ru: 'Ещё раз: ', en: 'Again: ' }[terminal.language]);
  if (first !== second)
    throw new CommandError({ ru: 'пароли не совпали: повторите', en: 'the passwords differ: try again' });
  return first;
}

/** Nothing of what is typed is shown. */
async function ask(question: string): Promise<string> {
  process.stderr.write(question);
  const output = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output, terminal: true });
  try {
    return await lines.question('');
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
}

function firstLine(said: string): string {
  return (said.split(/\r?\n/)[0] ?? '').trim();
}
