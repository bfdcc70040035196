/** What stands in brackets for a word that a person puts there, in Russian. */
const russianWords: Readonly<Record<string, string>> = {
  action: 'действие',
  count: 'число',
  event: 'событие',
  events: 'события',
  file: 'файл',
  folder: 'папка',
  id: 'номер',
  ids: 'номера',
  key: 'ключ',
  kind: 'вид',
  language: 'язык',
  mapping: 'маппинг',
  mappings: 'маппинги',
  name: 'имя',
  number: 'номер',
  options: 'ключи',
  command: 'команда',
  path: 'путь',
  port: 'порт',
  preset: 'пресет',
  reason: 'причина',
  role: 'роль',
  scope: 'область',
  state: 'состояние',
  target: 'цель',
  text: 'текст',
  time: 'время',
  type: 'тип',
  url: 'адрес',
  user: 'пользователь',
  version: 'версия',
  who: 'кто',
  zone: 'пояс',
};

/** `<mapping> [folder]` as a Russian reader types it; flags and names of commands stay as they are. */
export function russianPlaceholders(text: string): string {
  return text.replace(
    /([<[])([\w-]+)(\.\.\.)?([>\]])/g,
    (_whole, open: string, word: string, more: string | undefined, close: string) =>
      `${open}${russianPlaceholder(word)}${more ?? ''}${close}`,
  );
}

/** The name of one argument. */
export function russianPlaceholder(word: string): string {
  return russianWords[word] ?? word;
}
