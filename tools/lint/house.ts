import { dirname, relative, resolve, sep } from 'node:path';
import { guarded, type Room, rooms } from './rooms.ts';

/** The parts of ESLint's interface that these rules use. */
interface Context {
  readonly filename: string;
  readonly cwd: string;
  readonly sourceCode: { readonly text: string };
  report(finding: { readonly node: unknown; readonly message: string }): void;
}
interface Import {
  readonly source: { readonly type: string; readonly value?: unknown } | null;
}
interface Call {
  readonly callee: { readonly type: string; readonly name?: string };
}

const rootFiles = ['adapter.ts', 'app.ts', 'container.ts', 'http-listener.ts', 'main.ts', 'text.ts', 'toolkit.ts'];

const project = (context: Context, path: string): string => relative(context.cwd, path).split(sep).join('/');

function roomOf(file: string): Room | undefined {
  return rooms
    .filter(({ room }) => (room.endsWith('/') ? file.startsWith(room) : file === room))
    .toSorted((a, b) => b.room.length - a.room.length)[0];
}

const covers = (place: string, file: string): boolean =>
  place.endsWith('/') ? file.startsWith(place) : file === place;

function isOpen({ room, may }: Room, file: string): boolean {
  if (covers(room, file)) return true;
  const closed = may.filter((place) => place.startsWith('!')).some((place) => covers(place.slice(1), file));
  return !closed && may.some((place) => covers(place, file));
}

/** Who may import whom: `rooms.ts`. */
const imports = {
  create(context: Context) {
    const file = project(context, context.filename);
    const here = roomOf(file);
    const look = (node: Import): void => {
      if (here === undefined || node.source === null || typeof node.source.value !== 'string') return;
      const name = node.source.value;
      if (name.startsWith('.')) {
        const there = project(context, resolve(dirname(context.filename), name));
        if (!isOpen(here, there))
          context.report({ node, message: `${here.room} may not import ${there}. ${here.why}` });
      } else if (Object.hasOwn(guarded, name) && here.libraries?.includes(name) !== true) {
        context.report({ node, message: guarded[name] ?? here.why });
      }
    };
    return {
      ImportDeclaration: look,
      ExportNamedDeclaration: look,
      ExportAllDeclaration: look,
      ImportExpression: look,
    };
  },
};

const computedImport = {
  create(context: Context) {
    return {
      ImportExpression(node: Import) {
        if (node.source?.type === 'Literal') return;
        context.report({
          node,
          message:
            'A module is imported by its name, so that a reader and the linter see who calls whom; only own ' +
            'adapters come by a path from the config.',
        });
      },
    };
  },
};

const rootFile = {
  create(context: Context) {
    const file = project(context, context.filename);
    const name = /^src\/([^/]+)$/.exec(file)?.[1];
    return {
      Program(node: unknown) {
        if (name !== undefined && !rootFiles.includes(name))
          context.report({
            node,
            message: `Seven files stand at the root of src (${rootFiles.join(', ')}); this one belongs into a room.`,
          });
      },
    };
  },
};

/** `support/pause.ts` is for what happens outside the product, and for suites of faults: it stands in this list. */
const paced = ['test/support/', 'test/pipeline/', 'test/spool/outage.test.ts', 'test/outbox/', 'test/adapters/'];

const testTimer = {
  create(context: Context) {
    const file = project(context, context.filename);
    const message = 'A test waits for a condition (support/until.ts) or moves a clock; it does not sleep.';
    return {
      CallExpression(node: Call) {
        if (node.callee.type === 'Identifier' && node.callee.name === 'setTimeout') context.report({ node, message });
      },
      ImportDeclaration(node: Import) {
        const name = String(node.source?.value);
        const sleeps = /^(?:node:)?timers/.test(name);
        const pauses = name.endsWith('/pause.ts') && !paced.some((place) => covers(place, file));
        if (sleeps || pauses) context.report({ node, message });
      },
    };
  },
};

const width = 120;

/** A Russian sentence, or one literal of its own length: what a fold would make harder to read, or to search for. */
const cannotFold = /[а-яё]{3}|(['"`/])(?:(?!\1).){60,}/i;

const lineWidth = {
  create(context: Context) {
    return {
      Program(node: unknown) {
        const long = context.sourceCode.text
          .split('\n')
          .flatMap((line, index) => (line.length > width && !cannotFold.test(line) ? [index + 1] : []));
        if (long.length > 0)
          context.report({ node, message: `Lines end at ${width}; longer: ${long.slice(0, 20).join(', ')}` });
      },
    };
  },
};

/** The house's own lint rules: what this code base promises beyond the language. */
export default {
  meta: { name: 'house' },
  rules: {
    imports,
    'computed-import': computedImport,
    'root-file': rootFile,
    'test-timer': testTimer,
    'line-width': lineWidth,
  },
};
