import jsonata from 'jsonata';
import { isPlainObject } from '../../process/plain-object.ts';

/** Parts of a formula; each works its input through once. */
const mostParts = 200;

/** Take their arguments once and give no more than these have. */
const linear: ReadonlySet<string> = new Set(
  (
    'string substring substringBefore substringAfter lowercase uppercase length trim number abs floor ceil round count ' +
    'sum max min average boolean not exists type now millis contains split join replace transliterate fullName ' +
    'initials phone snils inn htmlToText nfc date age daysBetween addDays addMonths candidateLink'
  ).split(' '),
);

const comparisons: ReadonlySet<unknown> = new Set(['=', '!=', '<', '<=', '>', '>=', 'and', 'or', 'in']);
const operators: ReadonlySet<unknown> = new Set([...comparisons, '&', '+', '-', '*', '/', '%']);

/**
 * Whether a formula cannot run long, whatever it is given: each part of it goes once over what it takes, and nothing
 * grows from part to part. So it has no regular expression, function of its own, variable, sorting, wildcard or range,
 * and within a path only names and conditions. Anything else may be meant well, and needs a thread that can be ended.
 *
 * @throws what jsonata throws on a syntax error.
 */
export function isBounded(source: string): boolean {
  const parts = { left: mostParts };
  return isBoundedNode(jsonata(source).ast(), false, parts) && parts.left >= 0;
}

/** `within`: once for each item of a list. */
function isBoundedNode(node: unknown, within: boolean, parts: { left: number }): boolean {
  if (!isPlainObject(node) || (parts.left -= 1) < 0) return false;
  if ('group' in node || 'focus' in node || 'index' in node || 'ancestor' in node || 'predicate' in node) return false;
  const all = (nodes: unknown, inside = within): boolean =>
    nodes === undefined || (Array.isArray(nodes) && nodes.every((each) => isBoundedNode(each, inside, parts)));
  switch (node['type']) {
    case 'string':
    case 'number':
    case 'value':
      return true;
    case 'name':
      return all(node['stages'], true);
    case 'filter':
      return isBoundedNode(node['expr'], true, parts);
    case 'path':
      return areBoundedSteps(node['steps'], parts);
    case 'variable': // the event, as a whole
      return !within && (node['value'] === '' || node['value'] === '$');
    case 'binary':
      return (within ? comparisons : operators).has(node['value']) && all([node['lhs'], node['rhs']]);
    case 'condition':
      return !within && all([node['condition'], node['then'], ...('else' in node ? [node['else']] : [])]);
    case 'block':
      return Array.isArray(node['expressions']) && node['expressions'].length === 1 && all(node['expressions']);
    case 'unary':
      return isBoundedUnary(node, within, all);
    case 'function':
      return isBoundedCall(node) && all(node['arguments']);
    default:
      return false;
  }
}

function isBoundedUnary(
  node: Readonly<Record<string, unknown>>,
  within: boolean,
  all: (nodes: unknown) => boolean,
): boolean {
  switch (node['value']) {
    case '-':
      return all([node['expression']]);
    case '[':
      return !within && all(node['expressions']);
    case '{':
      return !within && Array.isArray(node['lhs']) && all(node['lhs'].flat());
    default:
      return false;
  }
}

/** Names, with the event or the item before them, and at the end a function of one text. */
function areBoundedSteps(steps: unknown, parts: { left: number }): boolean {
  if (!Array.isArray(steps)) return false;
  return steps.every((step: unknown, index) => {
    if (!isPlainObject(step)) return false;
    if (step['type'] === 'variable' && index === 0 && step['value'] === '') return (parts.left -= 1) >= 0;
    if (step['type'] === 'function' && index === steps.length - 1)
      return Array.isArray(step['arguments']) && step['arguments'].length === 0 && isBoundedNode(step, true, parts);
    return step['type'] === 'name' && isBoundedNode(step, true, parts);
  });
}

/** With a separator or a replacement of any length the result would be as long as their product. */
function isBoundedCall(call: Readonly<Record<string, unknown>>): boolean {
  const { procedure, arguments: given } = call;
  if (!isPlainObject(procedure) || procedure['type'] !== 'variable' || !Array.isArray(given)) return false;
  const name = procedure['value'];
  if (typeof name !== 'string' || !linear.has(name)) return false;
  const [, second, third] = given.map((each: unknown) => literalLength(each));
  switch (name) {
    case 'contains':
    case 'split':
      return second !== undefined;
    case 'join':
      return given.length === 1 || (second ?? Infinity) <= 10;
    case 'replace':
      return given.length === 3 && second !== undefined && third !== undefined && third <= second;
    default:
      return true;
  }
}

function literalLength(node: unknown): number | undefined {
  return isPlainObject(node) && node['type'] === 'string' && typeof node['value'] === 'string'
    ? node['value'].length
    : undefined;
}
