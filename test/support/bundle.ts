import { createHash } from 'node:crypto';
import {
  existsSync,
  globSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Plugin, stop } from 'esbuild';
import { bundleVariable, programs } from './program.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const shelf = join(root, 'node_modules/.cache/huntflow-connector-tests');
/** Stands for the folder until its name, which is made of what will lie there, is known. */
const nowhere = '/folder-of-the-bundle';

/** Files are looked for where the sources lie, threads where the bundle does. */
const places: Plugin = {
  name: 'places',
  setup(bundle) {
    bundle.onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      if (!text.includes('import.meta.')) return undefined;
      const built = pathToFileURL(join(nowhere, relative(root, path).replace(/\.ts$/, '.js'))).href;
      const description = pathToFileURL(join(root, 'package.json')).href;
      return {
        contents: text
          .replaceAll('workerBeside(import.meta.url', `workerBeside('${built}'`)
          .replaceAll("import.meta.resolve('huntflow-connector/package.json')", `'${description}'`)
          .replaceAll('import.meta.url', `'${pathToFileURL(path).href}'`),
        loader: 'ts',
      };
    });
  },
};

/**
 * Makes few files of what the tests start as processes of their own, some hundreds of times: of 1.8 seconds of
 * processor that `check` takes from its sources 0.8 go into finding and reading 1,400 modules (measured). The folder is
 * named by what lies in it, so that nothing old is ever run, two runs do not get in the way of each other, and compiled
 * code is found again. The processes of the run are told by an environment variable.
 */
export async function bundlePrograms(): Promise<void> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    outbase: root,
    outdir: nowhere,
    entryPoints: [...programs, ...globSync('src/**/worker.ts', { cwd: root })],
    bundle: true,
    splitting: true,
    minifyWhitespace: true, // what is read at each start
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node22.18',
    chunkNames: 'chunks/[name]-[hash]',
    external: ['better-sqlite3', 'pg', 'ssh2'], // natively built, or counted by `die-at-step.ts`
    banner: { js: `import { createRequire as from } from 'node:module'; const require = from(import.meta.url);` },
    plugins: [places],
  });
  await stop();
  const hash = createHash('sha256');
  for (const { path, text } of outputFiles) hash.update(path).update(text);
  const folder = join(shelf, hash.digest('hex').slice(0, 16));
  if (existsSync(folder)) utimesSync(folder, new Date(), new Date());
  else {
    const making = `${folder}.${process.pid}`;
    for (const { path, text } of outputFiles) {
      const file = join(making, relative(nowhere, path));
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text.replaceAll(pathToFileURL(nowhere).href, pathToFileURL(folder).href));
    }
    writeFileSync(join(making, 'package.json'), '{ "type": "module" }\n');
    try {
      renameSync(making, folder);
    } catch {
      rmSync(making, { recursive: true }); // another run was faster
    }
  }
  removeOld();
  process.env[bundleVariable] = folder;
}

/** Those of sources that are no more, and what a killed run left half made. */
function removeOld(): void {
  const yesterday = Date.now() - 86_400_000;
  for (const name of readdirSync(shelf)) {
    const folder = join(shelf, name);
    const made = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
    if (made < yesterday) rmSync(folder, { recursive: true, force: true });
  }
}
