import { registerHooks } from 'node:module';
import { extname } from 'node:path';

let lent = false;

/**
 * An adapter file may lie anywhere: what it imports from `huntflow-connector/…` and `yup` is found here when it
 * is not found there. A `.ts` file is a module whatever the package.json above it says: `npm init` writes
 * `"type": "commonjs"` there, and of one that says nothing Node complains.
 */
export function lendOurModules(): void {
  if (lent) return;
  lent = true;
  const ours = (name: string): string =>
    new URL(`../${name}${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url).href;
  registerHooks({
    resolve(specifier, context, nextResolve) {
      if (specifier === 'huntflow-connector/adapter') return { url: ours('adapter'), shortCircuit: true };
      if (specifier === 'huntflow-connector/toolkit') return { url: ours('toolkit'), shortCircuit: true };
      if (specifier === 'huntflow-connector/testing') return { url: ours('../adapters/testing'), shortCircuit: true };
      try {
        return asModule(nextResolve(specifier, context));
      } catch (error) {
        if (specifier === 'yup' || specifier === 'axios' || specifier === 'fast-xml-parser')
          return nextResolve(specifier, { ...context, parentURL: import.meta.url });
        throw error;
      }
    },
  });
}

function asModule<T extends { url: string; format?: string | null | undefined }>(resolved: T): T {
  const isUnsaid = resolved.format === 'commonjs-typescript' || (resolved.format ?? undefined) === undefined;
  return isUnsaid && extname(new URL(resolved.url).pathname) === '.ts'
    ? { ...resolved, format: 'module-typescript' }
    : resolved;
}
