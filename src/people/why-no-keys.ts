import type { Text } from '../text.ts';

export const otherKeys: Text = {
  ru: 'ключи из privacy.keyFile не подходят к хранилищу ключей: верните тот файл ключей, с которым оно создано, или хранилище этого файла',
  en:
    'the keys of privacy.keyFile do not fit the key store: bring back the key file that it was made with, or ' +
    'the store of this file',
};

export const newerKey = (kek: number): Text => ({
  ru:
    `ключи из privacy.keyFile не подходят к хранилищу ключей: оно зашифровано ключом ${kek}, а в файле его нет; ` +
    'скопируйте файл ключей с машины, где выполняли keys rotate, или верните тот, с которым хранилище создано',
  en:
    `the keys of privacy.keyFile do not fit the key store: it is wrapped with key ${kek}, which the file does not ` +
    'have; copy the key file from the machine where keys rotate ran, or bring back the one that the store was made with',
});

export const halfStore: Text = {
  ru: 'в хранилище ключей (privacy.store) начали копировать другое и не закончили: повторите ту же команду copy, она продолжит',
  en: 'a copy of another key store was begun to this one (privacy.store) and not ended: run the same copy again, it goes on',
};

export const rotatedElsewhere: Text = {
  ru: 'ключи в это же время сменили на другой машине: скопируйте файл ключей оттуда',
  en: 'the keys were rotated on another machine meanwhile: copy the key file from there',
};
