import type { EntityOf } from './field-record.ts';
import { formOf } from './field-form.ts';
import { isFilled, isNumber, personSet, usualIdentity } from './person/identity-field.ts';
import { type Metadata, own, type SetShape } from './metadata.ts';
import { type FieldsPlace, planFields, unknownField } from './plan-fields.ts';
import { planFiles } from './plan-files.ts';
import { planSections } from './plan-sections.ts';
import type { PlannedField, PlannedStep } from './planned.ts';
import type { Problem } from './problems.ts';
import type { Text } from '../../src/adapter.ts';
import { type OneCRecord, type StepRecord, type Verb, verbs } from './record.ts';
import type { Scalar } from './wire-value.ts';
import { unknownSet } from './unknown-set.ts';

export interface Plan {
  readonly steps: readonly PlannedStep[];
  readonly problems: readonly Problem[];
  /** What was taken out of texts before they are sent. */
  readonly findings: readonly Text[];
  /** Finds that need no formula, or whose values are known. */
  readonly finds: FieldsPlace['finds'];
}

/**
 * Checks every name and value of a record against `$metadata` before anything is sent: 1C would ignore, cut or break
 * what it does not know (facts/1c.md 0.2). With `unevaluated` the record is a mapping's, with formulas where values
 * will be.
 */
export function planRecord(record: OneCRecord, metadata: Metadata, unevaluated = false): Plan {
  const earlier = new Map<string, string>();
  const problems: Problem[] = [];
  const findings: Text[] = [];
  const finds: FieldsPlace['finds'] = [];
  const steps = record.steps.flatMap((step, index) => {
    const planned =
      step === null ? undefined : planStep({ metadata, earlier, problems, findings, finds, unevaluated }, step, index);
    if (step?.as !== undefined && step.as !== null) earlier.set(step.as, named(step).name);
    return planned === undefined ? [] : [planned];
  });
  return { steps, problems, findings, finds };
}

export function isRegister(set: SetShape): boolean {
  return !set.keys.includes('Ref_Key');
}

function named(step: StepRecord): { readonly verb: Verb; readonly name: string } {
  for (const verb of verbs) {
    const name = step[verb];
    if (name !== undefined && name !== null && name !== '') return { verb, name };
  }
  return { verb: 'upsert', name: '' };
}

function planStep(place: FieldsPlace, step: StepRecord, index: number): PlannedStep | undefined {
  const { verb, name } = named(step);
  const path = ['steps', index];
  const set = place.metadata.set(name);
  if (set === undefined) {
    place.problems.push(unknownSet(place.metadata, name, [...path, verb]));
    return undefined;
  }
  const { files, plain } = planFiles(place, set, step.fields ?? {}, [...path, 'fields']);
  const fields = planFields(place, name, set.fields, plain, [...path, 'fields']);
  const sections = planSections(place, set, step.rows ?? {}, [...path, 'rows']);
  const keys = planFields(place, name, set.fields, step.keys ?? {}, [...path, 'keys']);
  const groups = step.match ?? [];
  const match = groups.flatMap((group, at) => matchGroup(place, set, step, fields, group, [...path, 'match', at]));
  checkVerb(place, set, verb, path);
  const of = isRegister(set) ? checkKeys(place, set, keys, path) : checkedOf(place, set, step.of, path);
  return {
    index,
    verb,
    set,
    as: step.as ?? undefined,
    of,
    also: (step.also ?? []).filter(({ id }) => id !== undefined && id !== null && id !== ''),
    after: step.after ?? undefined,
    match,
    seeks: set.name === personSet && verb !== 'withdraw' && groups.length > 0,
    marker: markerField(place, set, step.marker, path),
    person: set.name === personSet,
    identity:
      step.identity === undefined || step.identity === null
        ? usualIdentity(set)
        : publishedNames(place, set, step.identity, [...path, 'identity']),
    onAdopt: step.onAdopt ?? 'fill',
    owns: new Set(publishedNames(place, set, step.owns ?? [], [...path, 'owns'])),
    employment: step.employment ?? 'main',
    fields,
    files,
    named: new Set(Object.keys(step.fields ?? {}).map((name) => formOf(set.fields, name)?.wire ?? name)),
    sections,
    keys,
    post: step.post === true,
  };
}

