import { RejectedError, UnavailableError, UncertainError } from '../../src/adapter.ts';
import { classify } from '../http.ts';
import type { Text } from '../../src/adapter.ts';
import type { ChatAnswer, ChatRefusal } from './dialect.ts';

/** A member of a JSON object; undefined for anything else. */
export function member(value: unknown, ...names: readonly string[]): unknown {
  let here = value;
  for (const name of names) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, name)) return undefined;
    const members: Readonly<Record<string, unknown>> = { ...here };
    here = members[name];
  }
  return here;
}

export function textIn(value: unknown, ...names: readonly string[]): string | undefined {
  const found = member(value, ...names);
  return typeof found === 'string' ? found : undefined;
}

/** An error code of a chat as it may be shown: only what a code is made of, for it comes from outside. */
export const codeIn = (word: string | undefined): string => (word ?? '').replace(/[^\w.-]/g, '').slice(0, 80);

/** This recipient will never get it: the next one is tried. */
export const unreachable = (text: Text): RejectedError => new RejectedError(text);

/** Of several recipients none was reached. */
export function nobodyOf(count: number, refusals: readonly RejectedError[], name: string): RejectedError {
  const [only] = refusals;
  if (only !== undefined && count === 1) return only;
  const why = (language: keyof Text): string => refusals.map(({ text }) => text[language]).join(' ');
  return new RejectedError({
    ru: `${name}: не удалось сообщить никому из ${count}. ${why('ru')}`.trim(),
    en: `${name}: nobody of ${count} could be reached. ${why('en')}`.trim(),
  });
}

/** A token, a right or a plan: for the operator to mend; what waits is fine. */
export function forOperator(name: string, code: string): UnavailableError {
  return new UnavailableError({
    ru: `${name} ответил ${code}: проверьте токен и права в settings этой цели; записи ждут.`,
    en: `${name} answered ${code}: check the token and its rights in the settings of this target; the records wait.`,
  });
}

/** A pause is asked for: this chat waits, the others go on; `chat` is empty where the pause is for all of them. */
export function slower(name: string, chat: string, seconds: number): UnavailableError {
  return new UnavailableError(
    {
      ru: `${name} просит подождать ${seconds} с: ${chat === '' ? 'ждёт вся цель' : 'ждёт только этот чат'}.`,
      en: `${name} asks to wait ${seconds} s: ${chat === '' ? 'the whole target waits' : 'only this chat waits'}.`,
    },
    { retryAfter: seconds, holds: chat === '' ? 'target' : chat },
  );
}

export function refusedPost(name: string, code: string): RejectedError {
  return new RejectedError({
    ru: `${name} не принял сообщение (${code}): исправьте маппинг и повторите.`,
    en: `${name} refused the post (${code}): mend the mapping and retry.`,
  });
}

/** The chat may have posted it although it reports a fault of its own. */
export function unclear(name: string, code: string): UncertainError {
  return new UncertainError({
    ru: `${name} ответил ${code}: сообщение могло быть отправлено, повтор может прийти дважды.`,
    en: `${name} answered ${code}: it may have been posted, and a repetition may come twice.`,
  });
}

/**
 * What an answer means that is not the chat's own form: a proxy, a block page, a wrong address.
 * A 2xx is unclear: something took the post, what is not known.
 */
export function foreign(name: string, { status, headers, at }: ChatAnswer): ChatRefusal {
  const refusal = classify({ status, headers, body: Buffer.alloc(0) }, at);
  if (refusal === undefined) {
    return new UncertainError({
      ru: `Ответ ${status} пришёл не от ${name} (это не его JSON): проверьте адрес, прокси и страницу блокировки.`,
      en: `The answer ${status} is not ${name}'s (no JSON of its form): check the address, the proxy, a block page.`,
    });
  }
  // A proxy or a block page says nothing about the record.
  return refusal instanceof RejectedError ? new UnavailableError(refusal.text) : refusal;
}
