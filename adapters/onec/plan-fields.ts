import type { Text } from '../../src/adapter.ts';
import { cleanText } from './clean-text.ts';
import { isEntity } from './difference.ts';
import type { FieldRecord, FieldValue, FindRecord } from './field-record.ts';
import { isClear, isFile, isFind, isRef } from './field-record.ts';
import { type FieldForm, formOf, likelyField } from './field-form.ts';
import type { Fields, FieldShape } from './field-shape.ts';
import type { Metadata } from './metadata.ts';
import { own } from './metadata.ts';
import { emptyKey, isKey } from './object-key.ts';
import type { PlannedField, PlannedFind, PlannedValue } from './planned.ts';
import type { Problem } from './problems.ts';
import { unknownSet } from './unknown-set.ts';
import { checkedValue, emptyValue, type Scalar } from './wire-value.ts';

type Path = readonly (string | number)[];

/** Where fields are planned: what is known, and where problems go. */
export interface FieldsPlace {
  readonly metadata: Metadata;
  /** Names of earlier steps and the sets they write. */
  readonly earlier: ReadonlyMap<string, string>;
  readonly problems: Problem[];
  readonly findings: Text[];
  /** Finds whose every condition has a value, as they are planned. */
  readonly finds: { readonly find: PlannedFind; readonly path: Path }[];
  /** True while formulas stand where values will be: then only names are checked. */
  readonly unevaluated: boolean;
}

/** Fields of the service itself: written by verbs, not by hand (facts/1c.md 1.7). */
const reserved: ReadonlySet<string> = new Set([
  'Ref_Key',
  'Ref',
  'DataVersion',
  'DeletionMark',
  'Posted',
  'LineNumber',
]);

/** What of `fields` goes to 1C: a field with null is not sent. */
export function planFields(
  place: FieldsPlace,
  owner: string,
  shapes: Fields,
  fields: FieldRecord,
  path: Path,
): PlannedField[] {
  return Object.entries(fields).flatMap(([name, value]) => {
    const field = planField(place, owner, shapes, fields, name, value ?? null, [...path, name]);
    return field === undefined ? [] : [field];
  });
}

function planField(
  place: FieldsPlace,
  owner: string,
  shapes: Fields,
  fields: FieldRecord,
  name: string,
  value: FieldValue,
  path: Path,
): PlannedField | undefined {
  const label = `${owner}.${name}`;
  if (reserved.has(name) && !(place.unevaluated && value === null)) {
    place.problems.push({
      path,
      text: {
        ru: `${label}: это поле 1С ведёт сама; пометку на удаление ставит withdraw, проведение делает post: true`,
        en: `${label}: 1C keeps this field itself; withdraw marks for deletion, post: true posts`,
      },
    });
    return undefined;
  }
  const form = formOf(shapes, name);
  if (form === undefined) {
    place.problems.push(unknownField(owner, shapes, name, path));
    return undefined;
  }
  // A reference of several types written by hand, as two fields.
  const plain: FieldForm =
    form.kind === 'composite' && own(fields, form.typeWire) !== undefined
      ? { kind: 'scalar', wire: form.wire, shape: { type: 'Edm.String' } }
      : form;
  const planned = planValue(place, label, plain, value, path);
  return planned === undefined ? undefined : { form: plain, value: planned };
}

