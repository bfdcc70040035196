import { isBounded } from '../formulas/bounded.ts';
import { pathSteps } from '../formulas/plain-path.ts';
import type { Program } from './program.ts';
import type { Template } from './template.ts';

/** What the formulas of a mapping may cost; `bounded`: they go over their input a few times, and end. */
type Cost = 'plain' | 'bounded' | 'open';

/** Formulas beyond plain paths that are applied in place: some tenths of a millisecond for a usual event. */
const mostInPlace = 50;
const known = new WeakMap<Program, Cost>();

/**
 * A mapping without any formula but plain paths, as most are. It cannot loop, so it needs no thread to be ended:
 * applied in place it costs a third of a round trip through the thread (measured with the shipped hire).
 */
export function isPlainProgram(program: Program): boolean {
  return costOf(program) === 'plain';
}

/** A mapping whose formulas end by themselves soon when the event is small. */
export function isBoundedProgram(program: Program): boolean {
  return costOf(program) !== 'open';
}

function costOf(program: Program): Cost {
  let cost = known.get(program);
  if (cost === undefined) known.set(program, (cost = look(program)));
  return cost;
}

function look({ when, key, once, record }: Program): Cost {
  const formulas = new Set(
    [when, key, once, record].flatMap((template) => (template === undefined ? [] : formulasIn(template))),
  );
  const further = [...formulas].filter((source) => pathSteps(source) === undefined);
  if (further.length === 0) return 'plain';
  return further.length <= mostInPlace && further.every(isBounded) ? 'bounded' : 'open';
}

function formulasIn(template: Template): string[] {
  switch (template.kind) {
    case 'constant':
      return [];
    case 'formula':
      return [template.source];
    case 'conversion':
      return [
        template.from,
        template.default,
        typeof template.otherwise === 'string' ? undefined : template.otherwise,
      ].flatMap((part) => (part === undefined ? [] : formulasIn(part)));
    case 'map':
      return template.entries.flatMap(([, item]) => formulasIn(item));
    case 'list':
      return template.items.flatMap(formulasIn);
  }
}
