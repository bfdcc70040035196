import { RejectedError } from '../../../src/adapter.ts';
import { textAt } from '../difference.ts';
import type { PlannedStep } from '../planned.ts';
import type { Verified } from './verify-person.ts';

/** Found, and by its fields somebody else. */
export function contradicted(step: PlannedStep, { entity, against }: Verified, by: string): RejectedError {
  const object = `${step.set.name}(${textAt(entity, 'Ref_Key')})`;
  const list = against.join(', ');
  return new RejectedError({
    ru: `${object} найден по ${by}, но в нём другое: ${list}. Похоже, это другой человек или опечатка, поэтому ничего не взято и не изменено. Исправьте анкету в Huntflow или карточку в 1С и повторите доставку; если это всё же он, ответьте: deliveries choose ID --step ${nameOf(step)} --object ${textAt(entity, 'Ref_Key')}; если новый человек: --new.`,
    en:
      `${object} was found by ${by}, but differs in: ${list}. It looks like somebody else or a slip of the pen, so ` +
      'nothing was taken or changed. Mend the questionnaire in Huntflow or the object in 1C, then retry the delivery; ' +
      `if it is this person all the same, answer: deliveries choose ID --step ${nameOf(step)} --object ` +
      `${textAt(entity, 'Ref_Key')}; if it is a new one: --new.`,
  });
}

/** One field leads to one person, another to another. */
export function torn(step: PlannedStep, hits: readonly { readonly key: string; readonly by: string }[]): RejectedError {
  const ru = hits.map(({ key, by }) => `по ${by} — ${key}`).join(', ');
  const en = hits.map(({ key, by }) => `by ${by} ${key}`).join(', ');
  return new RejectedError({
    ru: `${step.set.name}: поля записи ведут к разным людям (${ru}); ничего не взято и не изменено. Исправьте анкету в Huntflow или карточки в 1С и повторите доставку, либо ответьте: deliveries choose ID --step ${nameOf(step)} --object KEY.`,
    en:
      `${step.set.name}: the fields of the record lead to different people (${en}); nothing was taken or changed. Mend ` +
      'the questionnaire in Huntflow or the objects in 1C, then retry the delivery, or answer: deliveries choose ID ' +
      `--step ${nameOf(step)} --object KEY.`,
  });
}

/** The step as `deliveries choose --step` takes it. */
export function nameOf(step: PlannedStep): string {
  return step.as ?? String(step.index + 1);
}
