import { lookalike, nearest, unlike } from '../../files/did-you-mean.ts';
import type { Fault } from '../../files/fault.ts';
import type { Text } from '../../text.ts';
import { compile, type FormulaFault } from '../formulas/formula.ts';
import { builtInFunctions } from '../formulas/functions/built-in.ts';
import { ownFunctions } from '../formulas/functions/functions.ts';
import type { Shape } from './shape.ts';

/** A node of jsonata's syntax tree, as far as names are concerned; `position` is where its token ends. */
interface Node {
  readonly type: string;
  readonly value?: unknown;
  readonly position?: number;
  readonly [part: string]: unknown;
}

const functionNames: readonly string[] = [...builtInFunctions, ...Object.keys(ownFunctions), 'candidateLink'];

/**
 * A path is a warning, for Huntflow adds fields at any time; a variable or function that nothing binds can never be
 * meant.
 */
export interface NameFault extends FormulaFault {
  readonly level: Fault['level'];
}

/** Names in a formula that nothing bears: variables, functions, and paths that events of this shape do not have. */
export function unknownNames(source: string, root: Shape | undefined): readonly NameFault[] {
  const tree = compile(source).ast();
  const walk = new NameWalk(root, bindingsOf(tree));
  walk.visit(tree, root, new Set());
  return walk.found;
}

/** What a whole formula binds, wherever it stands. */
interface Bindings {
  /** Left of `:=`, parameters, and names given by `@` and `#`. */
  readonly names: ReadonlySet<string>;
  /** A text given to `$eval` may bind anything. */
  readonly evaluates: boolean;
  /** An object that the formula makes may hold functions, which are called without a `$`. */
  readonly makesObjects: boolean;
}

function bindingsOf(tree: unknown): Bindings {
  const names = new Set<string>();
  let evaluates = false;
  let makesObjects = false;
  const seen = new Set<unknown>();
  const open: unknown[] = [tree];
  while (open.length > 0) {
    const part = open.pop();
    if (!isPart(part) || seen.has(part)) continue;
    seen.add(part);
    open.push(...Object.values(part));
    for (const name of [part['focus'], part['index']]) if (typeof name === 'string') names.add(name);
    if (isPart(part['group'])) makesObjects = true;
    if (!isNode(part)) continue;
    if (part.type === 'bind' && isNode(part['lhs'])) names.add(String(part['lhs'].value));
    if (part.type === 'lambda')
      for (const parameter of listOf(part['arguments'])) if (isNode(parameter)) names.add(String(parameter.value));
    if (part.type === 'variable' && part.value === 'eval') evaluates = true;
    if (part.type === 'unary' && part.value === '{') makesObjects = true;
  }
  return { names, evaluates, makesObjects };
}

class NameWalk {
  readonly found: NameFault[] = [];
  readonly #root: Shape | undefined;
  readonly #bindings: Bindings;

  constructor(root: Shape | undefined, bindings: Bindings) {
    this.#root = root;
    this.#bindings = bindings;
  }

