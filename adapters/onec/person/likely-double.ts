import { type Entity, flagAt, textAt } from '../difference.ts';
import type { PlannedStep } from '../planned.ts';
import { type DayAgreement, dayAgreement } from './birthday.ts';
import { isFilled, isNumber, sameField } from './identity-field.ts';
import { isOneSlip } from './one-slip.ts';
import { agreement, nameIn, type PersonName } from './person-name.ts';

/** `ask`: nothing is written before a person has answered. `tell`: a new person, whom somebody has to see. */
type Likeness = 'ask' | 'tell' | 'no';

export interface LikelyDouble {
  readonly entity: Entity;
  readonly likeness: Exclude<Likeness, 'no'>;
  /** Fields that keep the two from being the same beyond doubt. */
  readonly open: readonly string[];
}

type NameAgreement = 'whole' | 'shorter' | 'reordered' | 'otherSurname' | 'slip' | 'no';

/**
 * How likely it is one human being whom `match` did not take. Two people of one surname, first name and birthday are
 * rarer than a patronymic that somebody left out: that is asked about. Namesakes of neighbouring birthdays are real
 * people, and where a birthday is missing nobody can know: nobody is held up for it, and it is told.
 */
const likenesses: Readonly<Record<NameAgreement, Readonly<Record<DayAgreement, Likeness>>>> = {
  whole: { same: 'ask', slip: 'tell', missing: 'tell', other: 'no' },
  shorter: { same: 'ask', slip: 'tell', missing: 'no', other: 'no' },
  reordered: { same: 'ask', slip: 'tell', missing: 'tell', other: 'no' },
  otherSurname: { same: 'tell', slip: 'no', missing: 'no', other: 'no' },
  slip: { same: 'tell', slip: 'no', missing: 'no', other: 'no' },
  no: { same: 'no', slip: 'no', missing: 'no', other: 'no' },
};

/** Undefined: somebody else, or one marked for deletion. */
export function likelyDouble(step: PlannedStep, wanted: Entity, entity: Entity): LikelyDouble | undefined {
  if (flagAt(entity, 'DeletionMark') || flagAt(entity, 'IsFolder')) return undefined;
  const [ours, theirs] = [nameIn(wanted), nameIn(entity)];
  const day = dayAgreement(dayOf(wanted), dayOf(entity));
  const name = nameAgreement(ours, theirs);
  const likeness = likenesses[name][day];
  const numbers = step.identity.filter(
    (one) =>
      isNumber(one) &&
      isFilled(one, wanted) &&
      isFilled(one, entity) &&
      !sameField(step.set.fields, one, wanted, entity),
  );
  // Another number is another person, unless all the rest is the same: then one of the two may be mistyped.
  if (likeness === 'no' || (numbers.length > 0 && day !== 'same')) return undefined;
  const open = [...openParts(name), ...(day === 'same' ? [] : ['ДатаРождения']), ...numbers];
  return { entity, likeness: numbers.length > 0 && name === 'slip' ? 'tell' : likeness, open };
}

function openParts(name: NameAgreement): readonly string[] {
  switch (name) {
    case 'whole':
    case 'no':
      return [];
    case 'shorter':
      return ['Отчество'];
    case 'otherSurname':
      return ['Фамилия'];
    case 'reordered':
    case 'slip':
      return ['ФИО'];
  }
}

/** The day, or nothing where it is a filler. */
function dayOf(entity: Entity): string {
  return isFilled('ДатаРождения', entity) ? textAt(entity, 'ДатаРождения').slice(0, 10) : '';
}

function nameAgreement(a: PersonName, b: PersonName): NameAgreement {
  if (a.whole === '' || b.whole === '') return 'no';
  const agreed = agreement(a, b);
  if (agreed === 'whole') return 'whole';
  if (wordsOf(a) === wordsOf(b)) return 'reordered';
  if (a.first !== '' && a.first === b.first) {
    if (a.last === b.last && (a.middle === '') !== (b.middle === '')) return 'shorter';
    if (a.middle !== '' && a.middle === b.middle && a.last !== b.last) return 'otherSurname';
  }
  return isOneSlip(a.whole, b.whole) ? 'slip' : 'no';
}

function wordsOf({ whole }: PersonName): string {
  return whole.split(' ').sort().join(' ');
}
