import type { Text } from '../text.ts';

export const notYet: Text = {
  ru: 'Файл ещё не получен от Хантфлоу: подождём.',
  en: 'The file has not come from Huntflow yet: we wait.',
};

export const hasNoAddress: Text = {
  ru: 'в вебхуке нет адреса этого файла: назовите файл, который в нём есть',
  en: 'the webhook has no address of this file: name a file that is in it',
};

export const isUnsigned: Text = {
  ru: 'вебхук не был подписан, а по адресам от кого угодно файлы не берутся: задайте secrets этого источника',
  en: 'the webhook was not signed, and addresses of anybody are not fetched from: set secrets of its source',
};

export const isForgotten: Text = {
  ru: 'Файла больше нет: ключ того, о ком он, уничтожен.',
  en: 'The file is no more: the key of whom it is about was destroyed.',
};

export const isOff: Text = {
  ru: 'Запись называет файл, а файлы не берутся: впишите сервер файлов в attachments.hosts.',
  en: 'The record names a file, and files are not fetched: put the host of the files into attachments.hosts.',
};
