import iconv from 'iconv-lite';
import type { Text } from '../../text.ts';

/** What a program has made of a cell that no reader can undo, or undefined. */
export function spoiltText(cell: string): Text | undefined {
  if (/^[+-]?\d(?:[.,]\d+)?E\+\d{2,3}$/.test(cell))
    return {
      ru: `«${cell}» — это длинный номер, который Excel записал с потерей цифр: сделайте столбец текстовым и впишите номер заново`,
      en: `"${cell}" is a long number that Excel wrote with digits lost: make the column text and type the number anew`,
    };
  if (/\?{3}/.test(cell) && !/\p{L}/u.test(cell))
    return {
      ru: 'вместо букв вопросительные знаки: файл сохранили без русских букв; сохраните его заново как «CSV UTF-8» или .xlsx',
      en: 'question marks stand for letters: the file was saved without Russian ones; save it anew as "CSV UTF-8" or .xlsx',
    };
  if (cell.includes('\ufffd'))
    return {
      ru: 'часть букв не читается: строки файла сохранены в разных кодировках; сохраните его целиком в UTF-8',
      en: 'some letters cannot be read: lines of the file are in several charsets; save the whole of it as UTF-8',
    };
  const meant = meantBy(cell);
  return meant === undefined
    ? undefined
    : {
        ru: `«${cell}» — это «${meant}», сохранённое в чужой кодировке: впишите заново или сохраните исходный файл в UTF-8`,
        en: `"${cell}" is "${meant}" saved in a foreign charset: type it anew, or save the original file as UTF-8`,
      };
}

const cyrillic = /[а-яё]{2}/i;

/** Russian that was read in a charset it was not written in, and kept so: `РЎРєР»Р°Рґ`, `Ñêëàä`, `Ð¡ÐºÐ»Ð°Ð´`. */
function meantBy(cell: string): string | undefined {
  if (/[РС][^А-Яа-яA-Za-z0-9\s]/.test(cell)) return fromUtf8(cell, 'windows-1251');
  if (/[ÐÑ][^\sA-Za-z0-9]/.test(cell)) {
    const read = fromUtf8(cell, 'windows-1252');
    if (read !== undefined) return read;
  }
  if (!/[À-ÿ]{3}/.test(cell) || /[a-z]/i.test(cell)) return undefined;
  const read = iconv.decode(iconv.encode(cell, 'windows-1252'), 'windows-1251');
  return cyrillic.test(read) ? read : undefined;
}

/** The text whose UTF-8 bytes these letters are; letters that are just letters are no UTF-8. */
function fromUtf8(cell: string, charset: string): string | undefined {
  try {
    const read = new TextDecoder('utf-8', { fatal: true }).decode(iconv.encode(cell, charset));
    return cyrillic.test(read) ? read : undefined;
  } catch {
    return undefined;
  }
}
