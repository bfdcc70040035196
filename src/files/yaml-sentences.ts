import type { Text } from '../text.ts';
import type { YamlFault } from './yaml-tree.ts';

/** What a person should know of a fault of the YAML itself. */
export function yamlSentence({ what, words, line = 1 }: YamlFault): Text {
  switch (what) {
    case 'tab':
      return {
        ru: 'отступ сделан табуляцией: YAML принимает только пробелы',
        en: 'a tab is used for indentation: YAML takes spaces only',
      };
    case 'duplicate key':
      return {
        ru: `ключ «${words}» уже есть в строке ${line}: оставьте один`,
        en: `the key "${words}" is there already in line ${line}: keep one of them`,
      };
    case 'unknown alias':
      return {
        ru: 'значение начинается с «*» или «&»: возьмите его в кавычки',
        en: 'a value that begins with * or & must be quoted',
      };
    case 'colon':
      return {
        ru: 'лишнее «: » в значении или ошибка в отступе; значение с двоеточием берут в кавычки',
        en: `a stray ": " in a value, or wrong indentation; a value with a colon must be quoted (${words})`,
      };
    case 'indent':
      return { ru: 'неверный отступ: строка стоит левее или правее соседних', en: `wrong indentation (${words})` };
    case 'quote':
      return {
        ru: `здесь открыта кавычка ${words}, и она нигде не закрыта`,
        en: `a quote ${words} is opened here and closed nowhere`,
      };
    case 'cycle':
      return {
        ru: `ссылка *${words} стоит внутри того, на что указывает: напишите значение прямо`,
        en: `the reference *${words} stands within what it refers to: write the value itself`,
      };
    case 'too deep':
      return {
        ru: 'слишком глубокая вложенность: больше 100 уровней',
        en: 'the nesting is too deep: more than 100 levels',
      };
    case 'too many':
      return {
        ru: 'в файле слишком много значений (больше 50 000, считая то, что повторяют ссылки * и &): разделите его',
        en: 'the file has too many values (more than 50,000, with what the references * and & multiply): split it',
      };
    case 'merge':
      return {
        ru: 'ключ «<<» (слияние) здесь не работает: напишите поля прямо',
        en: 'the merge key << does not work here: write the fields themselves',
      };
    case 'tag':
      return {
        ru: `тип «${words}» здесь не работает: уберите слово, которое начинается с «!», или возьмите значение в кавычки`,
        en: `the tag ${words} does not work here: take the word that begins with ! away, or quote the value`,
      };
    case 'too slow':
      return {
        ru: 'файл слишком сложен: его не удалось разобрать за 10 секунд',
        en: 'the file is too complex: it could not be read within 10 seconds',
      };
    case 'other':
      return { ru: russianOf(words), en: `YAML: ${words}` };
  }
}

/** What the parser says in English; what it rarely says is quoted. */
function russianOf(words: string): string {
  return said.find(([pattern]) => pattern.test(words))?.[1] ?? `файл не разбирается как YAML («${words}»)`;
}

const said: readonly (readonly [RegExp, string])[] = [
  [/followed by map values/, 'в строке нет двоеточия с пробелом после него: нужно «ключ: значение»'],
  [/at node end/, 'после значения стоит лишний текст: возьмите значение в кавычки целиком'],
  [/Missing , |Missing space after/, 'внутри скобок не хватает запятой или пробела после двоеточия'],
  [/Expected flow .* to end with|Flow .* must be .*indented/, 'скобка открыта и не закрыта'],
  [/Unexpected .* in (?:flow|block)|Unexpected (?:empty item|scalar)/, 'здесь лишний знак или значение без ключа'],
  [/cannot start with/, 'значение не может начинаться с этого знака: возьмите его в кавычки'],
  [/Invalid escape/, 'в двойных кавычках «\\» — особый знак YAML: возьмите значение в одинарные кавычки'],
  [/Missing closing/, 'кавычка открыта и не закрыта'],
  [/[Bb]lock scalar/, 'текст после «|» или «>» должен стоять правее своего ключа'],
  [/Comments must be separated/, 'перед «#» нужен пробел; если это не комментарий, возьмите значение в кавычки'],
  [/Sequence item without/, 'в списке строка без «- »'],
  [/on a single line|1024 chars/, 'ключ должен стоять на одной строке и быть короче'],
];
