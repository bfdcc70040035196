import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Metafile, type Plugin } from 'esbuild';
import { licensesOf } from './licenses.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const page = join(root, 'src/console/page');

/** The languages of the page; the texts of the widgets come in thirty more. */
const spoken = /^(ru-RU|en-US)\.m?js$/;

const otherLanguages: Plugin = {
  name: 'other-languages',
  setup(build) {
    build.onLoad({ filter: /[/\\]intl[/\\].*[/\\]\w\w-\w\w\.m?js$/ }, ({ path }) =>
      spoken.test(basename(path)) ? undefined : { contents: 'export default {}', loader: 'js' },
    );
  },
};

/** Writes `dist/console`: files named by their content, a gzip of each, the manifest that the server serves by. */
export async function buildPage(
  folder = join(root, 'dist/console'),
): Promise<{ readonly files: number; readonly bytes: number; readonly metafile: Metafile }> {
  const { outputFiles, metafile } = await build({
    entryPoints: { page: join(page, 'main.tsx'), style: join(page, 'page.css') },
    outdir: folder,
    absWorkingDir: root,
    tsconfig: join(page, 'tsconfig.json'),
    bundle: true,
    splitting: true,
    format: 'esm',
    target: ['es2023', 'chrome123', 'firefox128', 'safari17.5'],
    jsx: 'automatic',
    minify: true,
    metafile: true,
    write: false,
    legalComments: 'none',
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    publicPath: '/console/assets/',
    loader: { '.woff2': 'file' },
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [otherLanguages],
  });
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const { path, contents } of outputFiles) {
    writeFileSync(path, contents);
    if (!path.endsWith('.woff2')) writeFileSync(`${path}.gz`, gzipSync(contents, { level: 9 }));
  }
  const names = outputFiles.map(({ path }) => basename(path));
  const named = (start: string) => names.find((name) => name.startsWith(`${start}-`)) ?? '';
  writeFileSync(
    join(folder, 'manifest.json'),
    `${JSON.stringify({ script: named('page'), style: named('style'), files: names.toSorted() }, null, 2)}\n`,
  );
  writeFileSync(join(folder, 'metafile.json'), JSON.stringify(metafile));
  writeFileSync(
    join(folder, 'licenses.txt'),
    licensesOf(metafile, (path) => readFileSync(join(root, path), 'utf8')),
  );
  return { files: names.length, bytes: outputFiles.reduce((sum, { contents }) => sum + contents.length, 0), metafile };
}
