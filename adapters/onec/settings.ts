import { array, boolean, type InferType, number, object, string } from 'yup';
import type { Text } from '../../src/adapter.ts';

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of a text such as `10m`. */
export function milliseconds(text: string): number {
  const match = /^(\d+)(ms|s|m|h|d)$/.exec(text);
  return match === null ? 0 : Number(match[1]) * (units[match[2] ?? ''] ?? 0);
}

const span = () => string().test('duration', {
  ru: 'нужна длительность: число и единица ms, s, m, h или d, например 10m',
  en: 'this is a duration: a number and one of ms, s, m, h, d, for example 10m',
} satisfies Text, (text) => text === undefined || milliseconds(text) > 0);

const addressText = {
  ru: 'url: нужен адрес http(s)://…/odata/standard.odata без имени и пароля, без «?» и «#»; имя и пароль пишите в user и password',
  en: 'url must be an address http(s)://…/odata/standard.odata without user, password, "?" and "#"; user and password have keys of their own',
} satisfies Text;

/** True for an address that may stand in settings. */
export function isPlainAddress(text: string | undefined): boolean {
  if (text === undefined || text === '' || !URL.canParse(text)) return text === undefined;
  const url = new URL(text);
  return (url.protocol === 'http:' || url.protocol === 'https:') && url.username === '' && url.password === '' && url.search === '' && url.hash === '';
}

/** `targets.*.settings` of `adapter: onec-odata`. */
export const settingsSchema = object({
  /** Up to and including `/odata/standard.odata`. */
  url: string().strict().required().test('address', addressText, isPlainAddress),
  user: string().default(''),
  password: string().default(''),
  /** A token instead of user and password (facts/1c.md 1.9). */
  bearer: string().default(''),
  format: string().oneOf(['json', 'atom'] as const).default('json'),
  /** Reuse IBSession where the publication gives one. */
  sessions: boolean().default(false),
  /** Requests at once. */
  atOnce: number().integer().min(1).max(50).default(4),
  /** The token for `marker` fields: {check} keeps tokens of different objects apart. */
  marker: string().default('[HF {kind} {id} {check}]').test('check', {
    ru: 'marker: в шаблоне должно быть {check} или {key}, иначе метки разных объектов можно спутать',
    en: 'marker: the template needs {check} or {key}, or markers of different objects could be mixed up',
  } satisfies Text, (text) => /\{(check|key)\}/.test(text ?? '')),
  /** Regular expressions, any case: code -1 with such a text is a lock conflict, rolled back and tried again (facts/1c.md 1.8). */
  locks: array().of(string().strict().required().test('regexp', {
    ru: 'locks: это не регулярное выражение', en: 'locks: this is not a regular expression',
  } satisfies Text, isPattern)).default(['конфликт блокировок', 'взаимоблокировк', 'lock conflict', 'deadlock']),
  /** How long after a lost answer 1C may still be busy with the request, so that nothing is created again before. */
  settle: span().default('2m'),
  metadata: object({
    /** How old the cached `$metadata` may be; an unknown field has it read again at once. */
    lifetime: span().default('24h'),
    /** How long a delivery waits for the first reading before it is put off. */
    wait: span().default('3s'),
    /** How long reading may take: 23 s were measured for a whole УТ (facts/1c.md 1.3). */
    timeout: span().default('5m'),
  }).noUnknown(),
  finds: object({
    lifetime: span().default('10m'),
    limit: number().integer().min(1).default(1000),
  }).noUnknown(),
}).noUnknown();

export type Settings = InferType<typeof settingsSchema>;

function isPattern(text: string | undefined): boolean {
  try {
    return new RegExp(text ?? '', 'i').source !== '';
  } catch {
    return false;
  }
}
