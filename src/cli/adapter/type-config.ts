import { join } from 'node:path';

/**
 * tsconfig.json of a folder of adapters. `root`: where the program lies, when nothing that is installed there leads to
 * it; its own sources or their build tell the types then.
 */
export function typeConfig(root: string | undefined, built: boolean): string {
  const ours = (path: string): string[] => [join(root ?? '', built ? `dist/${path}.d.ts` : `${path}.ts`)];
  const library = (path: string): string[] => [join(root ?? '', 'node_modules', path)];
  return `${JSON.stringify(
    {
      compilerOptions: {
        target: 'es2024',
        module: 'esnext',
        moduleResolution: 'bundler',
        moduleDetection: 'force',
        types: ['node'],
        strict: true,
        erasableSyntaxOnly: true,
        verbatimModuleSyntax: true,
        allowImportingTsExtensions: true,
        skipLibCheck: true,
        noEmit: true,
        ...(root !== undefined && {
          typeRoots: library('@types'),
          paths: {
            'huntflow-connector/adapter': ours('src/adapter'),
            'huntflow-connector/toolkit': ours('src/toolkit'),
            'huntflow-connector/testing': ours('adapters/testing'),
            axios: library('axios'),
            yup: library('yup'),
          },
        }),
      },
      include: ['*.ts'],
    },
    undefined,
    2,
  )}\n`;
}
