// Runs one command after another for tests, each with its own arguments, environment and working folder: most of what a
// command costs is its start.
import { flushCompileCache } from 'node:module';
import { run } from '../../src/cli/program.ts';

interface Wanted {
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
}

process.on('message', (wanted: Wanted) => void answer(wanted));

const seen = new Set<string | undefined>();

async function answer({ args, env, cwd }: Wanted): Promise<void> {
  process.env = { ...env };
  process.chdir(cwd);
  const printed = { out: '', err: '' };
  const stdout = process.stdout.write.bind(process.stdout);
  const stderr = process.stderr.write.bind(process.stderr);
  const into =
    (name: keyof typeof printed) =>
    (text: string | Uint8Array): boolean => {
      printed[name] += typeof text === 'string' ? text : Buffer.from(text).toString('utf8');
      return true;
    };
  process.stdout.write = into('out');
  process.stderr.write = into('err');
  try {
    const code = await run(args);
    process.send?.({ code, ...printed });
  } finally {
    process.stdout.write = stdout;
    process.stderr.write = stderr;
  }
  if (seen.has(args[0])) return;
  seen.add(args[0]);
  flushCompileCache(); // it ends by a kill, which would leave nothing for the next one
}
