import { RejectedError } from '../../src/adapter.ts';

const dateTokens = /dd|mm|yyyy|yy/g;
const numberForm = /^0([.,])(0{0,9}|#)$/;
const isoDay = /^(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?$/;
const plainNumber = /^([+-]?)(\d{1,30})(?:\.(\d{1,30}))?$/;

/**
 * `dd.mm.yyyy`, `yyyy/mm/dd`, …; `0,00` and `0.00` with as many places as there are zeros; `0,#` with all there are.
 */
export function isCellForm(form: string): boolean {
  if (numberForm.test(form)) return true;
  const found = form.match(dateTokens) ?? [];
  return found.length > 1 && new Set(found).size === found.length && /^[ ./-]*$/.test(form.replace(dateTokens, ''));
}

/** A value as a column wants it. @throws RejectedError for what is no date, no number; it names the column alone. */
export function formed(value: unknown, form: string, column: string): string {
  if (value === null || value === undefined || value === '') return '';
  const number = numberForm.exec(form);
  return number === null ? dateOf(value, form, column) : numberOf(value, number[1] ?? '', number[2] ?? '', column);
}

function dateOf(value: unknown, form: string, column: string): string {
  const [, yyyy = '', mm = '', dd = ''] = (typeof value === 'string' ? isoDay.exec(value) : null) ?? [];
  if (yyyy === '') {
    throw new RejectedError({
      ru: `Колонка «${column}»: для вида ${form} нужна дата ГГГГ-ММ-ДД; в маппинге поставьте as: date.`,
      en: `Column "${column}": the form ${form} needs a date YYYY-MM-DD; put as: date in the mapping.`,
    });
  }
  const parts: Readonly<Record<string, string>> = { yyyy, yy: yyyy.slice(2), mm, dd };
  return form.replace(dateTokens, (token) => parts[token] ?? token);
}

/** Digit by digit, for a float would lose money; halves go away from zero. */
function numberOf(value: unknown, point: string, places: string, column: string): string {
  const text = typeof value === 'number' || typeof value === 'string' ? String(value).trim().replace(',', '.') : '';
  const [whole, sign = '', digits = '', fraction = ''] = plainNumber.exec(text) ?? [];
  if (whole === undefined) {
    throw new RejectedError({
      ru: `Колонка «${column}»: нужно число; в маппинге поставьте as: decimal.`,
      en: `Column "${column}": a number is needed; put as: decimal in the mapping.`,
    });
  }
  const minus = sign === '-' ? '-' : '';
  if (places === '#') return fraction === '' ? `${minus}${digits}` : `${minus}${digits}${point}${fraction}`;
  const kept = places.length;
  const up = (fraction[kept] ?? '0') >= '5' ? 1n : 0n;
  const rounded = (BigInt(digits + fraction.slice(0, kept).padEnd(kept, '0')) + up).toString().padStart(kept + 1, '0');
  const end = rounded.length - kept;
  const shown = kept === 0 ? rounded : `${rounded.slice(0, end)}${point}${rounded.slice(end)}`;
  return /[1-9]/.test(shown) ? minus + shown : shown;
}
