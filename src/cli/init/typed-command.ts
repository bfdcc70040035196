import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * What a person types to run the program that lies in `root` with the settings of `folder`. npx finds it from where it
 * was cloned or installed; within an installed package itself npx would try to build it anew, and one that is installed
 * for everybody is found by its name alone.
 */
export function typedCommand(root: string, folder: string, words: string): string {
  const config = ` --config ${shellWord(join(folder, 'connector.yaml'))}`;
  const above = dirname(root);
  if (basename(above) !== 'node_modules') return `cd ${shellWord(root)} && npx huntflow-connector ${words}${config}`;
  if (!existsSync(join(above, '.bin', 'huntflow-connector'))) return `huntflow-connector ${words}${config}`;
  const project = dirname(above);
  return `cd ${shellWord(project)} && npx huntflow-connector ${words}${project === folder ? '' : config}`;
}

/** As a shell takes it for one word. */
export function shellWord(text: string): string {
  return /^[\p{L}\p{N}/._+:@-]+$/u.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
