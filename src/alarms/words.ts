import type { Language, Text } from '../text.ts';
import { wallTimeAt } from '../mapping/conversions/wall-time.ts';

/** The greatest unit that fits: `2 h`, `3 d`. */
export function spanWords(milliseconds: number): Text {
  const minutes = Math.max(1, Math.floor(milliseconds / 60_000));
  if (minutes < 60) return { ru: `${minutes} мин`, en: `${minutes} min` };
  const hours = Math.floor(minutes / 60);
  return hours < 48
    ? { ru: `${hours} ч`, en: `${hours} h` }
    : { ru: `${Math.floor(hours / 24)} дн`, en: `${Math.floor(hours / 24)} d` };
}

/** `12:04` of today, else with its day: `27.11 12:04`. */
export function timeWords(time: number, now: number, zone: string): string {
  const [then, today] = [wallTimeAt(time, zone), wallTimeAt(now, zone)];
  const clock = then.slice(11, 16);
  return then.slice(0, 10) === today.slice(0, 10) ? clock : `${then.slice(8, 10)}.${then.slice(5, 7)} ${clock}`;
}

const still: Readonly<Record<Language, string>> = { ru: 'Всё ещё', en: 'Still' };
const normal: Readonly<Record<Language, string>> = { ru: 'Снова в порядке', en: 'Back to normal' };

export function stillWords(text: Text, since: string, language: Language): string {
  return `${still[language]} (${{ ru: 'с', en: 'since' }[language]} ${since}): ${text[language]}`;
}

export function overWords(text: Text, language: Language): string {
  return `${normal[language]}: ${text[language]}`;
}
