import { inLatin } from '../../files/alphabets.ts';
import type { Text } from '../../text.ts';
import type { Dictionary } from './dictionary.ts';

/** Keys by what they look like, made once a dictionary and only for who misses one. */
const looks = new WeakMap<Dictionary, ReadonlyMap<string, string>>();

/** That the dictionary has a key which a person takes for this one; quotes neither, for a value may be somebody's. */
export function likeKey(dictionary: Dictionary, key: string): Text | undefined {
  let known = looks.get(dictionary);
  if (known === undefined)
    looks.set(dictionary, (known = new Map([...dictionary.keys()].map((one) => [inLatin(one), one]))));
  const twin = known.get(inLatin(key));
  if (twin === undefined) return undefined;
  return twin.toLowerCase() === key.toLowerCase()
    ? {
        ru: 'там есть такой же ключ, но с другими прописными и строчными буквами: напишите его в словаре, как в Huntflow',
        en: 'it has the same key in other case: write it there as Huntflow does',
      }
    : {
        ru: 'там есть ключ, который выглядит так же, но набран с буквами другого алфавита: напишите его заново',
        en: 'it has a key that looks the same and has letters of another alphabet: write that one anew',
      };
}
