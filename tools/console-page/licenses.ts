import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Metafile } from 'esbuild';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Name, version, licence and its text of every package that went into the page. */
export function licensesOf(metafile: Metafile, read: (path: string) => string): string {
  const packages = new Set(
    Object.keys(metafile.inputs).flatMap((path) => {
      const [, name] = /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path) ?? [];
      return name === undefined ? [] : [name];
    }),
  );
  return [...packages]
    .toSorted()
    .map((name) => {
      const folder = join('node_modules', name);
      const { version, license }: { readonly version?: string; readonly license?: string } = JSON.parse(
        read(join(folder, 'package.json')),
      );
      const file = existsSync(join(root, folder))
        ? readdirSync(join(root, folder)).find((each) => /^licen[cs]e/i.test(each))
        : undefined;
      const text = file === undefined ? '' : `\n\n${read(join(folder, file)).trim()}`;
      return `${name} ${version ?? ''} (${license ?? 'see its text'})${text}`;
    })
    .join(`\n\n${'-'.repeat(80)}\n\n`);
}
