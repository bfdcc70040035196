import type { Text } from '../../text.ts';
import { isConversion, isMap, isScalar } from '../record/template.ts';

export const parameterTypes = ['text', 'number', 'flag', 'choice', 'names'] as const;
type ParameterType = (typeof parameterTypes)[number];

/** What a mapping fills in of a preset. */
export interface Parameter {
  readonly name: string;
  /** text and number also take a formula or a conversion; names is a list of texts; flag is true or false. */
  readonly type: ParameterType;
  readonly required: boolean;
  /** Undefined: what needs it stays empty. */
  readonly default: unknown;
  readonly oneOf: readonly string[];
  /** The alias of `stages` whose members the list has to hold; undefined for any other list. */
  readonly stage: string | undefined;
  /** As people would write it. */
  readonly example: unknown;
  readonly about: Text;
}

/** What is wrong with a value given for the parameter; undefined when it fits. */
export function misfit({ type, oneOf }: Parameter, value: unknown): Text | undefined {
  const formula = typeof value === 'string' && value.startsWith('=');
  switch (type) {
    case 'text':
      return typeof value === 'string' || isConversion(value) ? undefined : textNeeded(value);
    case 'number':
      return typeof value === 'number' || formula || isConversion(value) ? undefined : numberNeeded;
    case 'flag':
      return typeof value === 'boolean' ? undefined : flagNeeded;
    case 'choice':
      return formula || oneOf.some((word) => word === value) ? undefined : choiceNeeded(oneOf);
    case 'names':
      return Array.isArray(value) &&
        value.length > 0 &&
        value.every((one) => typeof one === 'string' && one.trim() !== '')
        ? undefined
        : namesNeeded;
  }
}

function textNeeded(value: unknown): Text {
  const kind = isMap(value)
    ? { ru: 'набор полей', en: 'a set of fields' }
    : isScalar(value)
      ? {
          ru: `${typeof value === 'number' ? 'число' : 'true или false'}: возьмите в кавычки`,
          en: `a ${typeof value}: put it in quotes`,
        }
      : { ru: 'список', en: 'a list' };
  return {
    ru: `здесь нужен текст, формула (=…) или преобразование ({ from: … }), а это ${kind.ru}`,
    en: `a text, a formula (=…) or a conversion ({ from: … }) is needed here, and this is ${kind.en}`,
  };
}

const numberNeeded: Text = {
  ru: 'здесь нужно число, формула (=…) или преобразование ({ from: … })',
  en: 'a number, a formula (=…) or a conversion ({ from: … }) is needed here',
};
const flagNeeded: Text = { ru: 'здесь нужно true или false', en: 'true or false is needed here' };
const namesNeeded: Text = { ru: 'здесь нужен список названий', en: 'a list of names is needed here' };

function choiceNeeded(oneOf: readonly string[]): Text {
  return {
    ru: `здесь нужно одно из: ${oneOf.join(', ')} (или формула)`,
    en: `one of ${oneOf.join(', ')} is needed here (or a formula)`,
  };
}
