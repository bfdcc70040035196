import { envelopePlaces, applicantFields, envelope, vacancyFields } from './common.ts';
import type { EventShape } from './event-shape.ts';

export const applicant: EventShape = {
  event: 'APPLICANT',
  title: { ru: 'Кандидаты', en: 'Applicants' },
  types: [
    'ADD',
    'UPDATE',
    'VACANCY-ADD',
    'STATUS',
    'COMMENT',
    'DOUBLE',
    'AGREEMENT',
    'MAIL',
    'RESPONSE',
    'REMOVED',
    'VACANCY-REMOVE',
    'EXTERNAL-REMOVE',
    'EDIT',
  ],
  places: {
    applicant: 'event.applicant',
    vacancy: 'event.applicant_log.vacancy',
    log: 'event.applicant_log',
    logType: 'event.applicant_log.type',
    tags: 'event.applicant_tags',
    agreement: 'event.applicant.pd_agreement',
    ...envelopePlaces,
  },
  fields: `${envelope}${vacancyFields}${applicantFields}
    applicant.values object/free open: Дополнительные поля кандидата
    event.type text/word: Вид записи: с ним сравнивает on.type
    log object: Запись в истории
    log.calendar_event object: Встреча в календаре
    log.calendar_event.all_day boolean: Флаг указывающий на то, что событие запланировано на весь день
    log.calendar_event.attendees list: Участники события
    log.calendar_event.attendees.contact_id number
    log.calendar_event.attendees.displayName text/person: Имя участника события
    log.calendar_event.attendees.email text/contact: Email участника события
    log.calendar_event.attendees.member number
    log.calendar_event.attendees.name text/person
    log.calendar_event.attendees.order number
    log.calendar_event.attendees.resource boolean
    log.calendar_event.attendees.responseStatus text/word: Статус участника события
    log.calendar_event.conference object
    log.calendar_event.conference.access_code text
    log.calendar_event.conference.auth_type text/word
    log.calendar_event.conference.changed time
    log.calendar_event.conference.created time
    log.calendar_event.conference.end_time time
    log.calendar_event.conference.foreign text/code
    log.calendar_event.conference.id number
    log.calendar_event.conference.link text
    log.calendar_event.conference.start_time time
    log.calendar_event.conference.state text/word
    log.calendar_event.conference.timezone text/word
    log.calendar_event.conference.topic text
    log.calendar_event.created time: Дата и время создания события
    log.calendar_event.creator object
    log.calendar_event.creator.displayName text/person: Имя создателя события
    log.calendar_event.creator.email text/contact: Email создателя события
    log.calendar_event.creator.self boolean: Флаг указывающий на то, что вы создатель события
    log.calendar_event.description text: Описание события
    log.calendar_event.end time: Дата и время окончания события
    log.calendar_event.etag text: ETag события
    log.calendar_event.event_type text/word: Тип события
    log.calendar_event.foreign text/code: Внешний уникальный идентификатор события
    log.calendar_event.id number: Идентификатор события
    log.calendar_event.interview_type object
    log.calendar_event.interview_type.id number
    log.calendar_event.interview_type.name text
    log.calendar_event.location text: Географическое местоположение события
    log.calendar_event.name text: Название события
    log.calendar_event.recurrence list open: Список повторений RFC 5545
    log.calendar_event.reminders list: Список напоминаний
    log.calendar_event.reminders.method text/word: Способ напоминания
    log.calendar_event.reminders.minutes number: За сколько минут до начала события сработает напоминание
    log.calendar_event.reminders.multiplier number
    log.calendar_event.reminders.value text
    log.calendar_event.start time: Дата и время начала события
    log.calendar_event.state text/word
    log.calendar_event.status text/word: Статус события
    log.calendar_event.timezone text/word: Название часового пояса события
    log.calendar_event.transparency text/word
    log.comment text: Комментарий
    log.created time: Дата создания лога
    log.employment_date date: Дата найма
    log.files list: Cписок файлов, прикрепленных к логу
    log.files.content_type text/word: MIME тип
    log.files.id number: Идентификатор файла
    log.files.name text: Имя файла
    log.files.url text: Ссылка на файл кандидата
    log.hired_in_fill_quota object: Квота, которую закрыл найм
    log.hired_in_fill_quota.account_info object
    log.hired_in_fill_quota.account_info.email text/contact
    log.hired_in_fill_quota.account_info.id number
    log.hired_in_fill_quota.account_info.name text/person
    log.hired_in_fill_quota.already_hired number
    log.hired_in_fill_quota.applicants_to_hire number
    log.hired_in_fill_quota.changed time
    log.hired_in_fill_quota.closed time
    log.hired_in_fill_quota.created time
    log.hired_in_fill_quota.deadline date
    log.hired_in_fill_quota.id number
    log.hired_in_fill_quota.vacancy_frame number
    log.hired_in_fill_quota.vacancy_request number
    log.hired_in_fill_quota.work_days_after_deadline number
    log.hired_in_fill_quota.work_days_before_deadline number
    log.hired_in_fill_quota.work_days_in_work number
    log.id number: Идентификатор лога
    log.rejection_reason object: Причина отказа
    log.rejection_reason.id number: Идентификатор записи
    log.rejection_reason.name text/word: Причина отказа
    log.removed time: Дата удаления записи
    log.source text: Источник кадидата
    log.status object: Статус кандидата на вакансии
    log.status.id number: Идентификатор записи
    log.status.name text/word: Статус
    log.survey_answer_of_type_a object: Форма оценки кандидата по вакансии
    log.survey_answer_of_type_a.created time: Дата создания опросника
    log.survey_answer_of_type_a.id number: Идентификатор записи
    log.survey_answer_of_type_a.respondent object: Респондент
    log.survey_answer_of_type_a.respondent.account_id number: Идентификатор аккаунта
    log.survey_answer_of_type_a.respondent.custom_id text
    log.survey_answer_of_type_a.respondent.email text/contact
    log.survey_answer_of_type_a.respondent.name text/person
    log.survey_answer_of_type_a.survey object: Опрос
    log.survey_answer_of_type_a.survey.active boolean: Активен ли опрос
    log.survey_answer_of_type_a.survey.created time: Дата создания опроса
    log.survey_answer_of_type_a.survey.id number: Идентификатор опроса
    log.survey_answer_of_type_a.survey.name text: Название формы опроса
    log.survey_answer_of_type_a.survey.type text/word: Тип опроса (type_a / type_r)
    log.survey_answer_of_type_a.survey.updated time: Дата изменения опроса
    log.survey_answer_of_type_a.updated time: Дата изменения опросника
    log.survey_answer_of_type_a.values object/free open: Результаты опроса (имя поля - ответ)
    log.survey_questionary object open
    log.type text/word: Тип лога
    log.vacancy object: Данные вакансии. см. вебхук VACANCY
    log.vacancy.account_division object: Подразделение (если подразделения подключены)
    log.vacancy.account_division.full_path list
    log.vacancy.account_division.full_path.id number
    log.vacancy.account_division.full_path.name text/word
    log.vacancy.account_division.full_path.parent number
    log.vacancy.account_division.id number: Идентификатор подразделения
    log.vacancy.account_division.name text/word: Название подразделения
    log.vacancy.account_region object: Регион
    log.vacancy.account_region.id number: Идентификатор региона
    log.vacancy.account_region.name text/word: Название региона
    log.vacancy.applicants_to_hire number: Количество кандидатов к найму
    log.vacancy.body text: Обязанности в формате HTML
    log.vacancy.company text: Отдел, подразделение (null, если подключены подразделения)
    log.vacancy.conditions text: Условия в формате HTML
    log.vacancy.created time: Дата и время создания вакансии
    log.vacancy.deadline date: Дата дедлайна по вакансии
    log.vacancy.fill_quotas list: Список квот вакансии
    log.vacancy.fill_quotas.applicants_to_hire number: Количество кандидатов к найму
    log.vacancy.fill_quotas.closed time: Дата закрытия квоты
    log.vacancy.fill_quotas.created time: Дата создания квоты
    log.vacancy.fill_quotas.deadline date: Дата дедлайна квоты
    log.vacancy.fill_quotas.id number: Идентификатор квоты
    log.vacancy.fill_quotas.vacancy_request number: Идентификатор запроса на создание вакансии
    log.vacancy.frame_id number: Идентификатор текущего фрейма вакансии
    log.vacancy.hidden boolean: Скрыта ли вакансия от коллег
    log.vacancy.id number: Идентификатор вакансии
    log.vacancy.money text: Зарплата
    log.vacancy.multiple boolean
    log.vacancy.parent number open
    log.vacancy.position text/word: Название вакансии (должности)
    log.vacancy.priority number: Приоритет вакансии (может быть или 0 (обычный), или 1 (высокий))
    log.vacancy.requirements text: Требования в формате HTML
    log.vacancy.state text/word: Статус вакансии
    log.vacancy.vacancy_frame_fill_quota object
    log.vacancy.vacancy_frame_fill_quota.already_hired number
    log.vacancy.vacancy_frame_fill_quota.applicants_to_hire number
    log.vacancy.vacancy_frame_fill_quota.changed time
    log.vacancy.vacancy_frame_fill_quota.closed time
    log.vacancy.vacancy_frame_fill_quota.created time
    log.vacancy.vacancy_frame_fill_quota.deadline date
    log.vacancy.vacancy_frame_fill_quota.id number
    log.vacancy.vacancy_frame_fill_quota.vacancy_frame number
    log.vacancy.vacancy_frame_fill_quota.vacancy_request number
    log.vacancy.vacancy_request object
    log.vacancy.vacancy_request.account number
    log.vacancy.vacancy_request.account_info object
    log.vacancy.vacancy_request.account_info.email text/contact
    log.vacancy.vacancy_request.account_info.id number
    log.vacancy.vacancy_request.account_info.name text/person
    log.vacancy.vacancy_request.account_vacancy_request number
    log.vacancy.vacancy_request.changed time
    log.vacancy.vacancy_request.created time
    log.vacancy.vacancy_request.files list
    log.vacancy.vacancy_request.files.content_type text/word
    log.vacancy.vacancy_request.files.id number
    log.vacancy.vacancy_request.files.name text
    log.vacancy.vacancy_request.files.url text
    log.vacancy.vacancy_request.id number
    log.vacancy.vacancy_request.position text/word
    log.vacancy.vacancy_request.states list
    log.vacancy.vacancy_request.states.changed time
    log.vacancy.vacancy_request.states.email text/contact
    log.vacancy.vacancy_request.states.id number
    log.vacancy.vacancy_request.states.order number
    log.vacancy.vacancy_request.states.reason text
    log.vacancy.vacancy_request.states.status text/word
    log.vacancy.vacancy_request.status text/word
    log.vacancy.vacancy_request.updated time
    log.vacancy.vacancy_request.vacancy number
    log.vacancy.vacancy_request.values object/free open
    log.vacancy.values object/free open: Дополнительные поля вакансии
    log.vacancy_group_action object open
    stage object: Этап подбора
    stage.id number: Номер этапа
    stage.name text/word: Название этапа
    tags list: Метки кандидата
    tags.color text/word
    tags.id number
    tags.name text/word
    vacancy.grade object
    vacancy.grade.foreign text/code
    vacancy.grade.id number
    vacancy.grade.meta object open
    vacancy.grade.name text/word
    vacancy.parent number open
  `,
};
