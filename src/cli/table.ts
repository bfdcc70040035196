import type { Language } from '../text.ts';
import { spokenWord } from './spoken-word.ts';

/** What stands above the columns of lists; the keys are the English words. */
const headings = {
  ABOUT: 'С ЧЕМ',
  ACTION: 'ДЕЙСТВИЕ',
  ADAPTER: 'АДАПТЕР',
  ALIAS: 'ПСЕВДОНИМ',
  APPLICANT: 'КАНДИДАТ',
  ATTEMPTS: 'ПОПЫТОК',
  ATTENTION: 'ПОСМОТРЕТЬ',
  BEHIND: 'ЗА НЕЙ',
  BY: 'КТО',
  CAUSE: 'ПРИЧИНА',
  CREATED: 'СОЗДАНА',
  DEAD: 'ЖДУТ ЧЕЛОВЕКА',
  DEFAULT: 'ПО УМОЛЧАНИЮ',
  DELIVERED: 'ДОСТАВЛЕНО',
  DELIVERIES: 'ДОСТАВОК',
  DONE: 'СДЕЛАНО',
  DELIVERY: 'ДОСТАВКА',
  DUE: 'СРОК',
  EVENT: 'СОБЫТИЕ',
  'EVENT HAS': 'В СОБЫТИИ',
  EVENTS: 'СОБЫТИЙ',
  FIELD: 'ПОЛЕ',
  FAILED: 'НЕ СДЕЛАНО',
  FINDINGS: 'ЗАМЕЧАНИЯ',
  FIRST: 'ПЕРВАЯ',
  KIND: 'ВИД',
  LOG: 'ЗАПИСЬ',
  LAST: 'ПОСЛЕДНЯЯ',
  LEFT: 'ОСТАЛОСЬ',
  PEOPLE: 'ЛЮДЕЙ',
  SINCE: 'С',
  TOTAL: 'ВСЕГО',
  WHO: 'КТО ИСПРАВИТ',
  FROM: 'ОТКУДА',
  ID: 'НОМЕР',
  KEY: 'КЛЮЧ',
  'LAST ERROR': 'ПОСЛЕДНЯЯ ОШИБКА',
  'LAST SEEN': 'ПОСЛЕДНЕЕ',
  MAPPING: 'МАППИНГ',
  NAME: 'НАЗВАНИЕ',
  OLDEST: 'САМАЯ СТАРАЯ',
  ON: 'УСЛОВИЕ',
  PARAMETER: 'ПАРАМЕТР',
  PASSWORD: 'ПАРОЛЬ',
  RECEIVED: 'ПОЛУЧЕНО',
  RESULT: 'ИТОГ',
  SCOPE: 'ОРГАНИЗАЦИЯ',
  ROLE: 'РОЛЬ',
  SOURCE: 'ИСТОЧНИК',
  STAGE: 'ЭТАП',
  STATE: 'СОСТОЯНИЕ',
  STEPS: 'ШАГИ',
  TARGET: 'ЦЕЛЬ',
  TIME: 'КОГДА',
  TOKENS: 'ТОКЕНЫ',
  TYPE: 'ТИП',
  VALUE: 'ЗНАЧЕНИЕ',
  WHEN: 'КОГДА',
  WAITING: 'В ОЧЕРЕДИ',
  WANTED: 'НУЖНО',
  WAS: 'БЫЛА',
  WHY: 'ПОЧЕМУ',
  'WITH QUOTA': 'С КВОТОЙ',
  '': '',
} as const;

type Heading = keyof typeof headings;

/** Columns of words that are ours, not anybody's data. */
const spoken: ReadonlySet<Heading> = new Set<Heading>(['STATE', 'RESULT', 'KIND']);

/** Columns aligned by the widest cell; the last one is not padded. Widths count characters as terminals draw them. */
export function table(language: Language, columns: readonly Heading[], rows: readonly (readonly string[])[]): string {
  const header = language === 'ru' ? columns.map((column) => headings[column]) : columns;
  const said = rows.map((row) =>
    row.map((cell, at) => (spoken.has(columns[at] ?? '') ? spokenWord(cell, language) : cell)),
  );
  const lines = [header, ...said].map((row) =>
    row.map((cell, at) => (named.has(columns[at] ?? '') ? cut(plain(cell)) : plain(cell))),
  );
  const widths = header.map((_, column) => Math.max(...lines.map((row) => width(row[column] ?? ''))));
  return lines
    .map((row) =>
      row
        .map((cell, column) =>
          column === row.length - 1 ? cell : cell + ' '.repeat((widths[column] ?? 0) - width(cell)),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Columns of names that come from outside, however long. */
const named: ReadonlySet<Heading> = new Set<Heading>(['STAGE', 'KEY', 'NAME', 'TYPE', 'LOG']);

/** Characters: one long name must not push the columns of all others off the screen; `--json` has it whole. */
const widest = 60;

function cut(cell: string): string {
  if (cell.length <= widest) return cell;
  const characters = Array.from(segmenter.segment(cell.slice(0, 50 * widest)), ({ segment }) => segment);
  return characters.length <= widest ? cell : `${characters.slice(0, widest - 1).join('')}…`;
}

function plain(cell: string): string {
  return cell.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, ' ');
}

const segmenter = new Intl.Segmenter();

function width(text: string): number {
  return /^[\u0020-\u04ff]*$/.test(text) ? text.length : [...segmenter.segment(text)].length;
}

/** Local to the configured zone, to the second, sortable: `2026-12-01 09:30:00`. */
export function formatTime(time: number | null, zone: string): string {
  return time === null
    ? ''
    : new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(time);
}
