import type { Answer, Text } from '../../src/adapter.ts';
import { entityOf, isEntity, textAt } from './difference.ts';
import { newObject } from './identity.ts';
import { isKey } from './object-key.ts';
import { verbs } from './record.ts';
import { stranger } from './standing.ts';

/** What the answer to a question of a step is kept as: the object's key, or word that a new one is wanted. */
export function answerOf(
  record: unknown,
  step: string,
  object: string | undefined,
  reason: string | undefined,
): Answer | Text {
  const listed: unknown = isEntity(record) ? record['steps'] : undefined;
  const steps: unknown[] = Array.isArray(listed) ? listed : [];
  const found = steps.map(entityOf).find((one, index) => textAt(one, 'as') === step || String(index + 1) === step);
  const set = verbs.map((verb) => textAt(found ?? {}, verb)).find((name) => name !== '');
  const of = entityOf(found?.['of']);
  const { kind, id, role } = { kind: textAt(of, 'kind'), id: textAt(of, 'id'), role: textAt(of, 'role') };
  if (found === undefined || set === undefined || kind === '' || id === '')
    return {
      ru: `в записи доставки нет шага «${step}» с объектом (of); имена шагов: ${namesOf(steps)}`,
      en: `the record of the delivery has no step "${step}" with an object (of); its steps: ${namesOf(steps)}`,
    };
  if (object !== undefined && !isKey(object))
    return {
      ru: '--object: нужен Ref_Key объекта 1С, GUID вида 01234567-89ab-…; он стоит в тексте вопроса',
      en: '--object: this is the Ref_Key of an object of 1C, a GUID like 01234567-89ab-…; the question names it',
    };
  const entity = { kind, id, set, ...(role === '' ? {} : { role }) };
  const note = { ...stranger, chosen: true, ...(reason === undefined ? {} : { reason }) };
  return { entity, name: object?.toLowerCase() ?? newObject, note };
}

function namesOf(steps: readonly unknown[]): string {
  return steps.map((step, index) => textAt(entityOf(step), 'as') || String(index + 1)).join(', ');
}
