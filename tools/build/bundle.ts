import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { fileMark, recordOfBuild } from '../../src/process/built-program.ts';
import { licensesOf } from '../console-page/licenses.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const dist = join(root, 'dist');
const ownFile = 'tools/build/bundle.ts';

/**
 * What stays a package of its own: what is native, what an adapter of somebody's own is to find the very same, and half
 * a megabyte of charsets of which most starts read none.
 */
const packages = ['better-sqlite3', 'ssh2', 'yup', 'axios', 'fast-xml-parser', 'iconv-lite'];

/** Stands for the way from a built file to the folder of the build. */
const toTop = '@@top@@';

/**
 * A file that is built goes into another one, so what lies beside it has to be named from there; the query of its
 * address stays.
 */
const places: Plugin = {
  name: 'places',
  setup(building) {
    building.onLoad({ filter: /[/\\](src|adapters)[/\\].*\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      const place = slashed(relative(root, path)).replace(/\.ts$/, '.js');
      if (place.startsWith('node_modules/') || !text.includes('import.meta.url')) return undefined;
      const there = `new URL('${toTop}/${place}' + new URL(import.meta.url).search, import.meta.url).href`;
      return { contents: text.replaceAll('import.meta.url', there), loader: 'ts' };
    });
  },
};

/** Files that others find by their names: programs, workers, and what customers import. */
function entries(): readonly string[] {
  const workers = filesBelow('src').filter((file) => file.endsWith('/worker.ts'));
  const exported = ['src/adapter.ts', 'src/toolkit.ts', 'adapters/testing.ts'];
  return ['src/main.ts', ...exported, 'adapters/testing/report.ts', 'src/targets/lent-modules.ts', ...workers];
}

/**
 * Writes the program as an installed package runs it: its files and most packages in a few, for a start spends half of
 * its time on finding 1,400 (measured). What two of the entries need is there once, in a file that both import.
 */
export async function bundle(folder = dist): Promise<{ readonly files: number; readonly bytes: number }> {
  const began = Date.now();
  const { outputFiles, metafile } = await build({
    entryPoints: [...entries()],
    outdir: folder,
    outbase: root,
    absWorkingDir: root,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22.18',
    external: packages,
    chunkNames: 'src/shared/[name]-[hash]',
    // Packages of the older kind ask for Node's modules this way.
    banner: {
      js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
    },
    legalComments: 'none',
    metafile: true,
    write: false,
    plugins: [places],
  });
  const presets = filesBelow('src/mapping/presets').filter((file) => file.endsWith('.yaml'));
  const written = new Map<string, string>(presets.map((file) => [file, readFileSync(join(root, file), 'utf8')]));
  for (const { path, text } of outputFiles)
    written.set(slashed(relative(folder, path)), text.replaceAll(toTop, slashed(relative(dirname(path), folder))));
  written.set(
    'licenses.txt',
    licensesOf(metafile, (path) => readFileSync(join(root, path), 'utf8')),
  );
  replaceAll(folder, written);
  // A folder changes when a file comes to it: presets are looked for by reading theirs.
  const folders = new Set(presets.map((file) => dirname(file)));
  if (folder === dist)
    note([...Object.keys(metafile.inputs), ...presets, ...folders, 'package-lock.json', ownFile], began);
  return { files: outputFiles.length, bytes: outputFiles.reduce((sum, { contents }) => sum + contents.length, 0) };
}

/** Writes down what the build was made of, unless some of that has been written meanwhile: then nobody knows. */
function note(files: readonly string[], began: number): void {
  const found = files.filter((file) => existsSync(join(root, file)));
  if (found.some((file) => statSync(join(root, file)).mtimeMs >= began)) return;
  const marks = found.map((file) => [file, fileMark(join(root, file))] as const);
  writeFileSync(join(root, recordOfBuild), JSON.stringify(Object.fromEntries(marks)));
}

/** What is there already is left alone, and no file is ever half there: a program that runs may read it at any time. */
function replaceAll(folder: string, written: ReadonlyMap<string, string>): void {
  for (const [file, text] of written) {
    const path = join(folder, file);
    if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.new`, text);
    renameSync(`${path}.new`, path);
  }
  for (const name of ['src', 'adapters'])
    for (const old of filesBelow(name, folder)) if (!written.has(old)) rmSync(join(folder, old));
}

/** Named from `top`, with `/`. */
function filesBelow(folder: string, top = root): readonly string[] {
  if (!existsSync(join(top, folder))) return [];
  return readdirSync(join(top, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => slashed(join(folder, file)))
    .filter((file) => statSync(join(top, file)).isFile());
}

function slashed(path: string): string {
  return path.replaceAll('\\', '/');
}
