import { comparedText } from '../compared-text.ts';
import { type Entity, textAt } from '../difference.ts';

/** The parts of a name as 1C compares them; empty where there is none. */
export interface PersonName {
  readonly last: string;
  readonly first: string;
  readonly middle: string;
  readonly whole: string;
}

/** `whole`: every part is the same. `enough`: the first name, and the surname or the patronymic. */
export type Agreement = 'whole' | 'enough' | 'no';

/** The name of an object: its parts, else ФИО or Description split as 1C splits it (facts/1c-zup.md 2). */
export function nameIn(entity: Entity): PersonName {
  const part = (name: string): string => comparedText(textAt(entity, name));
  const whole = part('ФИО') || part('Description');
  const [last, first, middle] = [part('Фамилия'), part('Имя'), part('Отчество')];
  if (`${last}${first}${middle}` !== '')
    return { last, first, middle, whole: whole || [last, first, middle].filter((one) => one !== '').join(' ') };
  const [head = '', next = '', ...rest] = whole.split(' ');
  return { last: head, first: next, middle: rest.join(' '), whole };
}

export function agreement(a: PersonName, b: PersonName): Agreement {
  if (a.whole !== '' && a.whole === b.whole) return 'whole';
  const same = (part: 'last' | 'first' | 'middle'): boolean => a[part] !== '' && a[part] === b[part];
  if (same('first') && same('last') && a.middle === b.middle) return 'whole';
  return same('first') && (same('last') || same('middle')) ? 'enough' : 'no';
}

/** The parts that differ, as fields of 1C. */
export function partsApart(a: PersonName, b: PersonName): readonly string[] {
  const parts = (['last', 'first', 'middle'] as const).filter((part) => a[part] !== b[part]);
  return parts.map((part) => ({ last: 'Фамилия', first: 'Имя', middle: 'Отчество' })[part]);
}
