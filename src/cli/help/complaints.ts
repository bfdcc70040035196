/** Words of commander itself: titles of help and its complaints. */
export const russianTitles: Readonly<Record<string, string>> = {
  'Usage:': 'Вызов:',
  'Arguments:': 'Аргументы:',
  'Options:': 'Ключи:',
  'Commands:': 'Команды:',
};

/** Complaints about a line of arguments; `$1` is what the person wrote. */
export const russianComplaints: readonly (readonly [RegExp, string])[] = [
  [/^error: unknown option '(.*)'$/m, 'нет такого ключа: $1'],
  [/^error: unknown command '(.*)'$/m, 'нет такой команды: $1'],
  [/^error: missing required argument '(.*)'$/m, 'не хватает аргумента: $1'],
  [/^error: option '(.*)' argument missing$/m, 'у ключа $1 не хватает значения'],
  [/^error: required option '(.*)' not specified$/m, 'нужен ключ $1'],
  [/^error: too many arguments(?: for '(.*)')?\..*$/m, 'лишние аргументы'],
  [/^error: option '(.*)' argument '(.*)' is invalid\. (.*)$/m, 'значение «$2» не подходит ключу $1: $3'],
  [
    /^error: command-argument value '(.*)' is invalid for argument '(.*)'\. (.*)$/m,
    'значение «$1» не подходит аргументу $2: $3',
  ],
  [/^\(Did you mean (.*)\?\)$/m, '(возможно, $1?)'],
  [/\bone of: /, 'одно из: '],
  [/a whole number above zero is needed/, 'нужно целое число больше нуля'],
  [/the number of an entry, a colon and its hash are needed/, 'нужны номер записи, двоеточие и её подпись'],
  [/a date or a time is needed, e\.g\. /, 'нужна дата или время, например '],
  [/a pace such as (.*) or (.*) is needed/, 'нужен темп вида $1 или $2'],
  [/a port from 1 to 65534 is needed/, 'нужен порт от 1 до 65534'],
  [/a name or an id on one line is needed/, 'нужно название или номер в одну строку'],
  [/an address that begins with (.*) or (.*) is needed/, 'нужен адрес, который начинается с $1 или $2'],
  [/a time zone is needed, e\.g\. /, 'нужен часовой пояс, например '],
];
