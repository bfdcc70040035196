import { RejectedError, type Text } from '../../../src/adapter.ts';
import { textAt } from '../difference.ts';
import type { PlannedStep } from '../planned.ts';
import type { LikelyDouble } from './likely-double.ts';
import { nameOf } from './person-questions.ts';

/** Objects that a sentence names; more of them help nobody. */
const most = 5;

/** Likely the same human being, and not sure: nothing is written before somebody has said so. */
export function asked(step: PlannedStep, doubles: readonly LikelyDouble[]): RejectedError {
  const list = keysOf(doubles);
  const open = fieldsOf(doubles);
  const [first] = doubles;
  const key = first === undefined ? 'KEY' : textAt(first.entity, 'Ref_Key');
  return new RejectedError({
    ru: `${step.set.name}: похоже, этот человек уже есть: ${list}. Сходится всё, кроме: ${open} (пусто с одной стороны или отличается). Ничего не записано. Если это он, ответьте: deliveries choose ID --step ${nameOf(step)} --object ${key}; если другой человек: --new. Либо исправьте анкету в Huntflow или карточку в 1С и повторите доставку.`,
    en:
      `${step.set.name}: this person seems to be there already: ${list}. Everything agrees but: ${open} (empty on one ` +
      `side, or different). Nothing was written. If it is the same person, answer: deliveries choose ID --step ` +
      `${nameOf(step)} --object ${key}; if it is another one: --new. Or mend the questionnaire in Huntflow or the ` +
      'object in 1C, then retry the delivery.',
  });
}

/** A new person beside one who may be the same: nobody is held up for it, and somebody has to see it. */
export function told(step: PlannedStep, doubles: readonly LikelyDouble[]): Text {
  const list = keysOf(doubles);
  const open = fieldsOf(doubles);
  return {
    ru: `${step.set.name}: заведён новый человек, но есть похожий: ${list} (не сходится или не с чем сравнить: ${open}). Сверьте их до проведения приказа; если это один человек, объедините карточки в 1С (поиск и удаление дублей)`,
    en:
      `${step.set.name}: a new person was made, but one is there who looks alike: ${list} (different, or nothing to ` +
      `compare: ${open}). Compare them before the order is posted; if it is one person, merge the two in 1C`,
  };
}

function keysOf(doubles: readonly LikelyDouble[]): string {
  const keys = doubles.map(({ entity }) => textAt(entity, 'Ref_Key'));
  const further = keys.length > most ? `, +${keys.length - most}` : '';
  return `${keys.slice(0, most).join(', ')}${further}`;
}

function fieldsOf(doubles: readonly LikelyDouble[]): string {
  return [...new Set(doubles.flatMap(({ open }) => open))].join(', ');
}
