import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Programs of other people that know SQLite; each opens a file, reads it, backs it up and closes it. */
export const outsidePrograms = ['node', 'sqlite3', 'python3'] as const;
export type OutsideProgram = (typeof outsidePrograms)[number];

const script = `import sqlite3, sys
source = sqlite3.connect(sys.argv[1])
source.execute("select count(*) from events").fetchall()
copy = sqlite3.connect(sys.argv[2])
source.backup(copy)
copy.close()
source.close()`;

function commandOf(program: OutsideProgram, file: string, copy: string): readonly [string, readonly string[]] {
  switch (program) {
    case 'node':
      return [process.execPath, [fileURLToPath(new URL('outside-child.ts', import.meta.url)), file, copy]];
    case 'sqlite3':
      return ['sqlite3', [file, 'select count(*) from events', `.backup '${copy}'`]];
    case 'python3':
      return ['python3', ['-c', script, file, copy]];
  }
}

export function isInstalled(program: OutsideProgram): boolean {
  return program === 'node' || spawnSync(program, [program === 'sqlite3' ? '-version' : '-c', '']).status === 0;
}

/** Opens a database file as another program on the machine does, copies it and closes it; its exit code. */
export async function openFromOutside(program: OutsideProgram, file: string): Promise<number | null> {
  const copy = `${file}.copy`;
  const [name, args] = commandOf(program, file, copy);
  const child = spawn(name, args, { stdio: 'ignore' });
  await once(child, 'close');
  rmSync(copy, { force: true });
  return child.exitCode;
}
