import type { Text } from '../text.ts';

/** That a database came back from a copy past `restore`, with people who had been forgotten. */
export function putBackText({ first, last }: { readonly first: number; readonly last: number }): Text {
  const which = first === last ? String(first) : `${first}–${last}`;
  return {
    ru: `в базе нет актов об уничтожении № ${which}, которые знает хранилище ключей: её вернули из копии мимо restore; остановите службу и выполните restore без файла (SQLite: restore КОПИЯ), тогда забытые станут забыты и здесь`,
    en:
      `the database lacks the acts of erasure ${which}, which the store of keys knows of: it was put back from a copy ` +
      'past restore; stop the service and run restore without a file (SQLite: restore COPY), then whoever was ' +
      'forgotten is forgotten here too',
  };
}