  /**
   * The shape of what the node gives where it can be told, undefined where it cannot. `variables` grows with bindings.
   */
  visit(node: unknown, context: Shape | undefined, variables: Set<string>): Shape | undefined {
    if (!isNode(node)) return undefined;
    switch (node.type) {
      case 'path':
        return this.#path(node, context, variables);
      case 'name':
        return this.#name(node, context);
      case 'variable':
        return this.#variable(node, context, variables);
      case 'block':
        return this.#all(node['expressions'], context, new Set(variables)).at(-1);
      case 'bind': {
        if (isNode(node['lhs'])) variables.add(String(node['lhs'].value));
        return this.visit(node['rhs'], context, variables);
      }
      case 'lambda': {
        const own = new Set([...variables, ...this.#bindings.names]); // it may be called after all of them are bound
        for (const parameter of listOf(node['arguments'])) if (isNode(parameter)) own.add(String(parameter.value));
        this.visit(node['body'], context, own);
        return undefined;
      }
      case 'function':
      case 'partial':
        return this.#call(node, context, variables);
      case 'unary':
        return this.#unary(node, context, variables);
      case 'sort': {
        for (const term of listOf(node['terms']))
          this.visit(isPart(term) ? term['expression'] : undefined, context, variables);
        return context;
      }
      case 'transform': {
        for (const part of ['pattern', 'update', 'delete']) this.visit(node[part], undefined, variables);
        return undefined;
      }
      default: {
        for (const part of ['lhs', 'rhs', 'condition', 'then', 'else']) this.visit(node[part], context, variables);
        return undefined;
      }
    }
  }

  #path(node: Node, context: Shape | undefined, variables: Set<string>): Shape | undefined {
    let shape = context;
    for (const step of listOf(node['steps'])) {
      if (!isNode(step)) return undefined;
      shape = this.visit(step, shape, variables);
      for (const name of [step['focus'], step['index']]) if (typeof name === 'string') variables.add(name);
      for (const stage of [...listOf(step['stages']), ...listOf(step['predicate'])])
        if (isNode(stage)) this.visit(stage['expr'], shape, variables);
    }
    if (isPart(node['group'])) this.#pairs(node['group']['lhs'], shape, variables);
    return isPart(node['group']) ? undefined : shape;
  }

  #name(node: Node, context: Shape | undefined): Shape | undefined {
    const name = String(node.value);
    const field = context?.fields.get(name);
    if (context === undefined || field !== undefined || context.open) return field;
    const known = [...context.fields.keys()];
    const twin = lookalike(name, known);
    const guess = nearest(name, known);
    this.#report(
      node,
      name.length,
      'warning',
      twin !== undefined
        ? { ru: `«${name}» набрано ${unlike(name, twin).ru}`, en: `"${name}" ${unlike(name, twin).en}` }
        : {
            ru: `в этих событиях нет «${name}»${guess === undefined ? '' : `, возможно, «${guess}»`}`,
            en: `these events have no "${name}"${guess === undefined ? '' : `, did you mean "${guess}"?`}`,
          },
    );
    return undefined;
  }

  #variable(node: Node, context: Shape | undefined, variables: ReadonlySet<string>): Shape | undefined {
    const name = String(node.value);
    if (name === '') return context;
    if (name === '$') return this.#root;
    if (variables.has(name) || functionNames.includes(name)) return undefined;
    const { names, evaluates } = this.#bindings;
    this.#report(
      node,
      name.length + 1,
      names.has(name) || evaluates ? 'warning' : 'error',
      unknown('$', name, [...variables, ...functionNames]),
    );
    return undefined;
  }

  #call(node: Node, context: Shape | undefined, variables: Set<string>): undefined {
    const { procedure } = node;
    const [first] = isNode(procedure) && procedure.type === 'path' ? listOf(procedure['steps']) : [];
    if (isNode(first) && first.type === 'name') {
      const name = String(first.value);
      this.#report(
        first,
        name.length,
        this.#bindings.makesObjects ? 'warning' : 'error',
        unknown('', name, functionNames),
      );
    } else this.visit(procedure, context, variables);
    this.#all(node['arguments'], context, variables);
  }

  #unary(node: Node, context: Shape | undefined, variables: Set<string>): Shape | undefined {
    if (node.value === '{') this.#pairs(node['lhs'], context, variables);
    this.visit(node['expression'], context, variables);
    const shapes = this.#all(node['expressions'], context, variables);
    return shapes.length === 1 ? shapes[0] : undefined;
  }

  #all(nodes: unknown, context: Shape | undefined, variables: Set<string>): (Shape | undefined)[] {
    return listOf(nodes).map((each) => this.visit(each, context, variables));
  }

  #pairs(pairs: unknown, context: Shape | undefined, variables: Set<string>): void {
    for (const pair of listOf(pairs)) this.#all(pair, context, variables);
  }

  #report(node: Node, length: number, level: Fault['level'], text: Text): void {
    this.found.push({
      level,
      text: { ru: `формула: ${text.ru}`, en: `formula: ${text.en}` },
      offset: Math.max(0, (node.position ?? length) - length),
    });
  }
}

function unknown(sign: '$' | '', name: string, known: readonly string[]): Text {
  const guess = sign === '' && known.includes(name) ? name : nearest(name, known);
  return {
    ru: `нет ни функции, ни переменной «${sign}${name}»${guess === undefined ? '' : `, возможно, «$${guess}»`}`,
    en: `there is no function or variable ${sign}${name}${guess === undefined ? '' : `, did you mean $${guess}?`}`,
  };
}

function isNode(value: unknown): value is Node {
  return isPart(value) && typeof value['type'] === 'string';
}

function isPart(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
