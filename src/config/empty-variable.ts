import type { Path, Problem } from '../files/validation.ts';
import { isPlainObject } from '../process/plain-object.ts';
import { property } from '../process/property.ts';
import type { YamlDocument } from '../files/yaml-document.ts';

const reference = /^\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-[^}]*)?\}$/;

/**
 * Problems with values that are empty because a variable is: `${NAME:-}` is no fault by itself, and the sentence about
 * what is missing names the variable then.
 * @param value what the file says once variables are put in; problems lead from there, `base` leads there in the file.
 */
export function withVariables(
  problems: readonly Problem[],
  document: YamlDocument,
  value: unknown,
  base: Path = [],
): readonly Problem[] {
  return problems.map((problem) => {
    if (problem.unknownKey) return problem;
    const names = emptyIn(at(document.value, [...base, ...problem.path]), at(value, problem.path));
    if (names.length === 0) return problem;
    const { ru, en } = problem.text;
    const list = names.join(', ');
    // What is wrong with a set as a whole need not be that.
    if (problem.path.length === 0 || isPlainObject(at(value, problem.path)))
      return {
        ...problem,
        text: { ru: `${ru} (пустые переменные здесь: ${list})`, en: `${en} (empty variables here: ${list})` },
      };
    return {
      ...problem,
      text: {
        ru: `${ru}: в .env рядом с connector.yaml и в окружении службы пусто или нет: ${list}`,
        en: `${en}: empty or missing in .env beside connector.yaml and in the environment of the service: ${list}`,
      },
    };
  });
}

/** Variables that a value is made of, or the values of a set right within it, and that leave them empty. */
function emptyIn(written: unknown, value: unknown): readonly string[] {
  if (typeof written === 'string') return value === '' ? (reference.exec(written.trim())?.slice(1) ?? []) : [];
  if (!isPlainObject(written)) return [];
  return Object.entries(written).flatMap(([key, one]) =>
    typeof one === 'string' ? emptyIn(one, property(value, key)) : [],
  );
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((here, step) => property(here, String(step)), value);
}
