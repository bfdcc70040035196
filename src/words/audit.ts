import type { AuditAction, AuditPlace } from '../audit/entry.ts';
import type { Text } from '../text.ts';

/** What somebody did, as the audit calls it. */
export const auditActions = {
  retry: { ru: 'повторил(а)', en: 'retried' },
  cancel: { ru: 'отменил(а)', en: 'cancelled' },
  edit: { ru: 'исправил(а)', en: 'edited' },
  choose: { ru: 'ответил(а) на вопрос', en: 'answered a question' },
  remap: { ru: 'переделал(а) запись', en: 'mapped again' },
  replay: { ru: 'повторил(а) новой доставкой', en: 'repeated by a new delivery' },
  abort: { ru: 'прервал(а)', en: 'aborted' },
  seen: { ru: 'просмотрел(а)', en: 'marked as seen' },
  pause: { ru: 'поставил(а) на паузу', en: 'paused' },
  resume: { ru: 'снял(а) с паузы', en: 'resumed' },
  confirm: { ru: 'подтвердил(а) диск', en: 'confirmed the disk' },
  reveal: { ru: 'открыл(а) личные данные', en: 'revealed personal data' },
  export: { ru: 'выгрузил(а) данные человека', en: 'exported the data of a person' },
  forget: { ru: 'стёр(ла) данные человека', en: 'erased the data of a person' },
  rotate: { ru: 'сменил(а) ключ', en: 'rotated the key' },
  seal: { ru: 'зашифровал(а) базу', en: 'sealed the database' },
  admit: { ru: 'выпустил(а) из карантина', en: 'let out of quarantine' },
  backup: { ru: 'сделал(а) копию', en: 'made a copy' },
  restore: { ru: 'восстановил(а) базу', en: 'restored the database' },
  copy: { ru: 'перенёс(ла) базу', en: 'moved the database' },
  login: { ru: 'вошёл (вошла)', en: 'signed in' },
  logout: { ru: 'вышел (вышла)', en: 'signed out' },
  'user added': { ru: 'завёл(а) или изменил(а) пользователя', en: 'added or changed a user' },
  'user removed': { ru: 'убрал(а) пользователя', en: 'removed a user' },
  'mapping written': { ru: 'записал(а) маппинг', en: 'wrote a mapping' },
} as const satisfies Readonly<Record<AuditAction, Text>>;

/** From where. */
export const auditPlaces = {
  cli: { ru: 'команда', en: 'command' },
  api: { ru: 'страница', en: 'page' },
  token: { ru: 'токен', en: 'token' },
  service: { ru: 'служба', en: 'service' },
} as const satisfies Readonly<Record<AuditPlace, Text>>;
