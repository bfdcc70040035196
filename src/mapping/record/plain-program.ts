import { pathSteps } from '../formulas/plain-path.ts';
import type { Program } from './program.ts';
import type { Template } from './template.ts';

const known = new WeakMap<Program, boolean>();

/**
 * A mapping without any formula but plain paths, as most are. It cannot loop, so it needs no thread to be ended:
 * applied in
 * place it costs a third of a round trip through the thread (measured with the shipped hire).
 */
export function isPlainProgram(program: Program): boolean {
  let plain = known.get(program);
  if (plain === undefined) {
    plain = [program.when, program.key, program.once, program.record].every(
      (template) => template === undefined || isPlain(template),
    );
    known.set(program, plain);
  }
  return plain;
}

function isPlain(template: Template): boolean {
  switch (template.kind) {
    case 'constant':
      return true;
    case 'formula':
      return pathSteps(template.source) !== undefined;
    case 'conversion':
      return [
        template.from,
        template.default,
        typeof template.otherwise === 'string' ? undefined : template.otherwise,
      ].every((part) => part === undefined || isPlain(part));
    case 'map':
      return template.entries.every(([, item]) => isPlain(item));
    case 'list':
      return template.items.every(isPlain);
  }
}
