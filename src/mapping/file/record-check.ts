import { setImmediate as turn } from 'node:timers/promises';
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
export async function templateProblems(schema: Schema, template: Template): Promise<readonly Problem[]> {
  const choices = new Map<string, number>();
  const formulas: Path[] = [];
  collect(template, [], formulas);
  let problems = validate(schema, filled(template, [], choices)).problems;
  for (let round = 1; round < standIns.length && formulas.length > 0; round += 1) {
    const places = new Set(problems.flatMap(({ path }) => placesOf(path)));
    const unhappy = formulas.map(keyOf).filter((formula) => places.has(formula));
    if (unhappy.length === 0) break;
    for (const formula of unhappy) choices.set(formula, round);
    await turn();
    problems = validate(schema, filled(template, [], choices)).problems;
  }
  const known = new Set(formulas.map(keyOf));
  const own = problems.filter(
    ({ unknownKey, path }) => unknownKey || !placesOf(path).some((place) => known.has(place)),
  );
  return withoutRulesThatFit(schema, template, own, formulas, choices);
}

/**
 * A rule over several fields reports at their common parent: it counts when no stand-in satisfies it. All of them are
 * tried together: a file may break as many rules as it has fields.
 */
async function withoutRulesThatFit(
  schema: Schema,
  template: Template,
  problems: readonly Problem[],
  formulas: readonly Path[],
  choices: ReadonlyMap<string, number>,
): Promise<readonly Problem[]> {
  const rules = new Set(problems.flatMap(({ unknownKey, path }) => (unknownKey ? [] : [keyOf(path)])));
  const below = formulas.filter((path) => placesOf(path).some((place) => rules.has(place))).map(keyOf);
  if (below.length === 0) return problems;
  const over = new Set(formulas.flatMap(placesOf));
  let left = problems;
  for (const index of standIns.keys()) {
    await turn(); // a record of 3,000 values takes a tenth of a second each time
    const varied = new Map([...choices, ...below.map((formula) => [formula, index] as const)]);
    const again = new Set(validate(schema, filled(template, [], varied)).problems.map(saidAt));
    left = left.filter((problem) => problem.unknownKey || !over.has(keyOf(problem.path)) || again.has(saidAt(problem)));
  }
  return left;
}

function saidAt({ path, text }: Problem): string {
  return `${keyOf(path)} ${text.en}`;
}

function keyOf(path: Path): string {
  return JSON.stringify(path.map(String));
}

/** The path and all that it leads through, the whole record included. */
function placesOf(path: Path): string[] {
  return Array.from({ length: path.length + 1 }, (_part, length) => keyOf(path.slice(0, length)));
}

function filled(template: Template, path: Path, choices: ReadonlyMap<string, number>): unknown {
  switch (template.kind) {
    case 'constant':
      return template.value;
    case 'formula':
    case 'conversion':
      return standIns[choices.get(keyOf(path)) ?? 0];
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
