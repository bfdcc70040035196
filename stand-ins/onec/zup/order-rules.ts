import type { Base } from '../base.ts';
import { emptyDate, emptyKey } from '../shape.ts';

const current = 'InformationRegister_ТекущиеКадровыеДанныеСотрудников';
const history = 'InformationRegister_КадроваяИсторияСотрудников';

function staffScheduleIsOn(base: Base): boolean {
  return base.all('Constant_ИспользоватьШтатноеРасписание').some((row) => row['Value'] === true);
}

/**
 * ПередЗаписью of a hire order (facts/1c-zup.md 4): with the staff schedule on, Должность is that of the staff position
 * and empty without one; with it off, the staff position is emptied.
 */
export function beforeHireWrite(base: Base, row: Record<string, unknown>): void {
  if (!staffScheduleIsOn(base)) {
    row['ДолжностьПоШтатномуРасписанию_Key'] = emptyKey;
    return;
  }
  const place = base
    .all('Catalog_ШтатноеРасписание')
    .find((one) => one['Ref_Key'] === row['ДолжностьПоШтатномуРасписанию_Key']);
  row['Должность_Key'] = place?.['Должность_Key'] ?? emptyKey;
}

/** Posting a hire: the card works from now on. */
export function onHirePosted(base: Base, row: Readonly<Record<string, unknown>>): void {
  base.put(current, {
    ...cardOf(row),
    ТекущаяОрганизация_Key: row['Организация_Key'],
    ТекущееПодразделение_Key: row['Подразделение_Key'],
    ТекущаяДолжность_Key: row['Должность_Key'],
    ДатаПриема: row['ДатаПриема'],
    ДатаУвольнения: emptyDate,
    ОсновноеРабочееМестоВОрганизации: row['ВидЗанятости'] === 'ОсновноеМестоРаботы',
    КоличествоСтавок: row['КоличествоСтавок'],
  });
  keep(base, 'Document_ПриемНаРаботу', row, 'Прием', row['ДатаПриема']);
}

export function onDismissalPosted(base: Base, row: Readonly<Record<string, unknown>>): void {
  const works = base.all(current).find((one) => one['Сотрудник_Key'] === row['Сотрудник_Key']);
  if (works !== undefined) base.put(current, { ...works, ДатаУвольнения: row['ДатаУвольнения'] });
  keep(base, 'Document_Увольнение', row, 'Увольнение', row['ДатаУвольнения']);
}

/** An order that is no longer posted takes its records along. */
export function onUnposted(base: Base, set: string, row: Readonly<Record<string, unknown>>): void {
  base.discard(history, (one) => one['Recorder'] === row['Ref_Key']);
  if (set === 'Document_ПриемНаРаботу') base.discard(current, (one) => one['Сотрудник_Key'] === row['Сотрудник_Key']);
  else {
    const works = base.all(current).find((one) => one['Сотрудник_Key'] === row['Сотрудник_Key']);
    if (works !== undefined) base.put(current, { ...works, ДатаУвольнения: emptyDate });
  }
}

function keep(base: Base, set: string, row: Readonly<Record<string, unknown>>, event: string, day: unknown): void {
  base.put(history, {
    Recorder: row['Ref_Key'],
    Recorder_Type: `StandardODATA.${set}`,
    RecordSet: [
      {
        LineNumber: '1',
        ...cardOf(row),
        Period: day,
        Active: true,
        Организация_Key: row['Организация_Key'],
        Подразделение_Key: row['Подразделение_Key'] ?? emptyKey,
        Должность_Key: row['Должность_Key'] ?? emptyKey,
        ВидСобытия: event,
        ВидЗанятости: row['ВидЗанятости'] ?? '',
      },
    ],
  });
}

function cardOf(row: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return {
    ФизическоеЛицо_Key: row['ФизическоеЛицо_Key'],
    Сотрудник_Key: row['Сотрудник_Key'],
    ГоловнаяОрганизация_Key: row['Организация_Key'],
  };
}
