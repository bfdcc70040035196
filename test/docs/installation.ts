import { execFile } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Workspace } from '../support/workspace.ts';

export const project = join(import.meta.dirname, '..', '..');

/**
 * What a fresh checkout has in config and mappings, in a folder of its own, without what others may have added here
 * meanwhile.
 */
export function freshInstallation(): Workspace {
  const workspace = new Workspace();
  mkdirSync(workspace.path('mappings', 'examples'), { recursive: true });
  cpSync(join(project, 'config'), workspace.path('config'), { recursive: true });
  cpSync(join(project, 'mappings', 'hire-to-csv.yaml'), workspace.path('mappings', 'hire-to-csv.yaml'));
  cpSync(join(project, 'mappings', 'fixtures'), workspace.path('mappings', 'fixtures'), { recursive: true });
  cpSync(join(project, 'mappings', 'examples'), workspace.path('mappings', 'examples'), { recursive: true });
  return workspace;
}

/** Runs a piece of a page as a shell does; resolves when it is done. */
export function shell(script: string, folder: string): Promise<void> {
  return new Promise(
    (resolve, reject) =>
      void execFile('sh', ['-ec', script], { cwd: folder }, (error) => (error === null ? resolve() : reject(error))),
  );
}

/** The commands in the sh blocks of a page, each as its arguments, in the order of the page. */
export function commandsOf(page: string): (readonly string[])[] {
  const blocks = [...page.matchAll(/^\s*```sh\n(.*?)^\s*```/gms)].map(([, block = '']) => block);
  return blocks.flatMap((block) =>
    [...block.matchAll(/^\s*npx huntflow-connector (.+)$/gm)].map(([, line = '']) => line.split(' ')),
  );
}
