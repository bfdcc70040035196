import { transliterate } from '../mapping/formulas/functions/transliteration.ts';
import { drawFrom, inCaseOf } from './draw.ts';
import { otherDigits } from './words.ts';

export type NamePart = 'first' | 'last' | 'middle';

const surnames =
  'Берёзкин Тропинин Облаков Ручейков Снежин Лужайкин Рассветов Полянин Капелькин Ромашкин Кленов Васильков Ветров Камышов Зарницын Радугин Росинкин Ольхин Журавин Мостовин Солнцев Лугин Дождев Паромов'.split(
    ' ',
  );

const names: Readonly<Record<NamePart, { readonly male: readonly string[]; readonly female: readonly string[] }>> = {
  first: {
    male: 'Алексей Борис Виктор Глеб Денис Егор Иван Кирилл Лев Максим Николай Олег Павел Роман Степан Фёдор'.split(
      ' ',
    ),
    female: 'Алла Белла Вера Галина Дарья Елена Жанна Зоя Инна Кира Лидия Мария Нина Ольга Раиса Софья'.split(' '),
  },
  last: { male: surnames, female: surnames.map((name) => `${name}а`) },
  middle: {
    male: 'Алексеевич Борисович Викторович Глебович Денисович Егорович Кириллович Львович Максимович Олегович Павлович Степанович'.split(
      ' ',
    ),
    female:
      'Алексеевна Борисовна Викторовна Глебовна Денисовна Егоровна Кирилловна Львовна Максимовна Олеговна Павловна Степановна'.split(
        ' ',
      ),
  },
};

const menInA = new Set(['никита', 'илья', 'лука', 'фома', 'кузьма', 'савва', 'данила', 'nikita', 'ilia', 'ilya']);

/**
 * `partOf` is asked for each word, in lower case. Another name of the same part and, by its ending, the same gender;
 * signs and digits keep their places.
 */
export function fakeName(text: string, partOf: (word: string) => NamePart): string {
  return text
    .replace(/\p{L}[\p{L}\p{M}]*/gu, (word) => fakeWord(word, partOf(word.normalize('NFC').toLowerCase())))
    .replace(/\p{N}+/gu, (digits) => otherDigits(digits));
}

function fakeWord(word: string, part: NamePart): string {
  const lower = word.toLowerCase();
  const female = /[ая]$|a$/.test(lower) && !(part === 'first' && menInA.has(lower));
  const list = names[part][female ? 'female' : 'male'].map((name) =>
    /\p{Script=Cyrillic}/u.test(word) ? name : transliterate(name, 'icao'),
  );
  if (word.length > 1) return inCaseOf(word, drawFrom(list, word));
  return inCaseOf(
    word,
    drawFrom(
      list.map((name) => name.slice(0, 1)),
      word,
    ),
  );
}

/** What a word of a full name is, by its ending. */
export function guessPart(word: string): NamePart {
  if (/(вич|ьич|вна|ична|vich|vna)$/.test(word)) return 'middle';
  return /(ов|ев|ёв|ин|ын|ский|цкий|ова|ева|ёва|ина|ына|ская|цкая|ко|ук|юк|ян|их|ых|ov|ev|in|ova|eva|ina|ko)$/.test(
    word,
  )
    ? 'last'
    : 'first';
}

/** Two or three words with capitals and nothing else. */
export function looksLikeName(text: string): boolean {
  return /^(?:\p{Lu}[\p{L}\p{M}'’-]*\.?\s+){1,2}\p{Lu}[\p{L}\p{M}'’-]*\.?(?:\s*\p{Lu}\.)?$/u.test(text.trim());
}
