import './schema-words.ts';
import { array, boolean, lazy, mixed, number, object, type Schema, string } from 'yup';
import { byteSize } from './byte-size.ts';
import { duration } from './duration.ts';

/** A set of named things: every value follows one schema, the names are free. */
function named<S extends Schema>(schema: S) {
  return lazy((value: unknown) => {
    const names = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
    return object(Object.fromEntries(names.map((name) => [name, schema]))).default({});
  });
}

const port = () => number().integer().min(0).max(65_535);

/** Stage ids and names by alias: `hired: [ 33, "Выход на работу" ]`. */
const stages = named(array(mixed<string | number>((value): value is string | number => typeof value === 'string' || typeof value === 'number')
  .typeError({ ru: 'этап задаётся номером или названием', en: 'a stage is given by its id or its name' }).required())
  .transform((value: unknown, original: unknown) => (typeof original === 'string' || typeof original === 'number' ? [original] : value)).required());

const zone = string().default('Europe/Moscow').test({
  name: 'zone',
  message: { ru: 'неизвестный часовой пояс: нужно имя вида Europe/Moscow или Asia/Yekaterinburg', en: 'unknown time zone: a name such as Europe/Moscow or Asia/Yekaterinburg is needed' },
  test: (value) => value === undefined || isZone(value),
});

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

const source = object({
  /** Any of them is valid, so that a secret can be changed without losing a webhook. Empty ones count as none. */
  secrets: array(string().ensure()).default([]),
  unsigned: boolean().default(false),
  /** Instead of `meta.domain` and account id: what tells this organisation's ids from another's. */
  scope: string().min(1),
  stages,
}).noUnknown();

const target = object({
  adapter: string().required(),
  settings: mixed().default({}),
  concurrency: number().integer().min(1).max(1000),
  rate: number().moreThan(0),
  timeout: duration(),
  order: string().oneOf(['strict', 'none'] as const),
  unknown: string().oneOf(['look', 'retry', 'dead'] as const),
  retry: object({
    schedule: array(duration().required()).min(1),
    giveUp: duration(),
  }).noUnknown(),
  breaker: object({
    after: number().integer().min(1),
    rest: duration(),
    restMax: duration(),
  }).noUnknown(),
}).noUnknown();

/** The whole of connector.yaml; adapter settings are checked by the adapter's own schema afterwards. */
export const configSchema = object({
  server: object({ host: string().default('127.0.0.1'), port: port().default(8080), bodyLimit: byteSize().default(10 * 1024 ** 2) }).noUnknown(),
  console: object({ host: string().default('127.0.0.1'), port: port().default(8081) }).noUnknown(),
  database: object({ url: string().matches(/^(sqlite:.+|postgres(ql)?:\/\/.+)/, {
    message: { ru: 'нужен адрес вида sqlite:../var/connector.db или postgres://пользователь:пароль@сервер/база', en: 'an address like sqlite:../var/connector.db or postgres://user:password@host/database is needed' },
  }).default('sqlite:../var/connector.db') }).noUnknown(),
  zone,
  mappings: string().default('../mappings'),
  /** How long one event may spend in one mapping's formulas. */
  formulas: object({ deadline: duration() }).noUnknown(),
  log: object({ level: string().oneOf(['debug', 'info', 'warn', 'error', 'silent']).default('info') }).noUnknown(),
  stages,
  sources: named(source),
  targets: named(target),
}).noUnknown();
