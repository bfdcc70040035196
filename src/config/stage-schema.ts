import { array, mixed } from 'yup';
import { named } from './named.ts';

/** Stage ids and names by alias: `hired: [ 33, "Выход на работу" ]`. */
export const stages = () =>
  named(
    array(
      mixed<string | number>(
        (value): value is string | number => typeof value === 'string' || typeof value === 'number',
      )
        .typeError({ ru: 'этап задаётся номером или названием', en: 'a stage is given by its id or its name' })
        .required(),
    )
      .transform((value: unknown, original: unknown) =>
        typeof original === 'string' || typeof original === 'number' ? [original] : value,
      )
      .required()
      .meta({
        written: { anyOf: [{ type: ['string', 'number'] }, { type: 'array', items: { type: ['string', 'number'] } }] },
      }),
  );
