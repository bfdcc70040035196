import { quoteIt } from '../../files/yaml-remedies.ts';
import { isTypographic, typographic, typographicFormula } from '../../files/typographic.ts';
import type { Path } from '../../files/validation.ts';
import type { YamlPlace } from '../../files/yaml-document.ts';
import type { YamlMap, YamlNode, YamlScalar } from '../../files/yaml-tree.ts';
import type { Text } from '../../text.ts';
import type { FormulaFault } from '../formulas/formula.ts';
import type { MappingSource } from './mapping-source.ts';

/** What YAML read differently from what was typed. Bodies given to tests are taken as they are. */
export function findTraps(source: MappingSource): void {
  if (source.document.root !== undefined) look(source, source.document.root, [], false);
}

function look(source: MappingSource, node: YamlNode, path: Path, inFlow: boolean): void {
  if (isGiven(path)) return;
  switch (node.kind) {
    case 'scalar':
      lookAtScalar(source, node, path);
      return;
    case 'list':
      for (const [index, item] of node.items.entries())
        if (item !== undefined) look(source, item, [...path, index], inFlow || node.flow);
      return;
    case 'map': {
      if (path[0] === 'record') lookAtKeys(source, node, path, inFlow || node.flow);
      for (const { key, value } of node.pairs)
        if (value !== undefined) look(source, value, [...path, key], inFlow || node.flow);
    }
  }
}

function lookAtScalar(source: MappingSource, scalar: YamlScalar, path: Path): void {
  if (scalar.style !== 'plain') return;
  if (typeof scalar.value === 'number' && String(scalar.value) !== scalar.source)
    source.error(path, changedNumber(scalar.source, scalar.value));
  if (/^[“”„‟‘’«]\s*=/.test(scalar.source)) source.error(path, typographicFormula);
  else if (isTypographic(scalar.source)) source.warning(path, typographic);
  if (isFormula(scalar) && scalar.comment?.startsWith('$') === true) source.error(path, quoteIt);
}

/** `{ a: =f(x, y) }` reads as `{ a: "=f(x", "y)": null }`. */
function lookAtKeys(source: MappingSource, map: YamlMap, path: Path, inFlow: boolean): void {
  const cutOff = inFlow && map.pairs.some(({ value }) => value?.kind === 'scalar' && isPlainFormula(value));
  for (const { key, value } of map.pairs) {
    const isEmpty = value === undefined || (value.kind === 'scalar' && value.style === 'plain' && value.source === '');
    if (key.startsWith('=') || (cutOff && isEmpty)) source.error([...path, key], quoteIt, { atKey: true });
  }
}

/** A formula that YAML may have cut short gets the remedy beside what is wrong with the rest of it. */
export function withRemedy(fault: FormulaFault, typing: YamlPlace | undefined): FormulaFault {
  if (typing?.node?.kind !== 'scalar' || typing.node.style !== 'plain') return fault;
  if (!typing.inFlow && typing.node.comment === undefined) return fault;
  return { ...fault, text: { ru: `${fault.text.ru}; ${quoteIt.ru}`, en: `${fault.text.en}; ${quoteIt.en}` } };
}

function isFormula({ value }: YamlScalar): boolean {
  return typeof value === 'string' && value.startsWith('=');
}

function isPlainFormula(scalar: YamlScalar): boolean {
  return scalar.style === 'plain' && isFormula(scalar);
}

function isGiven(path: Path): boolean {
  return path.length === 3 && path[0] === 'tests' && path[2] === 'given';
}

function changedNumber(typed: string, read: number): Text {
  return {
    ru: `число ${typed} превратилось бы в ${read}: возьмите его в кавычки`,
    en: `the number ${typed} would turn into ${read}: quote it`,
  };
}
