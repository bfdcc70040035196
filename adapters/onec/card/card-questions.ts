import { RejectedError, type Text } from '../../../src/adapter.ts';
import { type Entity, textAt } from '../difference.ts';
import { nameOf } from '../person/person-questions.ts';
import type { PlannedStep } from '../planned.ts';
import { type Employment, tellingSets } from './employment.ts';

export interface Card {
  readonly entity: Entity;
  readonly employment: Employment;
}

/** Several living cards of one person: they are no duplicates, so it is asked which one is meant. */
export function whichCard(step: PlannedStep, cards: readonly Card[]): RejectedError {
  const list = (since: string, none: string): string =>
    cards
      .map(({ entity, employment }) => {
        const number = textAt(entity, 'Code').trim();
        const day = employment.since === '' ? none : `${since} ${employment.since}`;
        return `№ ${number === '' ? '—' : number}, ${day}, ${textAt(entity, 'Ref_Key')}`;
      })
      .join('; ');
  return new RejectedError({
    ru: `${step.set.name}: у человека ${cards.length} действующие карточки (${list('принят', 'приёма не видно')}). Какая из них для этого приёма? Ответьте: deliveries choose ID --step ${nameOf(step)} --object KEY, либо --new для новой карточки. Ничего не записано. Это не дубли, объединять их не нужно.`,
    en:
      `${step.set.name}: the person has ${cards.length} living cards (${list('hired', 'no hire seen')}). Which one is ` +
      `meant? Answer: deliveries choose ID --step ${nameOf(step)} --object KEY, or --new for a new card. Nothing was ` +
      'written. These are no duplicates, do not merge them.',
  });
}

/** Somebody works there: a second main order on one card would be wrong. */
export function alreadyEmployed(step: PlannedStep, { entity, employment }: Card): RejectedError {
  const object = `${step.set.name}(${textAt(entity, 'Ref_Key')})`;
  const number = textAt(entity, 'Code').trim();
  const ru = employment.since === '' ? '' : ` с ${employment.since}`;
  const en = employment.since === '' ? '' : ` since ${employment.since}`;
  return new RejectedError({
    ru: `${object}, № ${number}: человек уже работает${ru}, второго основного приёма на эту карточку не бывает; ничего не записано. Что можно: оформить в 1С кадровый перевод и отменить доставку; принять на вторую работу, employment: second в маппинге (совместительство, новая карточка); провести в 1С увольнение и повторить доставку; для новой карточки ответить deliveries choose ID --step ${nameOf(step)} --new.`,
    en:
      `${object}, no. ${number}: the person is employed already${en}, and one card takes no second main order; nothing ` +
      'was written. The ways: make a transfer (КадровыйПеревод) in 1C and cancel the delivery; a second job, ' +
      'employment: second in the mapping (part-time, a new card); post the dismissal in 1C and retry the delivery; for a ' +
      `new card answer deliveries choose ID --step ${nameOf(step)} --new.`,
  });
}

/** No published set tells whether somebody works there. */
export function unseen(step: PlannedStep, card: Entity): Text {
  const object = `${step.set.name}(${textAt(card, 'Ref_Key')})`;
  const sets = tellingSets.join(', ');
  return {
    ru: `${object}: не видно, работает ли человек на этой карточке: ни один из наборов ${sets} не опубликован; проверьте карточку до проведения приказа`,
    en:
      `${object}: whether the person works on this card cannot be seen: none of ${sets} is published; look ` +
      'before the order is posted',
  };
}
