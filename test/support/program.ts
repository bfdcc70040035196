import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The environment variable that tells the processes of a run where `bundle.ts` has put the programs. */
export const bundleVariable = 'SUITE_BUNDLE';

/** What tests start as processes of their own again and again. */
export const programs = [
  'src/main.ts',
  'test/support/command-child.ts',
  'test/support/dying-child.ts',
  'test/support/instance-child.ts',
] as const;

/** The file to start: of the bundle of this run, or the source itself where a run has none, as the long forms have none. */
export function program(source: (typeof programs)[number]): string {
  const folder = process.env[bundleVariable];
  return folder === undefined
    ? fileURLToPath(new URL(`../../${source}`, import.meta.url))
    : join(folder, source.replace(/\.ts$/, '.js'));
}
