import type { Text } from '../../text.ts';
import { property } from '../../process/property.ts';

/** What jsonata throws (its S codes are syntax, T types, D data); `value` may be personal data and is never read. */
interface FormulaError {
  readonly code: string;
  readonly position: number;
  readonly token: string;
  readonly expected: string;
  readonly index: string;
  readonly message: string;
}

export function readError(error: unknown): FormulaError {
  const field = (name: string): string => {
    const value = property(error, name);
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  const expected = field('code').startsWith('S020') ? field('value') : ''; // a symbol of the grammar there, never data
  return {
    code: field('code'),
    position: Number(field('position') || 0),
    token: field('token'),
    expected,
    index: field('index'),
    message: field('message'),
  };
}

/** A sentence with names from the formula itself, never with a value it worked on. */
export function errorText(error: unknown, source: string): Text {
  const { code, token, expected, index, message } = readError(error);
  const one = sentences[code];
  if (one !== undefined) return one(token, expected, index);
  if (code === 'D3137' || code === 'D3141') return ownWords(message, source); // $error and $assert
  if (error instanceof RangeError)
    return {
      ru: 'формула слишком сложна или её результат слишком велик',
      en: 'the formula is too complex or its result too large',
    };
  if (error instanceof SyntaxError)
    return { ru: 'регулярное выражение написано с ошибкой', en: 'the regular expression is malformed' };
  return code === ''
    ? { ru: 'формулу не удалось вычислить', en: 'the formula could not be evaluated' }
    : { ru: `ошибка в формуле (код JSONata ${code})`, en: `the formula fails (JSONata code ${code})` };
}

/**
 * The author's own sentence is shown when it stands in the formula word for word; a computed one may quote a person.
 */
function ownWords(message: string, source: string): Text {
  if (message !== '' && source.includes(message)) return { ru: message, en: message };
  return {
    ru: 'формула сама сообщила об ошибке ($error или $assert)',
    en: 'the formula itself reported an error ($error or $assert)',
  };
}

type Sentence = (token: string, expected: string, index: string) => Text;

const unclosedText: Sentence = () => ({ ru: 'текст в кавычках не закрыт', en: 'a text in quotes is not closed' });
const unexpectedEnd: Sentence = (_, expected) => ({
  ru: `формула обрывается${expected ? `: не хватает «${expected}»` : ''}`,
  en: `the formula ends too early${expected ? `: ${expected} is missing` : ''}`,
});
const unexpectedToken: Sentence = (token) => ({ ru: `лишнее «${token}»`, en: `unexpected ${token}` });
const notNumber: Sentence = (token) => ({
  ru: `«${token}» работает только с числами`,
  en: `${token} works on numbers only`,
});
const notFunction: Sentence = (token) =>
  token
    ? {
        ru: `функции «$${token}» нет; встроенную пишут с «$», например $${token}(…)`,
        en: `there is no function ${token}; built-in ones begin with $, for example $${token}(…)`,
      }
    : { ru: 'вызвана функция, которой нет', en: 'a function is called that does not exist' };
const notComparable: Sentence = (token) => ({
  ru: `«${token}» сравнивает только числа с числами и тексты с текстами`,
  en: `${token} compares numbers with numbers and texts with texts only`,
});
const wrongArgument: Sentence = (token, _, index) => ({
  ru: `$${token}: аргумент ${index || '1'} не того вида`,
  en: `$${token}: argument ${index || '1'} is of the wrong kind`,
});
const tooLong: Sentence = () => ({ ru: 'список в формуле слишком длинный', en: 'a list in the formula is too long' });
const badName: Sentence = (token) => ({
  ru: `слева от «${token || ':='}» нужно имя, которое начинается с «$»`,
  en: `a name that begins with $ is needed to the left of ${token || ':='}`,
});

const sentences: Readonly<Record<string, Sentence>> = {
  S0101: unclosedText,
  S0102: () => ({ ru: 'число в формуле слишком велико', en: 'a number in the formula is too large' }),
  S0103: (token) => ({ ru: `после «\\» недопустимо «${token}»`, en: `\\${token} is no escape` }),
  S0104: () => ({ ru: 'после «\\u» нужны четыре шестнадцатеричные цифры', en: '\\u needs four hexadecimal digits' }),
  S0105: () => ({ ru: 'имя в обратных кавычках не закрыто', en: 'a name in backticks is not closed' }),
  S0106: () => ({ ru: 'комментарий не закрыт: нужно «*/»', en: 'a comment is not closed: */ is missing' }),
  S0201: unexpectedToken,
  S0202: (token, expected) => ({
    ru: `вместо «${token}» нужно «${expected}»`,
    en: `${expected} is needed instead of ${token}`,
  }),
  S0203: unexpectedEnd,
  S0204: (token) => ({ ru: `неизвестный знак «${token}»`, en: `unknown operator ${token}` }),
  S0205: unexpectedToken,
  S0207: unexpectedEnd,
  S0211: (token) => ({ ru: `перед «${token}» не хватает значения`, en: `a value is missing before ${token}` }),
  S0212: badName,
  S0301: () => ({ ru: 'регулярное выражение пустое', en: 'the regular expression is empty' }),
  S0302: () => ({
    ru: 'регулярное выражение не закрыто: нужно «/»',
    en: 'the regular expression is not closed: / is missing',
  }),
  T0410: wrongArgument,
  T0411: wrongArgument,
  T0412: wrongArgument,
  T1003: () => ({ ru: 'имя поля в {…} должно быть текстом', en: 'the name of a field in {…} must be a text' }),
  T1005: notFunction,
  T1006: notFunction,
  T2001: notNumber,
  T2002: notNumber,
  T2006: () => ({ ru: 'справа от «~>» нужна функция', en: 'a function is needed to the right of ~>' }),
  T2009: notComparable,
  T2010: notComparable,
  D1001: () => ({ ru: 'число вышло за пределы', en: 'a number went out of range' }),
  D1002: () => ({
    ru: 'знак «-» стоит перед тем, что не число',
    en: 'a minus stands before something that is no number',
  }),
  D1009: () => ({ ru: 'одно имя поля в {…} получилось дважды', en: 'one field name in {…} came out twice' }),
  D1011: () => ({ ru: 'функция вызывает саму себя слишком много раз', en: 'a function calls itself too many times' }),
  D2014: tooLong,
  D2015: tooLong,
  D3001: () => ({ ru: 'результат деления или вычисления не число', en: 'a division or computation gave no number' }),
  D3030: () => ({ ru: '$number получила текст, который не число', en: '$number was given a text that is no number' }),
  D3110: () => ({
    ru: '$toMillis получила текст, который не время в форме ISO 8601',
    en: '$toMillis was given a text that is no ISO 8601 time',
  }),
  D3120: () => ({ ru: 'в тексте, который получила $eval, ошибка', en: 'the text given to $eval is no formula' }),
  D3121: () => ({ ru: 'формула, которую получила $eval, не вычисляется', en: 'the formula given to $eval fails' }),
  D3138: () => ({ ru: '$single нашла больше одного значения', en: '$single found more than one value' }),
  D3139: () => ({ ru: '$single не нашла ни одного значения', en: '$single found no value' }),
};
