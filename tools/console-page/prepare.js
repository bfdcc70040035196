import { existsSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * npm runs this after an install in a clone, and before each npx there. No install and no command fails because of it:
 * the service works without the page, and says so, and from its sources as from a build of them.
 */
const root = new URL('../../', import.meta.url);

// In the package both are built and nothing is there to build from.
const isPacked = !existsSync(new URL('src/console/page', root));
const isInstall = ['ci', 'install'].includes(process.env.npm_command ?? '');
if (!isPacked && !isBuilt())
  await prepared('page', 'everything else works', 'build:page', () => import('./main.ts'));
if (!isPacked && (isInstall || !existsSync(new URL('dist/program.json', root))))
  await prepared('program', 'it starts from its sources', 'build:program', () => import('../build/main.ts'));

/** @param {string} what @param {string} meanwhile @param {string} script @param {() => Promise<unknown>} make */
async function prepared(what, meanwhile, script, make) {
  try {
    await make();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const missing = code === 'ERR_MODULE_NOT_FOUND' || code === 'ERR_UNKNOWN_FILE_EXTENSION';
    console.log(
      missing
        ? `the ${what} was not built: npm run ${script} builds it once the devDependencies are there`
        : `the ${what} was not built, ${meanwhile}: npm run ${script} says why`,
    );
  }
}

/** Whether nothing that the page was made of has changed since; the build itself writes down what that was. */
function isBuilt() {
  try {
    const built = statSync(new URL('dist/console/licenses.txt', root)).mtimeMs;
    const { inputs } = JSON.parse(readFileSync(new URL('dist/console/metafile.json', root), 'utf8'));
    const own = Object.keys(inputs).filter((path) => !path.startsWith('node_modules/'));
    return [...own, 'package-lock.json', 'tools/console-page/build.ts'].every(
      (path) => statSync(fileURLToPath(root) + path).mtimeMs < built,
    );
  } catch {
    return false; // never built, or one of its sources has gone
  }
}
