export const attentionWords = {
  lead: {
    ru: 'Дошло, но цель что-то изменила или о чём-то предупредила. Посмотрите и отметьте.',
    en: 'Delivered, but the target changed or warned about something. Look and mark it as seen.',
  },
  none: { ru: 'Смотреть нечего', en: 'Nothing to look at' },
  noneWhy: { ru: 'Всё, что дошло с замечаниями, уже просмотрено.', en: 'Whatever came with findings has been seen.' },
  delivery: { ru: 'Доставка', en: 'Delivery' },
  target: { ru: 'Цель', en: 'Target' },
  findings: { ru: 'Замечания', en: 'Findings' },
  delivered: { ru: 'Дошла', en: 'Delivered' },
  seen: { ru: 'Просмотрено ({n})', en: 'Seen ({n})' },
  marked: { ru: 'Отмечено: {n}', en: 'Marked: {n}' },
  row: { ru: 'Доставка {id} в {target}', en: 'Delivery {id} to {target}' },
} as const;
