import { RejectedError, type Text } from '../../src/adapter.ts';
import type { Entity } from './difference.ts';
import type { FieldForm } from './field-form.ts';
import { type Finds, missing } from './finds.ts';
import type { Line } from './infobase.ts';
import { castKey, guid, literal } from './literal.ts';
import type { ObjectName, PlannedField, PlannedFind, PlannedStep } from './planned.ts';
import type { Scalar } from './wire-value.ts';

/** A field's value once its references are known. */
export type Resolved =
  | { readonly kind: 'scalar'; readonly value: Scalar }
  | { readonly kind: 'object'; readonly object: ObjectName }
  | { readonly kind: 'nothing' }
  /** Not found, and that is allowed: the field is left alone. */
  | { readonly kind: 'missing' };

/** The object an earlier step ended with. `fresh`: new in 1C by this very attempt, so nothing can refer to it yet. */
export interface StepObject extends ObjectName {
  readonly fresh: boolean;
  readonly own: boolean;
  /** The step it is the object of: what it may change holds for the registers that belong to the object, too. */
  readonly step: PlannedStep;
  /** As 1C held it when it was looked for. */
  readonly entity?: Entity | undefined;
}

/** Turns planned fields of one delivery into what goes over the wire. */
export class Resolution {
  readonly #finds: Finds;
  readonly #line: Line;
  readonly #objects = new Map<string, StepObject>();
  readonly #found = new Map<PlannedFind, Resolved>();
  /** What a person should know about finds that came to nothing. */
  readonly warnings: Text[] = [];
  /** What somebody has to see although the hire goes on. */
  readonly attention: Text[] = [];

  constructor(finds: Finds, line: Line) {
    this.#finds = finds;
    this.#line = line;
  }

  name(object: StepObject): void {
    if (object.step.as !== undefined) this.#objects.set(object.step.as, object);
  }

  /** Asks 1C for everything that needs no earlier step, so that nothing is half written when it is not there. */
  async findAll(steps: readonly PlannedStep[]): Promise<void> {
    for (const { fields, keys, sections } of steps) {
      for (const field of [fields, keys, ...sections.flatMap(({ rows }) => rows)].flat())
        if (isFree(field)) await this.resolve(field);
    }
  }

  /** @throws RejectedError when an object that has to be there is not, or there are several. */
  async resolve({ value }: PlannedField): Promise<Resolved> {
    switch (value.kind) {
      case 'scalar':
      case 'nothing':
        return value;
      case 'ref': {
        const object = this.#objects.get(value.name);
        return object === undefined ? { kind: 'missing' } : { kind: 'object', object };
      }
      case 'find': {
        const found = this.#found.get(value.find) ?? (await this.#find(value.find));
        this.#found.set(value.find, found);
        return found;
      }
    }
  }

  async #find(find: PlannedFind): Promise<Resolved> {
    const conditions = await this.conditions(find.by);
    const condition = conditions.length === find.by.length ? conditions.join(' and ') : '';
    const key = condition === '' ? undefined : await this.#finds.find(find, condition, this.#line);
    if (key !== undefined) return { kind: 'object', object: { set: find.set.name, key } };
    if (find.missing === 'reject') throw missing(find);
    this.warnings.push({
      ru: `${find.label} не заполнено: в ${find.set.name} не найдено`,
      en: `${find.label} is left alone: nothing found in ${find.set.name}`,
    });
    return { kind: 'missing' };
  }

  async entity(fields: readonly PlannedField[]): Promise<Entity> {
    const entity: Record<string, unknown> = {};
    for (const field of fields) {
      const resolved = await this.resolve(field);
      if (resolved.kind === 'missing' && field.value.kind === 'ref') throw unnamed(field.value.name);
      Object.assign(entity, partOf(field.form, resolved));
    }
    return entity;
  }

  /** One `field eq value` for each field that has a value. */
  async conditions(fields: readonly PlannedField[]): Promise<readonly string[]> {
    const conditions: string[] = [];
    for (const field of fields) {
      const condition = conditionOf(field.form, await this.resolve(field));
      if (condition !== undefined) conditions.push(condition);
    }
    return conditions;
  }

  /** The object that one of these fields refers to. */
  referred(fields: readonly PlannedField[]): StepObject | undefined {
    for (const { value } of fields) {
      const object = value.kind === 'ref' ? this.#objects.get(value.name) : undefined;
      if (object !== undefined) return object;
    }
    return undefined;
  }

  /** Whether every reference to an earlier step has its object. */
  isKnown(fields: readonly PlannedField[]): boolean {
    return fields.every(({ value }) => value.kind !== 'ref' || this.#objects.has(value.name));
  }

  /** An object that is new in this attempt and that one of these fields refers to. */
  freshObject(fields: readonly PlannedField[]): StepObject | undefined {
    for (const { value } of fields) {
      const object = value.kind === 'ref' ? this.#objects.get(value.name) : undefined;
      if (object?.fresh === true) return object;
    }
    return undefined;
  }
}

function isFree({ value }: PlannedField): boolean {
  return (
    value.kind === 'find' &&
    value.find.by.every((by) => by.value.kind === 'scalar' || by.value.kind === 'nothing' || isFree(by))
  );
}

function partOf(form: FieldForm, resolved: Resolved): Entity {
  switch (resolved.kind) {
    case 'scalar':
      return { [form.wire]: resolved.value };
    case 'missing':
      return {};
    case 'nothing':
      return form.kind === 'composite' ? { [form.wire]: '', [form.typeWire]: 'StandardODATA.Undefined' } : {};
    case 'object': {
      const { set, key } = resolved.object;
      return form.kind === 'composite'
        ? { [form.wire]: key, [form.typeWire]: `StandardODATA.${set}` }
        : { [form.wire]: key };
    }
  }
}

function conditionOf(form: FieldForm, resolved: Resolved): string | undefined {
  switch (resolved.kind) {
    case 'scalar':
      return `${form.wire} eq ${literal(form.kind === 'composite' ? 'Edm.String' : form.shape.type, resolved.value)}`;
    case 'object':
      return `${form.wire} eq ${form.kind === 'composite' ? castKey(resolved.object.key, resolved.object.set) : guid(resolved.object.key)}`;
    case 'nothing':
    case 'missing':
      return undefined;
  }
}

function unnamed(name: string): RejectedError {
  return new RejectedError({
    ru: `Шаг «${name}», на который ссылается ref, ничего не оставил в 1С; поправьте маппинг.`,
    en: `Step "${name}", which ref names, left nothing in 1C; mend the mapping.`,
  });
}
