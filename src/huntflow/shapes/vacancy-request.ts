import { envelope } from './common.ts';
import type { EventShape } from './event-shape.ts';

export const vacancyRequest: EventShape = {
  event: 'VACANCY-REQUEST',
  title: { ru: 'Заявки на вакансии', en: 'Requests for vacancies' },
  types: ['CREATE', 'EDIT', 'REMOVE', 'MIGRATE'],
  fields: `${envelope}
    event.type text: Вид записи: с ним сравнивает on.type
    log object: Запись в истории
    log.action text: Действие
    log.created time: Дата создания лога
    log.id number: Идентификатор записи
    log.reason text
    request object: Заявка на вакансию
    request.account number
    request.account_info object
    request.account_info.email text
    request.account_info.id number
    request.account_info.name text
    request.account_vacancy_request number
    request.changed time
    request.created time: Дата создания заявки
    request.files list
    request.files.content_type text
    request.files.id number
    request.files.name text
    request.files.url text
    request.id number: Идентификатор заявки
    request.position text: Название вакансии
    request.states list
    request.states.changed time
    request.states.email text
    request.states.id number
    request.states.order number
    request.states.reason text open
    request.states.status text
    request.status text
    request.updated time
    request.vacancy number
    request.values object open: Поля заявки
  `,
};
