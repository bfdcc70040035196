import { badField } from './api-error.ts';

/** The id in an address. */
export function pathId(text: string | undefined, field = 'id'): number {
  if (text === undefined || !/^[1-9]\d{0,14}$/.test(text))
    throw badField(field, { ru: 'нужен номер: целое число больше нуля', en: 'a whole number above zero is needed' });
  return Number(text);
}
