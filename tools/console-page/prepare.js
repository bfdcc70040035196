import { existsSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * npm runs this after an install in a clone, and before each npx there. No install and no command fails because of the
 * page: the service works without it, and says so.
 */
const root = new URL('../../', import.meta.url);

try {
  // In the package the page is built and nothing of it is there to build from.
  const isPacked = !existsSync(new URL('src/console/page', root));
  if (!isPacked && !isBuilt()) await import('./main.ts');
} catch (error) {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const missing = code === 'ERR_MODULE_NOT_FOUND' || code === 'ERR_UNKNOWN_FILE_EXTENSION';
  console.log(
    missing
      ? "the console's page was not built: npm run build:page builds it once the devDependencies are there"
      : "the console's page was not built, everything else works: npm run build:page says why",
  );
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
