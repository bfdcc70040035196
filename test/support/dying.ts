import { spawn } from 'node:child_process';
import { existsSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { program } from './program.ts';

const hook = new URL('die-at-step.ts', import.meta.url).href;

export interface Death {
  /** Null: it was killed. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  /** Steps that it began. */
  readonly steps: number;
}

/** A piece of work in a process of its own, killed before a step of what it does to files and databases. */
export async function dying(args: readonly string[], dieAt: number, folder: string): Promise<Death> {
  const counter = join(folder, 'steps');
  rmSync(counter, { force: true });
  const started = spawn(process.execPath, ['--import', hook, program('test/support/dying-child.ts'), ...args], {
    env: { ...process.env, LC_ALL: 'C', STEPS_FILE: counter, DIE_AT_STEP: String(dieAt) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  started.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  started.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    started.on('error', reject);
    started.on('close', resolve);
  });
  return { code, out, err, steps: existsSync(counter) ? statSync(counter).size : 0 };
}
