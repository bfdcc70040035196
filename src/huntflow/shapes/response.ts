import { envelopePlaces, envelope, vacancyFields } from './common.ts';
import type { EventShape } from './event-shape.ts';

export const response: EventShape = {
  event: 'RESPONSE',
  title: { ru: 'Отклики с сайтов по поиску работы', en: 'Responses from job sites' },
  types: ['HIDDEN', 'CANCELLED', 'TAKEN', 'REJECTED'],
  places: {
    response: 'event.applicant_external_response',
    logType: 'event.applicant_external_response.state',
    vacancy: 'event.vacancy_external.vacancy',
    ...envelopePlaces,
  },
  fields: `${envelope}${vacancyFields}
    event.type text/word: Вид записи: с ним сравнивает on.type
    response object: Отклик
    response.created time: Дата создания отклика
    response.data object/free open
    response.foreign text/code: Внешний идентификатор отклика
    response.id number: Идентификатор отклика
    response.response_data object/free open
    response.resume object open: Резюме кандидата
    response.state text/word: Состояние отклика
    response.updated time: Дата обновления отклика
    response.vacancy_external object
    response.vacancy_external.account_vacancy_external object
    response.vacancy_external.account_vacancy_external.account_source object: Описание источника
    response.vacancy_external.account_vacancy_external.account_source.foreign text/code: Внешний идентификатор источника
    response.vacancy_external.account_vacancy_external.account_source.id number: Идентификатор записи
    response.vacancy_external.account_vacancy_external.account_source.name text/word: Имя источника
    response.vacancy_external.account_vacancy_external.account_source.type text/word: Тип источника (системный/пользовательский)
    response.vacancy_external.account_vacancy_external.auth_type text/word: Тип авторизации
    response.vacancy_external.account_vacancy_external.id number: Идентификатор записи
    response.vacancy_external.account_vacancy_external.name text: Текстовое название
    response.vacancy_external.created time
    response.vacancy_external.data object/free open
    response.vacancy_external.foreign text/code: Внешний идентификатор вакансии
    response.vacancy_external.id number: Идентификатор внешней вакансии
    response.vacancy_external.state text/word: Состояние вакансии
    response.vacancy_external.vacancy object: см. вебхук VACANCY
    response.vacancy_external.vacancy.account_division object: Подразделение (если подразделения подключены)
    response.vacancy_external.vacancy.account_division.full_path list
    response.vacancy_external.vacancy.account_division.full_path.id number
    response.vacancy_external.vacancy.account_division.full_path.name text/word
    response.vacancy_external.vacancy.account_division.full_path.parent number
    response.vacancy_external.vacancy.account_division.id number: Идентификатор подразделения
    response.vacancy_external.vacancy.account_division.name text/word: Название подразделения
    response.vacancy_external.vacancy.account_region object: Регион
    response.vacancy_external.vacancy.account_region.id number: Идентификатор региона
    response.vacancy_external.vacancy.account_region.name text/word: Название региона
    response.vacancy_external.vacancy.applicants_to_hire number: Количество кандидатов к найму
    response.vacancy_external.vacancy.body text: Обязанности в формате HTML
    response.vacancy_external.vacancy.company text: Отдел, подразделение (null, если подключены подразделения)
    response.vacancy_external.vacancy.conditions text: Условия в формате HTML
    response.vacancy_external.vacancy.created time: Дата и время создания вакансии
    response.vacancy_external.vacancy.deadline date: Дата дедлайна по вакансии
    response.vacancy_external.vacancy.fill_quotas list: Список квот вакансии
    response.vacancy_external.vacancy.fill_quotas.applicants_to_hire number: Количество кандидатов к найму
    response.vacancy_external.vacancy.fill_quotas.closed time: Дата закрытия квоты
    response.vacancy_external.vacancy.fill_quotas.created time: Дата создания квоты
    response.vacancy_external.vacancy.fill_quotas.deadline date: Дата дедлайна квоты
    response.vacancy_external.vacancy.fill_quotas.id number: Идентификатор квоты
    response.vacancy_external.vacancy.fill_quotas.vacancy_request number: Идентификатор запроса на создание вакансии
    response.vacancy_external.vacancy.frame_id number: Идентификатор текущего фрейма вакансии
    response.vacancy_external.vacancy.hidden boolean: Скрыта ли вакансия от коллег
    response.vacancy_external.vacancy.id number: Идентификатор вакансии
    response.vacancy_external.vacancy.money text: Зарплата
    response.vacancy_external.vacancy.multiple boolean
    response.vacancy_external.vacancy.parent number open
    response.vacancy_external.vacancy.position text/word: Название вакансии (должности)
    response.vacancy_external.vacancy.priority number: Приоритет вакансии (может быть или 0 (обычный), или 1 (высокий))
    response.vacancy_external.vacancy.requirements text: Требования в формате HTML
    response.vacancy_external.vacancy.state text/word: Статус вакансии
    response.vacancy_external.vacancy.vacancy_frame_fill_quota object
    response.vacancy_external.vacancy.vacancy_frame_fill_quota.already_hired number
    response.vacancy_external.vacancy.vacancy_frame_fill_quota.applicants_to_hire number
    response.vacancy_external.vacancy.vacancy_frame_fill_quota.changed time
    response.vacancy_external.vacancy.vacancy_frame_fill_quota.closed time
    response.vacancy_external.vacancy.vacancy_frame_fill_quota.created time
    response.vacancy_external.vacancy.vacancy_frame_fill_quota.deadline date
    response.vacancy_external.vacancy.vacancy_frame_fill_quota.id number
    response.vacancy_external.vacancy.vacancy_frame_fill_quota.vacancy_frame number
    response.vacancy_external.vacancy.vacancy_frame_fill_quota.vacancy_request number
    response.vacancy_external.vacancy.vacancy_request object
    response.vacancy_external.vacancy.vacancy_request.account number
    response.vacancy_external.vacancy.vacancy_request.account_info object
    response.vacancy_external.vacancy.vacancy_request.account_info.email text/contact
    response.vacancy_external.vacancy.vacancy_request.account_info.id number
    response.vacancy_external.vacancy.vacancy_request.account_info.name text/person
    response.vacancy_external.vacancy.vacancy_request.account_vacancy_request number
    response.vacancy_external.vacancy.vacancy_request.changed time
    response.vacancy_external.vacancy.vacancy_request.created time
    response.vacancy_external.vacancy.vacancy_request.files list
    response.vacancy_external.vacancy.vacancy_request.files.content_type text/word
    response.vacancy_external.vacancy.vacancy_request.files.id number
    response.vacancy_external.vacancy.vacancy_request.files.name text
    response.vacancy_external.vacancy.vacancy_request.files.url text
    response.vacancy_external.vacancy.vacancy_request.id number
    response.vacancy_external.vacancy.vacancy_request.position text/word
    response.vacancy_external.vacancy.vacancy_request.states list
    response.vacancy_external.vacancy.vacancy_request.states.changed time
    response.vacancy_external.vacancy.vacancy_request.states.email text/contact
    response.vacancy_external.vacancy.vacancy_request.states.id number
    response.vacancy_external.vacancy.vacancy_request.states.order number
    response.vacancy_external.vacancy.vacancy_request.states.reason text
    response.vacancy_external.vacancy.vacancy_request.states.status text/word
    response.vacancy_external.vacancy.vacancy_request.status text/word
    response.vacancy_external.vacancy.vacancy_request.updated time
    response.vacancy_external.vacancy.vacancy_request.vacancy number
    response.vacancy_external.vacancy.vacancy_request.values object/free open
    response.vacancy_external.vacancy.values object/free open: Дополнительные поля вакансии
    vacancy.parent number open
  `,
};
