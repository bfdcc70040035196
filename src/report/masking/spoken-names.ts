import { isName, KnownValues } from './known-values.ts';
import { maskSentence } from './mask-sentence.ts';
import { fieldWords } from './plain-words.ts';

const looked = 4_000;
const most = 5;

/** Handlers, sets and functions of 1C: they tell where it happened and hold no data. */
const ofMetadata =
  /^(?:(?:Перед|При|Обработка)\p{Lu}\p{L}{1,60}|(?:Справочник|Документ|РегистрСведений|РегистрНакопления|Catalog|Document|InformationRegister)[.][\p{L}\p{N}_.]{1,100})$/u;

/**
 * The names of fields, sets and handlers in a sentence of a target, e.g. `Группа доступа` of «Поле "Группа доступа" не
 * заполнено»: the only part of it that may leave its attempt. Linear.
 */
export function spokenNames(text: string, record: unknown): readonly string[] {
  const begin = text.slice(0, looked);
  const known = new KnownValues(record);
  const names = new Set<string>();
  for (const [, word = '', name = ''] of begin.matchAll(/([\p{L}]{1,20})\s?["«“'„]([^"«»“”'„]{1,64})["»”']/gu))
    if (fieldWords.has(word.toLowerCase()) && isUnmasked(`${word} "${name}"`, known)) names.add(name.trim());
  for (const [name] of begin.matchAll(/[\p{L}_][\p{L}\p{N}_.]{2,120}/gu))
    if (isName(name) || ofMetadata.test(name)) names.add(name);
  return [...names].slice(0, most);
}

function isUnmasked(text: string, known: KnownValues): boolean {
  return maskSentence(text, known) === text;
}
