import type { Text } from '../../src/adapter.ts';
import { type Entity, isEmpty, textAt } from './difference.ts';
import { own } from './metadata.ts';
import { sameField } from './person/identity-field.ts';
import type { PlannedStep } from './planned.ts';
import { isUntouched, type Standing } from './standing.ts';

const nameParts = ['Фамилия', 'Имя', 'Отчество'];
const wholeNames: ReadonlySet<string> = new Set(['ФИО', 'Description']);

/** What a step may do to an object that is there: on its own all, on one that people made what the mapping allows. */
export class Adoption {
  readonly #step: PlannedStep;
  readonly #standing: Standing;
  readonly #stored: Entity;
  readonly #left = new Set<string>();

  constructor(step: PlannedStep, standing: Standing, stored: Entity) {
    this.#step = step;
    this.#standing = standing;
    this.#stored = stored;
  }

  /** Whether the field may be written although it is filled. */
  owns(name: string): boolean {
    return (
      this.#standing.own ||
      this.#step.onAdopt === 'overwrite' ||
      this.#step.owns.has(name) ||
      isUntouched(this.#standing, this.#key, name, own(this.#stored, name))
    );
  }

  /** Whether an empty field may be filled. */
  get fills(): boolean {
    return this.#standing.own || this.#step.onAdopt !== 'keep';
  }

  /** What of the wanted fields is to be written; what differs and stays is noted. */
  fields(wanted: Entity): Entity {
    return Object.fromEntries(Object.entries(wanted).filter(([name]) => this.#writes(name, wanted)));
  }

  leave(name: string): void {
    this.#left.add(name);
  }

  /** A finding with the names of what 1C holds otherwise and keeps. */
  get findings(): readonly Text[] {
    if (this.#left.size === 0) return [];
    const list = [...this.#left].join(', ');
    const object = `${this.#step.set.name}(${this.#key})`;
    return [
      {
        ru: `${object}: в 1С другое и оставлено как есть: ${list} (изменить можно через onAdopt и owns)`,
        en: `${object}: 1C holds something else, which was left: ${list} (onAdopt and owns may allow the change)`,
      },
    ];
  }

  get #key(): string {
    return textAt(this.#stored, 'Ref_Key');
  }

  #writes(name: string, wanted: Entity): boolean {
    const base = name.endsWith('_Type') && Object.hasOwn(wanted, name.slice(0, -5)) ? name.slice(0, -5) : name;
    const { fields } = this.#step.set;
    if (this.#standing.own) return true;
    if (sameField(fields, base, wanted, this.#stored)) return false;
    if (isBlank(own(this.#stored, base))) return this.fills;
    if (this.owns(base) || (wholeNames.has(base) && this.#ownsParts(wanted))) return true;
    if (!isBlank(own(wanted, base))) this.leave(base.replace(/_Key$/, ''));
    return false;
  }

  /**
   * A whole name follows its parts, where each part that differs may be changed. An empty part that is filled changes
   * no name: 1C empties it again by the whole name (facts/1c-zup.md 2), and that was no write of ours.
   */
  #ownsParts(wanted: Entity): boolean {
    const differing = nameParts.filter(
      (part) => Object.hasOwn(wanted, part) && !sameField(this.#step.set.fields, part, wanted, this.#stored),
    );
    return (
      differing.length > 0 &&
      differing.every((part) => this.#step.owns.has(part) || (!isBlank(own(this.#stored, part)) && this.owns(part)))
    );
  }
}

/** Empty as 1C means it: a Boolean never is. */
export function isBlank(value: unknown): boolean {
  if (value === false || value === 'false') return false;
  return isEmpty(value) || (typeof value === 'string' && !/[^\s-]/.test(value));
}
