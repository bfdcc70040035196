export const editWords = {
  title: { ru: 'Исправить доставку {id}', en: 'Edit delivery {id}' },
  lead: {
    ru: 'Новая доставка займёт место старой в очереди; старая отменится. Обе запомнят друг друга.',
    en: 'A new delivery takes the place of the old one in its lane; the old one is cancelled. Each remembers the other.',
  },
  open: { ru: 'Открыть запись', en: 'Open the record' },
  openWhy: {
    ru: 'Чтобы исправить запись, её надо увидеть. Это попадёт в журнал действий.',
    en: 'To fix a record one has to see it. The audit will say so.',
  },
  noUsers: { ru: 'Сначала нужны пользователи', en: 'Users come first' },
  noUsersWhy: {
    ru: 'Чтобы исправить запись, её надо открыть, а без пользователей личные данные не открываются никому. Заведите пользователя командой huntflow-connector user add: после входа вы вернётесь сюда.',
    en: 'To fix a record one has to open it, and without users nobody opens personal data. Add a user with huntflow-connector user add: after signing in you come back here.',
  },
  mayNot: { ru: 'Исправляет оператор', en: 'An operator can fix this' },
  mayNotWhy: {
    ru: 'Открыть и исправить запись может роль operator и выше; ваша роль — {role}. Передайте доставку тому, у кого она есть, или попросите её у администратора.',
    en: 'The role operator or a higher one may open and fix the record; yours is {role}. Hand the delivery to somebody who has it, or ask an administrator for it.',
  },
  reason: { ru: 'Почему (обязательно, без личных данных)', en: 'Why (required, no personal data)' },
  send: { ru: 'Отправить исправленную', en: 'Send it as edited' },
  unchanged: { ru: 'Пока ничего не изменено', en: 'Nothing is changed so far' },
  changes: { ru: 'Что изменится', en: 'What changes' },
  traces: {
    ru: 'У цели уже может быть часть этой доставки. Посмотрите там сначала.',
    en: 'The target may have some of this delivery already. Look there first.',
  },
  even: { ru: 'Посмотрел(а), отправить всё равно', en: 'I looked; send it all the same' },
  sent: { ru: 'Отправлена снова как № {id}', en: 'Sent again as #{id}' },
  gone: { ru: 'Её уже нельзя исправить', en: 'It cannot be edited any more' },
  fields: { ru: 'Поля записи', en: 'Fields of the record' },
  refused: { ru: 'Из-за этого она остановилась', en: 'This is what stopped it' },
  said: { ru: 'Что сказано об отказе', en: 'What was said of the refusal' },
  technical: {
    ru: {
      one: 'Служебное: {n} поле',
      few: 'Служебное: {n} поля',
      many: 'Служебное: {n} полей',
      other: 'Служебное: {n} поля',
    },
    en: { one: 'Technical: {n} field', other: 'Technical: {n} fields' },
  },
  technicalWhy: {
    ru: 'Как запись отправляется: чем ищутся объекты, куда они пишутся. Обычно это не правят.',
    en: 'How the record is sent: what objects are found by and where they are written. Usually nobody changes this.',
  },
  noRecord: {
    ru: 'Записи нет: маппинг не сработал. Исправьте маппинг и повторите.',
    en: 'There is no record: the mapping failed. Fix the mapping and retry.',
  },
  chooseTitle: { ru: 'Ответить на вопрос доставки {id}', en: 'Answer the question of delivery {id}' },
  chooseLead: {
    ru: 'Цель нашла несколько подходящих объектов или сомневается. Назовите нужный или велите завести новый.',
    en: 'The target found several objects that fit, or is in doubt. Name the right one, or have a new one made.',
  },
  step: { ru: 'Шаг (имя из as или номер)', en: 'Step (its name by as, or its number)' },
  object: {
    ru: 'Ключ объекта у цели (пусто: завести новый)',
    en: 'Key of the object at the target (empty: make a new one)',
  },
  answer: { ru: 'Ответить и повторить', en: 'Answer and retry' },
  answered: {
    ru: 'Ответ принят, доставка {id} пробуется снова',
    en: 'Answered; delivery {id} is tried again',
  },
} as const;
