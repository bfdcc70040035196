export const mappingsWords = {
  lead: {
    ru: 'Какие события становятся какими записями. Файлы лежат в папке маппингов, здесь видно, что из них работает.',
    en: 'Which events become which records. The files lie in the folder of mappings; here is what of them is in use.',
  },
  none: { ru: 'Маппингов нет', en: 'There are no mappings' },
  noneHow: {
    ru: 'Положите файл в папку маппингов или начните с готового: huntflow-connector presets list.',
    en: 'Put a file into the folder of mappings, or begin with a preset: huntflow-connector presets list.',
  },
  draft: { ru: 'ваш черновик от {time}', en: 'your draft of {time}' },
  inUse: { ru: 'в работе', en: 'in use' },
  refused: { ru: 'файл не принят', en: 'the file is refused' },
  still: { ru: 'работает прежняя версия {hash}', en: 'version {hash} works on' },
  noneWorks: { ru: 'ни одна версия не работает', en: 'no version works' },
  version: { ru: 'версия {hash}', en: 'version {hash}' },
  tests: {
    ru: { one: '{n} тест', few: '{n} теста', many: '{n} тестов', other: '{n} теста' },
    en: { one: '{n} test', other: '{n} tests' },
  },
  missed: {
    ru: {
      one: 'Мимо прошло {n} событие',
      few: 'Мимо прошли {n} события',
      many: 'Мимо прошло {n} событий',
      other: 'Мимо прошло {n} события',
    },
    en: { one: '{n} event passed by', other: '{n} events passed by' },
  },
  open: { ru: 'Открыть в мастерской', en: 'Open in the workbench' },
  deliveries: { ru: 'Его доставки', en: 'Its deliveries' },
  line: { ru: 'строка {line}, знак {column}', en: 'line {line}, column {column}' },
  event: { ru: 'событие', en: 'event' },
} as const;
