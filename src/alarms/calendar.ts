import { readYaml } from '../files/read-yaml.ts';
import { readPlainFile } from '../files/plain-file.ts';
import { unicodeText } from '../files/unicode-text.ts';
import type { Fault } from '../files/fault.ts';
import { isPlainObject } from '../process/plain-object.ts';

/** Which days people work. */
export interface Calendar {
  /** `date` as `2026-12-31`. */
  works(date: string): boolean;
}

/** Article 112 of the Labour Code: month and day. */
const holidays = new Set(
  '01-01 01-02 01-03 01-04 01-05 01-06 01-07 01-08 02-23 03-08 05-01 05-09 06-12 11-04'.split(' '),
);

/** Days that decrees of the government moved; later years come from the file of the config. */
const moved: readonly string[] = ['2026-01-09', '2026-12-31'];

const day = 86_400_000;

/**
 * The holidays of Russia, with what law moves by itself: one on a weekend, but for January's, makes the next working
 * day free. No package with the decrees of this year and the next was found alive, so they stand in a file.
 */
export function calendarOf(own: { readonly off: readonly string[]; readonly working: readonly string[] }): Calendar {
  const off = new Set([...moved, ...own.off]);
  const working = new Set(own.working);
  const rests = (date: string): boolean => holidays.has(date.slice(5)) || isWeekend(date);
  return {
    works: (date) => {
      if (working.has(date)) return true;
      return !off.has(date) && !rests(date) && !isMovedTo(date, rests);
    },
  };
}

/** The first working day behind days off of which one is a holiday on a weekend. */
function isMovedTo(date: string, rests: (date: string) => boolean): boolean {
  for (let before = shifted(date, -1); rests(before); before = shifted(before, -1))
    if (holidays.has(before.slice(5)) && isWeekend(before) && !before.startsWith('01-', 5)) return true;
  return false;
}

function isWeekend(date: string): boolean {
  return [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());
}

function shifted(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * day).toISOString().slice(0, 10);
}

const fileLimit = 1024 ** 2;

/** `off: [2027-01-11]`, `working: [2027-02-20]`; without a file, the law alone. */
export async function readCalendar(
  file: string | undefined,
): Promise<{ readonly calendar: Calendar; readonly faults: readonly Fault[] }> {
  const none = calendarOf({ off: [], working: [] });
  if (file === undefined) return { calendar: none, faults: [] };
  const fault = (ru: string, en: string): Fault => ({ file, line: 1, column: 1, level: 'error', text: { ru, en } });
  const read = await readPlainFile(file, fileLimit);
  const text = read.ok ? unicodeText(read.bytes) : undefined;
  if (text === undefined)
    return {
      calendar: none,
      faults: [
        fault(
          'файл календаря не прочитать: нужен файл YAML в UTF-8',
          'the calendar cannot be read: a YAML file in UTF-8 is needed',
        ),
      ],
    };
  const document = await readYaml(file, text);
  if (document.faults.length > 0) return { calendar: none, faults: document.faults };
  const faults: Fault[] = [];
  const value = isPlainObject(document.value) ? document.value : {};
  const days = (key: 'off' | 'working'): string[] => {
    const list: unknown = value[key] ?? [];
    const texts = Array.isArray(list) ? list.map(String) : ['?'];
    const wrong = texts.findIndex((each) => !isDay(each));
    if (wrong !== -1)
      faults.push(
        document.fault([key, wrong], {
          ru: `${key}: нужны дни вида 2027-02-20`,
          en: `${key}: days such as 2027-02-20 are needed`,
        }),
      );
    return texts;
  };
  for (const key of Object.keys(value))
    if (key !== 'off' && key !== 'working')
      faults.push(
        document.fault(
          [key],
          {
            ru: `неизвестный ключ «${key}»: есть off и working`,
            en: `unknown key "${key}": there are off and working`,
          },
          { atKey: true },
        ),
      );
  const own = { off: days('off'), working: days('working') };
  return { calendar: faults.length > 0 ? none : calendarOf(own), faults };
}

function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
}
