export const auditWords = {
  lead: {
    ru: 'Кто что сделал: на странице, командой, по токену или сама служба. Значений и имён здесь нет.',
    en: 'Who did what: on this page, by a command, by a token, or the service itself. It holds no values and no names.',
  },
  none: { ru: 'Никто ещё ничего не менял', en: 'Nobody has changed anything yet' },
  noneFits: { ru: 'Под этот отбор ничего не подходит', en: 'Nothing fits this filter' },
  at: { ru: 'Когда', en: 'When' },
  who: { ru: 'Кто', en: 'Who' },
  from: { ru: 'Откуда', en: 'From' },
  action: { ru: 'Что', en: 'What' },
  on: { ru: 'На чём', en: 'On what' },
  find: { ru: 'Отобрать', en: 'Apply' },
} as const;

/** Where an action came from. */
export const auditPlaces: Readonly<Record<string, { readonly ru: string; readonly en: string }>> = {
  cli: { ru: 'команда', en: 'command' },
  page: { ru: 'страница', en: 'page' },
  api: { ru: 'API', en: 'API' },
  person: { ru: 'человек', en: 'person' },
  service: { ru: 'служба', en: 'service' },
};
