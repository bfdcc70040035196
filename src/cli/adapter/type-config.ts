import { basename, dirname, join, relative, sep } from 'node:path';

/**
 * tsconfig.json of a folder of adapters. `root`: where the program lies, when nothing that is installed there leads to
 * it; its own sources or their build tell the types then. Paths are relative, so that the folder may be kept in Git.
 */
export function typeConfig(folder: string, root: string | undefined, built: boolean): string {
  const near = (path: string): string => relative(folder, path).split(sep).join('/');
  const ours = (path: string): string[] => [near(join(root ?? '', built ? `dist/${path}.d.ts` : `${path}.ts`))];
  // What an installation needs lies beside the program as often as within it.
  const libraries = [join(root ?? '', 'node_modules'), dirname(root ?? '')].filter(
    (path) => basename(path) === 'node_modules',
  );
  const library = (path: string): string[] => libraries.map((one) => near(join(one, path)));
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
          typeRoots: [...library('@types'), '../node_modules/@types'],
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
