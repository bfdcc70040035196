import type { Base } from '../base.ts';
import type { Stored } from '../filter.ts';

const names = 'InformationRegister_ФИОФизическихЛиц';

/**
 * ПередЗаписью of a person (facts/1c-zup.md 2, facts/1c.md 3.1): the parts of the name come from the newest record of
 * the register, else out of ФИО, whatever was sent; СНИЛС gets its form; НаименованиеСлужебное is computed.
 */
export function beforePersonWrite(base: Base, row: Record<string, unknown>): void {
  if (row['IsFolder'] === true) return;
  Object.assign(row, newestName(base, row['Ref_Key']) ?? split(textOf(row['ФИО'])));
  row['СтраховойНомерПФР'] = written(textOf(row['СтраховойНомерПФР']));
  row['НаименованиеСлужебное'] = base.behaviour.serviceNames ? searchable(textOf(row['ФИО'])) : '';
}

export function beforeNameWrite(row: Record<string, unknown>): void {
  const { Фамилия, Имя, Отчество } = partsOf(row);
  const initial = (part: string): string => (part === '' ? '' : `${part.slice(0, 1)}.`);
  row['Инициалы'] = initial(Имя) + initial(Отчество);
  row['ФИОСлужебные'] = searchable([Фамилия, Имя, Отчество].filter((part) => part !== '').join(' '));
}

interface NameParts {
  readonly Фамилия: string;
  readonly Имя: string;
  readonly Отчество: string;
}

function newestName(base: Base, person: unknown): NameParts | undefined {
  const records = base.all(names).filter((row) => (row['ФизическоеЛицо'] ?? row['ФизическоеЛицо_Key']) === person);
  const newest = records.toSorted((a, b) => (textOf(a['Period']) < textOf(b['Period']) ? 1 : -1))[0];
  return newest === undefined ? undefined : partsOf(newest);
}

function partsOf(row: Stored): NameParts {
  return { Фамилия: textOf(row['Фамилия']), Имя: textOf(row['Имя']), Отчество: textOf(row['Отчество']) };
}

/** ЗаполнитьЧастиИмени: words in their order. */
function split(full: string): NameParts {
  const [last = '', first = '', ...rest] = full.split(/\s+/).filter((word) => word !== '');
  return { Фамилия: last, Имя: first, Отчество: rest.join(' ') };
}

/** ё as е is known; that it is upper case is assumed (facts/1c-zup.md 2). */
function searchable(name: string): string {
  return name.trim().toUpperCase().replaceAll('Ё', 'Е');
}

function written(snils: string): string {
  const digits = snils.replace(/\D/g, '');
  return digits.length === 11 ? digits.replace(/^(\d{3})(\d{3})(\d{3})(\d\d)$/, '$1-$2-$3 $4') : snils;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
