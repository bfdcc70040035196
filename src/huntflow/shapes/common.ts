// What events of several types hold alike: lines of `EventShape.fields`.

/** Where version 2.0 keeps what every event has. */
export const envelopePlaces = { author: 'meta.author', account: 'meta.account' };

/** Of every event. */
export const envelope = `
  account object: Организация
  account.id number: Идентификатор организации
  account.name text: Название организации
  account.nick text: Псевдоним организации
  author object: Автор действия
  author.email text/contact: Почта автора
  author.id number: Идентификатор автора
  author.meta object open: Дополнительные данные автора
  author.name text/person: Имя автора
  body object open: Тело вебхука целиком
  changes object open: Прежние значения того, что изменили
  event object: Само событие
  event.action text/word: Что сделали: ADD, EDIT, DELETE
  event.created time: Когда это случилось
  event.domain text: Адрес Хантфлоу, с которого пришёл вебхук
  event.event text/word: Тип события
  event.id text: Идентификатор события
  event.retry number: Который раз Хантфлоу присылает его (с 0)
  event.version text/word: Версия вебхука
`;

/** The vacancy that an event is about. */
export const vacancyFields = `
  vacancy object: Вакансия
  vacancy.account_division object: Подразделение (если подразделения подключены)
  vacancy.account_division.full_path list
  vacancy.account_division.full_path.id number
  vacancy.account_division.full_path.name text/word
  vacancy.account_division.full_path.parent number
  vacancy.account_division.id number: Идентификатор подразделения
  vacancy.account_division.name text/word: Название подразделения
  vacancy.account_region object: Регион
  vacancy.account_region.id number: Идентификатор региона
  vacancy.account_region.name text/word: Название региона
  vacancy.applicants_to_hire number: Количество кандидатов к найму
  vacancy.body text: Обязанности в формате HTML
  vacancy.company text: Отдел, подразделение (null, если подключены подразделения)
  vacancy.conditions text: Условия в формате HTML
  vacancy.created time: Дата и время создания вакансии
  vacancy.deadline date: Дата дедлайна по вакансии
  vacancy.fill_quotas list: Список квот вакансии
  vacancy.fill_quotas.applicants_to_hire number: Количество кандидатов к найму
  vacancy.fill_quotas.closed time: Дата закрытия квоты
  vacancy.fill_quotas.created time: Дата создания квоты
  vacancy.fill_quotas.deadline date: Дата дедлайна квоты
  vacancy.fill_quotas.id number: Идентификатор квоты
  vacancy.fill_quotas.vacancy_request number: Идентификатор запроса на создание вакансии
  vacancy.frame_id number: Идентификатор текущего фрейма вакансии
  vacancy.hidden boolean: Скрыта ли вакансия от коллег
  vacancy.id number: Идентификатор вакансии
  vacancy.money text: Зарплата
  vacancy.multiple boolean
  vacancy.position text/word: Название вакансии (должности)
  vacancy.priority number: Приоритет вакансии (может быть или 0 (обычный), или 1 (высокий))
  vacancy.requirements text: Требования в формате HTML
  vacancy.state text/word: Статус вакансии
  vacancy.vacancy_frame_fill_quota object
  vacancy.vacancy_frame_fill_quota.already_hired number
  vacancy.vacancy_frame_fill_quota.applicants_to_hire number
  vacancy.vacancy_frame_fill_quota.changed time
  vacancy.vacancy_frame_fill_quota.closed time
  vacancy.vacancy_frame_fill_quota.created time
  vacancy.vacancy_frame_fill_quota.deadline date
  vacancy.vacancy_frame_fill_quota.id number
  vacancy.vacancy_frame_fill_quota.vacancy_frame number
  vacancy.vacancy_frame_fill_quota.vacancy_request number
  vacancy.vacancy_request object: Заявка, к которой относится вакансия
  vacancy.vacancy_request.account number
  vacancy.vacancy_request.account_info object: Кто завёл заявку
  vacancy.vacancy_request.account_info.email text/contact
  vacancy.vacancy_request.account_info.id number
  vacancy.vacancy_request.account_info.name text/person
  vacancy.vacancy_request.account_vacancy_request number
  vacancy.vacancy_request.changed time
  vacancy.vacancy_request.created time
  vacancy.vacancy_request.files list
  vacancy.vacancy_request.files.content_type text/word
  vacancy.vacancy_request.files.id number
  vacancy.vacancy_request.files.name text
  vacancy.vacancy_request.files.url text
  vacancy.vacancy_request.id number
  vacancy.vacancy_request.position text/word
  vacancy.vacancy_request.states list
  vacancy.vacancy_request.states.changed time
  vacancy.vacancy_request.states.email text/contact
  vacancy.vacancy_request.states.id number
  vacancy.vacancy_request.states.order number
  vacancy.vacancy_request.states.reason text
  vacancy.vacancy_request.states.status text/word
  vacancy.vacancy_request.status text/word
  vacancy.vacancy_request.updated time
  vacancy.vacancy_request.vacancy number
  vacancy.vacancy_request.values object/free open
  vacancy.values object/free open: Дополнительные поля вакансии
`;

/** Of whom even version 1.0 tells so much. */
export const personFields = `
  applicant.birthday date: Дата рождения
  applicant.first_name text/first: Имя
  applicant.id number: Идентификатор кандидата
  applicant.last_name text/last: Фамилия
  applicant.middle_name text/middle: Отчество
  applicant.photo object: Фотография кандидата
  applicant.photo.url text: Ссылка на фотографию кандидата
`;

/** The candidate, as version 2.0 tells of one. */
export const applicantFields = `${personFields}
  agreement object: Согласие на обработку персональных данных
  agreement.decision_date time
  agreement.state text/word
  applicant object: Кандидат
  applicant.company text: Последняя компания, в которой работал кандидат
  applicant.email text/contact: Электронная почта
  applicant.externals list: Резюме кандидата из источников
  applicant.externals.account_source object
  applicant.externals.account_source.id number
  applicant.externals.account_source.name text/word
  applicant.externals.auth_type text/word
  applicant.externals.id number
  applicant.externals.updated time
  applicant.has_photo boolean
  applicant.money text: Желаемая зарплата
  applicant.pd_agreement object: Соглашение об обработке персональных данных
  applicant.pd_agreement.decision_date time: Дата ответа
  applicant.pd_agreement.state text/word: Согласие/несогласие кандидата
  applicant.phone text/contact: Контактный телефон
  applicant.photo.content_type text/word: MIME тип
  applicant.photo.id number: Идентификатор файла
  applicant.photo.name text: Имя файла
  applicant.position text
  applicant.questionary time: Дата заполнения/изменения дополнительной информации
  applicant.skype text/contact open: Ник в скайпе
  applicant.social list: Социальные сети кандидата
  applicant.social.id number: Идентификатор
  applicant.social.social_type text/word: Тип социальной сети
  applicant.social.value text/contact
  applicant.social.verification_date time open: Дата последней верификации
  applicant.social.verified boolean: Аккаунт верифицирован (существует)
`;
