import { envelopePlaces, envelope } from './common.ts';
import type { EventShape } from './event-shape.ts';

export const vacancyRequest: EventShape = {
  event: 'VACANCY-REQUEST',
  title: { ru: 'Заявки на вакансии', en: 'Requests for vacancies' },
  types: ['CREATE', 'EDIT', 'REMOVE', 'MIGRATE'],
  places: {
    request: 'event.vacancy_request',
    log: 'event.vacancy_request_log',
    logType: 'event.vacancy_request_log.action',
    ...envelopePlaces,
  },
  fields: `${envelope}
    event.type text/word: Вид записи: с ним сравнивает on.type
    log object: Запись в истории
    log.action text/word: Действие
    log.created time: Дата создания лога
    log.id number: Идентификатор записи
    log.reason text
    request object: Заявка на вакансию
    request.account number
    request.account_info object
    request.account_info.email text/contact
    request.account_info.id number
    request.account_info.name text/person
    request.account_vacancy_request number
    request.changed time
    request.created time: Дата создания заявки
    request.files list
    request.files.content_type text/word
    request.files.id number
    request.files.name text
    request.files.url text
    request.id number: Идентификатор заявки
    request.position text/word: Название вакансии
    request.states list
    request.states.changed time
    request.states.email text/contact
    request.states.id number
    request.states.order number
    request.states.reason text open
    request.states.status text/word
    request.status text/word
    request.updated time
    request.vacancy number
    request.values object/free open: Поля заявки
  `,
};
