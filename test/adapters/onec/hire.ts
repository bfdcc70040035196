import type { OneCRecord, StepRecord } from '../../../adapters/onec/record.ts';

export interface HireValues {
  readonly applicant: number;
  readonly vacancy: number;
  readonly lastName: string;
  readonly firstName: string;
  readonly birthday: string | null;
  readonly snils: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly position: string;
  readonly date: string;
  readonly birthplace: string | null;
  readonly comment: string | null;
}

export function valuesOf(applicant: number, changes: Partial<HireValues> = {}): HireValues {
  return {
    applicant,
    vacancy: 700 + applicant,
    lastName: 'Иванова',
    firstName: 'Анна',
    birthday: '1990-05-01',
    snils: null,
    phone: `+7 900 ${String(applicant).padStart(7, '0')}`,
    email: `a${applicant}@example.test`,
    position: 'Бухгалтер',
    date: '2026-12-01',
    birthplace: null,
    comment: null,
    ...changes,
  };
}

/** The record that mappings/examples/hire-to-1c.yaml makes: person, names, employee, unposted draft. */
export function hireOf(values: HireValues): OneCRecord {
  return { steps: [personOf(values), namesOf(values), employeeOf(values), draftOf(values)] };
}

export function personOf(values: HireValues): StepRecord {
  const { applicant, lastName, firstName, birthday, snils, phone, email, birthplace } = values;
  return {
    upsert: 'Catalog_ФизическиеЛица',
    as: 'person',
    of: { kind: 'applicant', id: applicant },
    match: [['СтраховойНомерПФР'], ['ФИО', 'ДатаРождения']],
    fields: {
      Description: `${lastName} ${firstName}`,
      ФИО: `${lastName} ${firstName}`,
      Фамилия: lastName,
      Имя: firstName,
      ДатаРождения: birthday,
      СтраховойНомерПФР: snils,
      МестоРождения: birthplace,
    },
    rows: {
      КонтактнаяИнформация: {
        by: ['Тип', 'Вид'],
        set: [
          {
            Тип: 'Телефон',
            Вид: { find: 'Catalog_ВидыКонтактнойИнформации', by: { Description: 'Телефон' } },
            Представление: phone,
            НомерТелефона: phone,
          },
          {
            Тип: 'АдресЭлектроннойПочты',
            Вид: { find: 'Catalog_ВидыКонтактнойИнформации', by: { Description: 'Email' } },
            Представление: email,
            АдресЭП: email,
          },
        ],
      },
    },
  };
}

export function namesOf({ date, lastName, firstName }: HireValues): StepRecord {
  return {
    upsert: 'InformationRegister_ФИОФизическихЛиц',
    keys: { Period: date, ФизическоеЛицо: { ref: 'person' } },
    fields: { Фамилия: lastName, Имя: firstName, Отчество: null },
  };
}

export function employeeOf({ applicant, lastName, firstName }: HireValues): StepRecord {
  return {
    upsert: 'Catalog_Сотрудники',
    as: 'employee',
    of: { kind: 'applicant', id: applicant },
    match: [['ФизическоеЛицо', 'ГоловнаяОрганизация']],
    fields: {
      Description: `${lastName} ${firstName}`,
      ФизическоеЛицо: { ref: 'person' },
      ГоловнаяОрганизация: { find: 'Catalog_Организации', by: { Description: 'ООО Ромашка' } },
    },
  };
}

export function draftOf({ applicant, vacancy, position, date, comment }: HireValues): StepRecord {
  return {
    draft: 'Document_ПриемНаРаботу',
    as: 'order',
    of: { kind: 'applicant', id: applicant, role: `vacancy ${vacancy}` },
    marker: 'Комментарий',
    fields: {
      Date: date,
      Организация: { find: 'Catalog_Организации', by: { Description: 'ООО Ромашка' } },
      Подразделение: {
        find: 'Catalog_ПодразделенияОрганизаций',
        by: { Description: 'Отдел продаж', Owner: { find: 'Catalog_Организации', by: { Description: 'ООО Ромашка' } } },
      },
      Сотрудник: { ref: 'employee' },
      ФизическоеЛицо: { ref: 'person' },
      Должность: { find: 'Catalog_Должности', by: { Description: position } },
      ДатаПриема: date,
      ВидЗанятости: 'ОсновноеМестоРаботы',
      КоличествоСтавок: 1,
      ДлительностьИспытательногоСрока: 3,
      Комментарий: comment,
    },
  };
}

export function withdrawalOf({ applicant, vacancy }: HireValues): OneCRecord {
  return {
    steps: [
      {
        withdraw: 'Document_ПриемНаРаботу',
        of: { kind: 'applicant', id: applicant, role: `vacancy ${vacancy}` },
        marker: 'Комментарий',
      },
    ],
  };
}
