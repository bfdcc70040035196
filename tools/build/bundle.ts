import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { licensesOf } from '../console-page/licenses.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What stays a package of its own: what is native, and what an adapter of somebody's own is to find the very same. */
const packages = ['better-sqlite3', 'ssh2', 'yup', 'axios', 'fast-xml-parser'];

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
      const place = relative(root, path).replaceAll('\\', '/').replace(/\.ts$/, '.js');
      if (place.startsWith('node_modules/') || !text.includes('import.meta.url')) return undefined;
      const there = `new URL('${toTop}/${place}' + new URL(import.meta.url).search, import.meta.url).href`;
      return { contents: text.replaceAll('import.meta.url', there), loader: 'ts' };
    });
  },
};

/** Files that others find by their names: programs, workers, and what customers import. */
function entries(): readonly string[] {
  const workers = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .map((file) => `src/${file.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('/worker.ts') && file !== 'src/process/worker.ts');
  const exported = ['src/adapter.ts', 'src/toolkit.ts', 'adapters/testing.ts'];
  return ['src/main.ts', ...exported, 'adapters/testing/report.ts', 'src/targets/lent-modules.ts', ...workers];
}

/**
 * Writes the program as an installed package runs it: its files and most packages in a few, for a start spends half of
 * its time on finding 1,400 (measured). What two of the entries need is there once, in a file that both import.
 */
export async function bundle(folder = join(root, 'dist')): Promise<{ readonly files: number; readonly bytes: number }> {
  for (const name of ['src', 'adapters']) rmSync(join(folder, name), { recursive: true, force: true });
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
  for (const { path, text } of outputFiles) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text.replaceAll(toTop, relative(dirname(path), folder).replaceAll('\\', '/')));
  }
  // Read as they are, beside where their reader would be.
  cpSync(join(root, 'src/mapping/presets'), join(folder, 'src/mapping/presets'), {
    recursive: true,
    filter: (path) => path.endsWith('.yaml') || statSync(path).isDirectory(),
  });
  writeFileSync(
    join(folder, 'licenses.txt'),
    licensesOf(metafile, (path) => readFileSync(join(root, path), 'utf8')),
  );
  return { files: outputFiles.length, bytes: outputFiles.reduce((sum, { contents }) => sum + contents.length, 0) };
}
