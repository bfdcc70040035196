import type { Text } from '../../src/adapter.ts';
import { type Entity, isEmpty, textAt } from './difference.ts';
import { own } from './metadata.ts';
import type { PlannedStep } from './planned.ts';

/** What 1C emptied of a draft: HR would post it without, so somebody has to see it. */
export function emptied(step: PlannedStep, sent: Entity, stored: Entity): readonly Text[] {
  if (step.verb !== 'draft') return [];
  const lost = Object.entries(sent).filter(
    ([name, value]) => name !== 'Ref_Key' && !Array.isArray(value) && !isEmpty(value) && isEmpty(own(stored, name)),
  );
  if (lost.length === 0) return [];
  const names = lost.map(([name]) => name.replace(/_Key$/, ''));
  const object = `${step.set.name}(${textAt(stored, 'Ref_Key').toLowerCase()})`;
  const staff = names.includes('Должность') && own(step.set.fields, 'ДолжностьПоШтатномуРасписанию_Key') !== undefined;
  return [
    {
      ru: `${object}: 1С очистила ${names.join(', ')}; заполните в 1С до проведения${staff ? '. Похоже, включено штатное расписание: приказу нужна ДолжностьПоШтатномуРасписанию' : ''}`,
      en: `${object}: 1C emptied ${names.join(', ')}; fill this in 1C before the order is posted${staff ? '. The staff schedule seems to be on: the order needs ДолжностьПоШтатномуРасписанию' : ''}`,
    },
  ];
}