function checkVerb({ problems }: FieldsPlace, set: SetShape, verb: Verb, path: Problem['path']): void {
  const says = (ru: string, en: string): void => {
    problems.push({ path: [...path, verb], text: { ru: `${set.name}: ${ru}`, en: `${set.name}: ${en}` } });
  };
  if (verb === 'draft' && own(set.fields, 'Posted') === undefined)
    says('draft бывает только у документов', 'draft is for documents');
  if (verb === 'withdraw' && own(set.fields, 'DeletionMark') === undefined)
    says('у набора нет пометки на удаление', 'the set has no mark for deletion');
  if (set.keys.some((key) => key === 'Recorder' || key === 'Recorder_Key')) {
    says(
      'этот регистр ведёт проведение документов, сами в него не пишем',
      'posting of documents fills this register, it is not written directly',
    );
  }
}

/** All parts of the key of a register, or 1C answers code 7 (facts/1c.md 1.5). */
function checkKeys(
  { problems, unevaluated }: FieldsPlace,
  set: SetShape,
  keys: readonly PlannedField[],
  path: Problem['path'],
): undefined {
  const given = new Set(
    keys.flatMap(({ form }) => (form.kind === 'composite' ? [form.wire, form.typeWire] : [form.wire])),
  );
  const missing = set.keys.filter((key) => !given.has(key) && !key.endsWith('_Type'));
  if (unevaluated || missing.length === 0) return undefined;
  const list = missing.map((key) => key.replace(/_Key$/, '')).join(', ');
  problems.push({
    path: [...path, 'keys'],
    text: {
      ru: `${set.name}: в keys не хватает ${list}`,
      en: `${set.name}: keys lacks ${list}`,
    },
  });
  return undefined;
}

function checkedOf(
  { problems, unevaluated }: FieldsPlace,
  set: SetShape,
  of: EntityOf | null | undefined,
  path: Problem['path'],
): EntityOf | undefined {
  if (of !== undefined && of !== null && (unevaluated || (of.id !== undefined && of.id !== null && of.id !== '')))
    return of;
  problems.push({
    path: [...path, 'of'],
    text: {
      ru: `${set.name}: of не говорит, что это за объект: нужны kind и непустой id, иначе его не отличить от других`,
      en: `${set.name}: of does not say what the object stands for: kind and an id are needed to tell it from others`,
    },
  });
  return undefined;
}

function matchGroup(
  place: FieldsPlace,
  set: SetShape,
  step: StepRecord,
  fields: readonly PlannedField[],
  group: readonly string[],
  path: Problem['path'],
): (readonly PlannedField[])[] {
  const named = new Set(Object.keys(step.fields ?? {}).map((name) => formOf(set.fields, name)?.wire));
  const found: PlannedField[] = [];
  for (const [at, name] of group.entries()) {
    const form = formOf(set.fields, name);
    const field = fields.find((one) => one.form.wire === form?.wire);
    if (form === undefined) place.problems.push(unknownField(set.name, set.fields, name, [...path, at]));
    else if (!named.has(form.wire)) {
      place.problems.push({
        path: [...path, at],
        text: {
          ru: `${set.name}: match ищет по полю ${name}, которого нет в fields`,
          en: `${set.name}: match searches by ${name}, which is not in fields`,
        },
      });
    } else if (
      field !== undefined &&
      field.value.kind !== 'nothing' &&
      !(field.value.kind === 'scalar' && isEmptyScalar(form.wire, field.value.value))
    )
      found.push(field);
  }
  return found.length === group.length ? [found] : [];
}

/** Wire names of fields and sections; what is not published is a problem. */
function publishedNames(
  place: FieldsPlace,
  set: SetShape,
  names: readonly string[],
  path: Problem['path'],
): readonly string[] {
  return names.flatMap((name, at) => {
    const wire = formOf(set.fields, name)?.wire ?? (own(set.sections, name) === undefined ? undefined : name);
    if (wire === undefined) place.problems.push(unknownField(set.name, set.fields, name, [...path, at]));
    return wire === undefined ? [] : [wire];
  });
}

/** Nothing to search by: an empty text, or zeros in the place of a number. */
function isEmptyScalar(wire: string, value: Scalar): boolean {
  return value === '' || (isNumber(wire) && !isFilled(wire, { [wire]: value }));
}

function markerField(
  place: FieldsPlace,
  set: SetShape,
  marker: string | null | undefined,
  path: Problem['path'],
): string | undefined {
  if (marker === undefined || marker === null || marker === '') return undefined;
  const shape = own(set.fields, marker);
  if (shape === undefined) place.problems.push(unknownField(set.name, set.fields, marker, [...path, 'marker']));
  else if (shape.type !== 'Edm.String') {
    place.problems.push({
      path: [...path, 'marker'],
      text: {
        ru: `${set.name}.${marker}: метке нужно текстовое поле`,
        en: `${set.name}.${marker}: a marker needs a text field`,
      },
    });
  }
  return marker;
}
