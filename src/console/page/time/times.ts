import type { Language } from '../../../text.ts';

const locales = { ru: 'ru-RU', en: 'en-GB' } as const;

/** Writes instants in one zone, whatever the browser's own is. */
export class Times {
  readonly zone: string;
  readonly #language: Language;
  readonly #day: Intl.DateTimeFormat;
  readonly #clock: Intl.DateTimeFormat;
  readonly #short: Intl.DateTimeFormat;
  readonly #full: Intl.DateTimeFormat;

  constructor(zone: string, language: Language) {
    const locale = locales[language];
    this.zone = zone;
    this.#language = language;
    this.#day = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' });
    this.#clock = new Intl.DateTimeFormat(locale, { timeZone: zone, hour: '2-digit', minute: '2-digit' });
    this.#short = new Intl.DateTimeFormat(locale, {
      timeZone: zone,
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
    });
    this.#full = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  }

  /** `12:04` today, `27 Nov, 12:04` on other days. */
  brief(iso: string, now: number): string {
    const time = Date.parse(iso);
    return this.#day.format(time) === this.#day.format(now) ? this.#clock.format(time) : this.#short.format(time);
  }

  /** `2026-11-27 12:04:05`. */
  full(iso: string): string {
    return this.#full.format(Date.parse(iso));
  }

  /** In the zone, to the second, with its offset: `2026-11-27T12:04:05+05:00`. */
  offset(time: number): string {
    const [day = '', clock = ''] = this.#full.format(time).split(' ');
    const wall = Date.parse(`${day}T${clock}Z`);
    const minutes = Math.round((wall - Math.floor(time / 1000) * 1000) / 60_000);
    const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60].map((part) =>
      String(part).padStart(2, '0'),
    );
    return `${day}T${clock}${minutes < 0 ? '-' : '+'}${hours}:${rest}`;
  }

  clock(time: number): string {
    return this.#clock.format(time);
  }

  /** The calendar day, `2026-11-27`. */
  day(time: number): string {
    return this.#day.format(time);
  }

  /** How long something took: `340 ms`, `2.4 s`, then as a span. */
  length(milliseconds: number): string {
    const [second, , , , short] = units[this.#language];
    if (milliseconds < 1000) return `${Math.round(milliseconds)} ${short}`;
    if (milliseconds >= 10_000) return this.span(milliseconds);
    const tenths = (milliseconds / 1000).toFixed(1);
    return `${this.#language === 'ru' ? tenths.replace('.', ',') : tenths} ${second}`;
  }

  /** `5 min`, `2 h 10 min`, `3 d`: never more than two units. */
  span(milliseconds: number): string {
    const seconds = Math.max(0, Math.round(milliseconds / 1000));
    const [s, m, h, d] = units[this.#language];
    if (seconds < 60) return `${seconds} ${s}`;
    const minutes = Math.floor(seconds / 60);
    if (minutes < 60) return `${minutes} ${m}`;
    const hours = Math.floor(minutes / 60);
    if (hours < 10 && minutes % 60 > 0) return `${hours} ${h} ${minutes % 60} ${m}`;
    return hours < 48 ? `${hours} ${h}` : `${Math.floor(hours / 24)} ${d}`;
  }
}

const units = { ru: ['с', 'мин', 'ч', 'д', 'мс'], en: ['s', 'min', 'h', 'd', 'ms'] } as const;
