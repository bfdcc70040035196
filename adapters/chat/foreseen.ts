import { isPlainObject } from '../../src/toolkit.ts';
import type { Finding, ForesightContext, Text } from '../../src/adapter.ts';

type Path = readonly (string | number)[];

/** What a chat can write to, where its settings or its nature narrow what every record may say. */
export interface Reach {
  readonly name: string;
  /** Whether it looks people up by an e-mail address. */
  readonly byEmail: boolean;
  /** What its ids look like, and in words; without it any will do. */
  readonly ids?: { readonly like: RegExp; readonly said: Text };
}

/** Recipients of mappings that the chat will refuse; what formulas will make nobody knows. */
export function foreseenIn({ mappings }: ForesightContext, reach: Reach): readonly Finding[] {
  return mappings.flatMap(({ name, record }) =>
    recipientsOf(isPlainObject(record) ? record['to'] : undefined, ['to']).flatMap(([recipient, path]): Finding[] => {
      const text = doubtOf(recipient, reach);
      return text === undefined ? [] : [{ level: 'warning', text, mapping: name, path }];
    }),
  );
}

function recipientsOf(to: unknown, path: Path): readonly (readonly [unknown, Path])[] {
  if (Array.isArray(to)) return to.map((one: unknown, place) => [one, [...path, place]]);
  if (isPlainObject(to) && Array.isArray(to['all'])) return recipientsOf(to['all'], [...path, 'all']);
  return [[to, path]];
}

function doubtOf(recipient: unknown, { name, byEmail, ids }: Reach): Text | undefined {
  if (isPlainObject(recipient) && 'email' in recipient && !byEmail)
    return {
      ru: `${name} не находит людей по почте: этот адресат будет пропущен, а если он один, доставка станет недоставленной. Дайте id, например из справочника (lookup)`,
      en: `${name} finds nobody by an e-mail address: this one is passed over, and when it is the only one the delivery becomes a dead letter. Give an id, for example out of a dictionary (lookup)`,
    };
  const isWritten = typeof recipient === 'number' || (typeof recipient === 'string' && !recipient.startsWith('='));
  if (ids === undefined || !isWritten || ids.like.test(String(recipient).trim())) return undefined;
  return {
    ru: `${name} не знает такого адресата: нужен ${ids.said.ru}`,
    en: `${name} knows no such recipient: ${ids.said.en} is needed`,
  };
}
