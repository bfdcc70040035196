import type { Json } from '../../huntflow/json.ts';
import type { Path } from '../../files/validation.ts';
import type { FieldExplanation } from './explanation.ts';
import type { FieldReader } from './field.ts';
import { MappingFailure } from './mapping-failure.ts';
import type { Program } from './program.ts';
import type { ConversionTemplate, ScalarTemplate, Template } from './template.ts';

/** Computes every field on its own, so that one failure does not hide the others. */
export async function explainFields(
  fields: FieldReader,
  { when, key, once, record }: Program,
): Promise<FieldExplanation[]> {
  const explained: FieldExplanation[] = [];
  for (const [name, template] of Object.entries({ when, key, once })) {
    if (template !== undefined) explained.push(await explainField(fields, template, [name], [name]));
  }
  for (const [path, template] of leavesOf(record, []))
    explained.push(await explainField(fields, template, path, ['record', ...path]));
  return explained;
}

type Leaf = ScalarTemplate | ConversionTemplate;

function* leavesOf(template: Template, path: Path): Generator<readonly [path: Path, leaf: Leaf]> {
  switch (template.kind) {
    case 'map':
      for (const [key, item] of template.entries) yield* leavesOf(item, [...path, key]);
      return;
    case 'list':
      for (const [index, item] of template.items.entries()) yield* leavesOf(item, [...path, index]);
      return;
    default:
      yield [path, template];
  }
}

async function explainField(fields: FieldReader, template: Leaf, path: Path, shown: Path): Promise<FieldExplanation> {
  const conversion = template.kind === 'conversion' ? template : undefined;
  const first = conversion?.from ?? template;
  const base = {
    path: shown,
    origin: template.kind,
    formula: first.kind === 'formula' ? `=${first.source}` : undefined,
    steps: conversion === undefined ? [] : stepsOf(conversion),
  };
  let from: Json | undefined;
  try {
    if (conversion !== undefined) from = await fields.scalar(conversion.from, path);
    const value =
      template.kind === 'conversion' ? await fields.conversion(template, path) : await fields.scalar(template, path);
    return { ...base, from, value, failure: undefined };
  } catch (error) {
    if (!(error instanceof MappingFailure)) throw error;
    return { ...base, from, value: undefined, failure: error.text };
  }
}

/** In the order in which they happen. */
function stepsOf({
  lookup,
  as: name,
  format,
  max,
  required,
  default: standIn,
  otherwise,
}: ConversionTemplate): string[] {
  return [
    ...(lookup === undefined ? [] : [`lookup ${lookup}`]),
    ...(standIn === undefined ? [] : ['default']),
    ...(required ? ['required'] : []),
    ...(name === undefined ? [] : [format === undefined ? `as ${name}` : `as ${name} ${format}`]),
    ...(max === undefined ? [] : [`max ${max}`]),
    ...(otherwise === 'empty' ? ['else empty'] : []),
  ];
}