function planValue(
  place: FieldsPlace,
  label: string,
  form: FieldForm,
  value: FieldValue,
  path: Path,
): PlannedValue | undefined {
  const problem = (ru: string, en: string): undefined => {
    place.problems.push({ path, text: { ru: `${label}: ${ru}`, en: `${label}: ${en}` } });
    return undefined;
  };
  if (value === null || (place.unevaluated && isFormula(value))) return undefined;
  if (isClear(value))
    return form.kind === 'composite' ? { kind: 'nothing' } : { kind: 'scalar', value: emptyValue(form.shape) };
  if (isFile(value)) {
    return problem(
      'файл (file) бывает только в fields шага, не в строках, ключах и условиях',
      'a file stands in fields of a step alone, not in rows, keys or conditions',
    );
  }
  if (isRef(value) || isFind(value)) {
    if (form.kind === 'scalar' && form.shape.type !== 'Edm.Guid')
      return problem('это не ссылка, ref и find здесь не годятся', 'this is no reference, ref and find do not fit');
    const set = isRef(value) ? place.earlier.get(value.ref) : value.find;
    if (set === undefined)
      return problem(
        'ref называет шаг, которого до этого нет (имя шагу даёт as)',
        'ref names a step that is not before this one (as gives a step its name)',
      );
    const target = form.kind === 'reference' ? form.shape.target : undefined;
    if (target !== undefined && target !== set)
      return problem(`здесь хранится ${target}, а не ${set}`, `this holds ${target}, not ${set}`);
    return isRef(value) ? { kind: 'ref', name: value.ref } : planFind(place, label, value, path);
  }
  if (form.kind === 'composite') {
    return problem(
      'поле составного типа: нужны ref, find или оба поля, само и _Type',
      'a field of several types: this needs ref, find or both fields, itself and _Type',
    );
  }
  const checked = checkedValue(form.shape, cleaned(place, label, form, value));
  if ('problem' in checked) return problem(checked.problem.ru, checked.problem.en);
  return form.kind === 'reference'
    ? existing(place, label, form.shape.target, checked.value)
    : { kind: 'scalar', value: checked.value };
}

/** A text fit for 1C; that something was taken out of its middle is said, what it was is not. */
function cleaned(
  place: FieldsPlace,
  label: string,
  { wire, shape }: FieldForm & { shape: FieldShape },
  value: Scalar,
): Scalar {
  if (typeof value !== 'string' || shape.type !== 'Edm.String') return value;
  const { text, removed } = cleanText(wire, value);
  if (removed) {
    place.findings.push({
      ru: `${label}: управляющие и невидимые символы убраны`,
      en: `${label}: control and invisible characters were taken out`,
    });
  }
  return text;
}

/**
 * 1C would take the key of an object that does not exist without a word (facts/1c.md 0.2), so a key written out is
 * looked for as well.
 */
function existing(place: FieldsPlace, label: string, target: string | undefined, key: Scalar): PlannedValue {
  const set = target === undefined ? undefined : place.metadata.set(target);
  const shape = set === undefined ? undefined : own(set.fields, 'Ref_Key');
  if (set === undefined || shape === undefined || key === emptyKey || !isKey(String(key)))
    return { kind: 'scalar', value: key };
  const by: PlannedField = { form: { kind: 'scalar', wire: 'Ref_Key', shape }, value: { kind: 'scalar', value: key } };
  return { kind: 'find', find: { set, by: [by], missing: 'reject', label } };
}

function planFind(place: FieldsPlace, label: string, find: FindRecord, path: Path): PlannedValue | undefined {
  const set = place.metadata.set(find.find);
  if (set === undefined) {
    place.problems.push(unknownSet(place.metadata, find.find, [...path, 'find']));
    return undefined;
  }
  const before = place.problems.length;
  const by = planFields(place, find.find, set.fields, find.by, [...path, 'by']);
  if (place.problems.length > before) return undefined;
  // A condition without a value would find something else than meant, so it finds nothing.
  const whole = Object.keys(find.by).length > 0 && by.length === Object.keys(find.by).length;
  const planned: PlannedFind = { set, by: whole ? by : [], missing: find.missing ?? 'reject', label };
  if (isAnswerable(planned)) place.finds.push({ find: planned, path });
  return { kind: 'find', find: planned };
}

/** It can be looked for without an event: no step and no formula is needed, also inside of it. */
function isAnswerable({ by }: PlannedFind): boolean {
  return (
    by.length > 0 &&
    by.every(({ value }) => value.kind !== 'ref' && (value.kind !== 'find' || isAnswerable(value.find)))
  );
}

export function unknownField(owner: string, shapes: Fields, name: string, path: Path): Problem {
  const guess = likelyField(shapes, name);
  return {
    path,
    unknown: `${owner}.${name}`,
    text: {
      ru: `у ${owner} нет поля «${name}»${guess === undefined ? '' : `, возможно, «${guess}»`}`,
      en: `${owner} has no field "${name}"${guess === undefined ? '' : `, did you mean "${guess}"?`}`,
    },
  };
}

function isFormula(value: FieldValue): boolean {
  return (typeof value === 'string' && value.startsWith('=')) || (isEntity(value) && 'from' in value);
}
