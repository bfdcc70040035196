import type { JsonObject } from '../../../../src/huntflow/json.ts';
import type { Trouble } from '../../../../stand-ins/onec/behaviour.ts';
import { sentences } from '../../../../stand-ins/onec/sentences.ts';
import { zupSeeded } from '../../../../stand-ins/onec/zup/seed.ts';
import { Chance } from '../../../support/chance.ts';
import type { Office } from '../office.ts';
import { typeIn } from '../type-in.ts';
import type { Known, Newcomer, Questionnaire } from './person.ts';

/** What HR has typed into 1C before, with orders posted and dismissals. @returns the keys of the people. */
export function typedIn(office: Office, { stood }: Newcomer): readonly string[] {
  return stood.map((known) => {
    const person = typeIn(office, 'Catalog_ФизическиеЛица', personOf(known));
    for (const card of known.cards ?? []) {
      const organisation = card === 'elsewhere' ? otherOrganisation(office) : zupSeeded.organisation;
      const employee = typeIn(office, 'Catalog_Сотрудники', {
        Description: known.ФИО,
        ФизическоеЛицо_Key: person,
        ГоловнаяОрганизация_Key: organisation,
        ВАрхиве: card === 'archived',
      });
      const who = { Сотрудник_Key: employee, ФизическоеЛицо_Key: person, Организация_Key: organisation };
      if (card !== 'free' && card !== 'archived')
        posted(office, 'Document_ПриемНаРаботу', {
          ...who,
          ДатаПриема: '2024-01-10T00:00:00',
          ВидЗанятости: card === 'partTime' ? 'Совместительство' : 'ОсновноеМестоРаботы',
        });
      const until = card === 'dismissed' ? '2025-03-31' : typeof card === 'object' ? card.until : undefined;
      if (until !== undefined) posted(office, 'Document_Увольнение', { ...who, ДатаУвольнения: `${until}T00:00:00` });
    }
    return person;
  });
}

function otherOrganisation(office: Office): string {
  return typeIn(office, 'Catalog_Организации', { Description: 'ООО Лютик' });
}

function personOf({
  ФИО,
  ДатаРождения,
  СтраховойНомерПФР,
  ИНН,
  МестоРождения,
  marked,
}: Known): Readonly<Record<string, unknown>> {
  return {
    Description: ФИО,
    ФИО,
    СтраховойНомерПФР: СтраховойНомерПФР ?? '',
    ИНН: ИНН ?? '',
    МестоРождения: МестоРождения ?? '',
    DeletionMark: marked ?? false,
    ...(ДатаРождения !== undefined && { ДатаРождения: `${ДатаРождения}T00:00:00` }),
  };
}

function posted(office: Office, set: string, values: Readonly<Record<string, unknown>>): void {
  const model = office.standIn.base.sets.get(set);
  if (model === undefined) throw new Error(`no ${set}`);
  office.standIn.base.post(model, { Ref_Key: typeIn(office, set, values) }, 'false');
}

/** The webhook that Huntflow sends when the candidate is moved to the hire stage. */
export function webhookOf(came: Questionnaire): JsonObject {
  return {
    event: {
      applicant: {
        id: 17,
        last_name: came.last,
        first_name: came.first ?? null,
        middle_name: came.middle ?? null,
        birthday: came.birthday ?? null,
        phone: came.phone ?? '+7 900 000-00-00',
        email: 'someone@example.com',
        values: { snils: came.snils ?? null, inn: came.inn ?? null },
      },
      applicant_log: {
        id: 9041,
        type: 'STATUS',
        created: '2026-11-20T12:30:00+03:00',
        employment_date: '2026-12-01',
        status: { id: 33, name: 'Выход на работу' },
        vacancy: { id: 9, position: 'Бухгалтер', account_division: { id: 7, name: 'Бухгалтерия' } },
      },
    },
    meta: { event_type: 'APPLICANT', webhook_action: 'ADD', version: '2.0', event_id: '301' },
  };
}

const troubles: readonly Trouble[] = [
  { kind: 'commitThenDrop' },
  { kind: 'commitThen500' },
  { kind: 'lock' },
  { kind: 'pool' },
  { kind: 'badGateway' },
  { kind: 'drop' },
  { kind: 'says', sentence: sentences.busy[2] },
  { kind: 'says', sentence: sentences.maintenance[2] },
];

/** Every eighth request or so goes wrong, the same ones at every run. */
export function troubled(office: Office, seed: number): void {
  const chance = new Chance(seed);
  office.standIn.trouble = ({ method, set }) => {
    const trouble = chance.below(8) === 0 ? troubles[chance.below(troubles.length)] : undefined;
    return set === '$metadata' || (trouble?.kind.startsWith('commit') && method === 'GET') ? undefined : trouble;
  };
}
