import type { Schema } from 'yup';
import { type Path, type Problem, validate } from '../../files/validation.ts';
import type { Template } from '../record/template.ts';

/** What is wrong with a finished record. */
export function recordProblems(schema: Schema, record: unknown): readonly Problem[] {
  return validate(schema, record).problems;
}

/** A formula may give any of these: where one of them fits, the formula may. */
const standIns: readonly unknown[] = ['текст', null, 1, true, '2026-01-01', {}, []];

/**
 * What is wrong with a record whatever its formulas and conversions yield: unknown keys, constants of a wrong type,
 * keys that are missing. Each formula gets a stand-in that its own place takes; what then remains is not the formulas'
 * doing.
 */
export function templateProblems(schema: Schema, template: Template): readonly Problem[] {
  const choices = new Map<string, number>();
  const formulas: Path[] = [];
  collect(template, [], formulas);
  let problems = validate(schema, filled(template, [], choices)).problems;
  for (let round = 1; round < standIns.length && formulas.length > 0; round += 1) {
    const unhappy = formulas.filter((path) => problems.some((problem) => startsWith(problem.path, path)));
    if (unhappy.length === 0) break;
    for (const path of unhappy) choices.set(JSON.stringify(path), round);
    problems = validate(schema, filled(template, [], choices)).problems;
  }
  const own = problems.filter(
    (problem) => problem.unknownKey || !formulas.some((path) => startsWith(problem.path, path)),
  );
  // A rule over several fields reports at their common parent: it counts when no stand-in satisfies it.
  return own.filter((problem) => {
    const below = problem.unknownKey ? [] : formulas.filter((path) => startsWith(path, problem.path));
    return (
      below.length === 0 ||
      standIns.every((_, index) => {
        const varied = new Map([...choices, ...below.map((path) => [JSON.stringify(path), index] as const)]);
        return validate(schema, filled(template, [], varied)).problems.some((again) => isSame(again, problem));
      })
    );
  });
}

function isSame(a: Problem, b: Problem): boolean {
  return a.text.en === b.text.en && a.path.length === b.path.length && startsWith(a.path, b.path);
}

function filled(template: Template, path: Path, choices: ReadonlyMap<string, number>): unknown {
  switch (template.kind) {
    case 'constant':
      return template.value;
    case 'formula':
    case 'conversion':
      return standIns[choices.get(JSON.stringify(path)) ?? 0];
    case 'list':
      return template.items.map((item, index) => filled(item, [...path, index], choices));
    case 'map':
      return Object.fromEntries(template.entries.map(([key, item]) => [key, filled(item, [...path, key], choices)]));
  }
}

function collect(template: Template, path: Path, formulas: Path[]): void {
  switch (template.kind) {
    case 'constant':
      return;
    case 'formula':
    case 'conversion':
      formulas.push(path);
      return;
    case 'list':
      for (const [index, item] of template.items.entries()) collect(item, [...path, index], formulas);
      return;
    case 'map':
      for (const [key, item] of template.entries) collect(item, [...path, key], formulas);
  }
}

function startsWith(path: Path, start: Path): boolean {
  return start.every((step, depth) => String(path[depth]) === String(step));
}
