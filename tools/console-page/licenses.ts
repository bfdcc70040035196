import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Metafile } from 'esbuild';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Name, version, licence and its text of every package that went into a build. */
export function licensesOf(metafile: Metafile, read: (path: string) => string): string {
  const folders = new Set(
    Object.keys(metafile.inputs).flatMap((path) => {
      const [, folder] = /^((?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path) ?? [];
      return folder === undefined ? [] : [folder];
    }),
  );
  const nameOf = (folder: string): string => folder.split('node_modules/').at(-1) ?? folder;
  return [...folders]
    .toSorted((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1))
    .map((folder) => {
      const { version, license }: { readonly version?: string; readonly license?: string } = JSON.parse(
        read(join(folder, 'package.json')),
      );
      const file = existsSync(join(root, folder))
        ? readdirSync(join(root, folder)).find((each) => /^licen[cs]e/i.test(each))
        : undefined;
      const text = file === undefined ? '' : `\n\n${read(join(folder, file)).trim()}`;
      return `${nameOf(folder)} ${version ?? ''} (${license ?? 'see its text'})${text}`;
    })
    .join(`\n\n${'-'.repeat(80)}\n\n`);
}
