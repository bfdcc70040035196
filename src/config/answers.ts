import '../files/schema-words.ts';
import jsonata from 'jsonata';
import { array, number, object, string } from 'yup';
import { named } from './named.ts';

/** Of `retry`: `{ 409: later, 422: never }`, what HTTP statuses mean where the operators know better. */
export const statuses = () =>
  named(
    string()
      .oneOf(['later', 'never'] as const)
      .required()
      .test({
        name: 'status',
        message: {
          ru: 'слева нужен статус HTTP от 300 до 599, например 409',
          en: 'an HTTP status from 300 to 599 is needed on the left, e.g. 409',
        },
        test: (_value, { path }) => /\b[345]\d\d["'\]]*$/.test(path),
      }),
  ).meta({
    ru: 'Что значит статус ответа HTTP: later — попробовать позже, never — больше не пытаться.',
    en: 'What an HTTP status means: later is tried again, never becomes a dead letter at once.',
  });

/** Of a target: when its HTTP answer is a success. All that is given must hold. */
export const success = () =>
  object({
    status: array(number().integer().min(200).max(599).required())
      .min(1)
      .transform((value: unknown, original: unknown) => (typeof original === 'number' ? [original] : value))
      .meta({ ru: 'Статусы HTTP, которые означают успех.', en: 'The HTTP statuses that mean success.' }),
    when: string()
      .test({
        name: 'formula',
        test: (value, context) => {
          const message = value === undefined ? undefined : formulaProblem(value);
          return message === undefined || context.createError({ message });
        },
      })
      .meta({
        ru: 'Формула по разобранному ответу, например =answer.ok = true: успех только при true.',
        en: 'A formula over the parsed answer, e.g. =answer.ok = true: only true is a success.',
      }),
  })
    .noUnknown()
    .default(undefined)
    .meta({
      ru: 'Какой ответ цели HTTP считать успехом; без этого — любой 2xx.',
      en: 'Which answer of an HTTP target is a success; without it any 2xx is.',
    });

/** As connector.yaml says it, the formula without its `=`. */
export function successOf(
  written: { readonly status?: readonly number[] | undefined; readonly when?: string | undefined } | undefined,
): { readonly status?: readonly number[]; readonly when?: string } | undefined {
  if (written === undefined) return undefined;
  const { status, when } = written;
  return { ...(status !== undefined && { status }), ...(when !== undefined && { when: when.trim().slice(1) }) };
}

function formulaProblem(text: string): { readonly ru: string; readonly en: string } | undefined {
  if (!text.trim().startsWith('='))
    return {
      ru: 'нужна формула: она начинается со знака «=», например =answer.ok = true',
      en: 'a formula is needed: it begins with "=", e.g. =answer.ok = true',
    };
  try {
    jsonata(text.trim().slice(1));
    return undefined;
  } catch {
    return {
      ru: 'в формуле ошибка: проверьте скобки, кавычки и имена, например =answer.ok = true',
      en: 'the formula cannot be read: check brackets, quotes and names, e.g. =answer.ok = true',
    };
  }
}
