import { type Entity, textAt } from '../difference.ts';
import type { Fields } from '../field-shape.ts';
import { own, type SetShape } from '../metadata.ts';
import { sameField } from './identity-field.ts';

/** The history of a person's names, which 1C takes the parts of a name from (facts/1c-zup.md 2). */
export function isNameRegister(set: SetShape): boolean {
  return set.name === 'InformationRegister_ФИОФизическихЛиц';
}

/** Wanted fields that differ from a record, as 1C compares. */
export function differingFields(fields: Fields, wanted: Entity, record: Entity): readonly string[] {
  return Object.keys(wanted).filter((name) => !sameField(fields, name, wanted, record));
}

/** The parts of a name that a person has, as a record of the register would hold them. */
export function partsOf(person: Entity, fields: Fields): Entity {
  const parts = ['Фамилия', 'Имя', 'Отчество'].filter((name) => own(fields, name) !== undefined);
  return Object.fromEntries(parts.map((name) => [name, textAt(person, name)]));
}
