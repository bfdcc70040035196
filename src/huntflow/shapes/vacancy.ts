import { envelopePlaces, envelope, personFields, vacancyFields } from './common.ts';
import type { EventShape } from './event-shape.ts';

export const vacancy: EventShape = {
  event: 'VACANCY',
  title: { ru: 'Вакансии', en: 'Vacancies' },
  types: [
    'OPEN',
    'CLOSED',
    'HOLD',
    'REOPEN',
    'VACANCY_REQUEST_ATTACH',
    'RESUME',
    'CREATED',
    'EDIT',
    'LEAVE',
    'JOIN',
    'REMOVED',
  ],
  places: {
    vacancy: 'event.vacancy',
    log: 'event.vacancy_log',
    logType: 'event.vacancy_log.state event.vacancy_log.type',
    user: 'event.user',
    ...envelopePlaces,
  },
  fields: `${envelope}${vacancyFields}${personFields}
    applicant object: Кандидат (так пишет документ версии 1.0)
    event.type text/word: Вид записи: с ним сравнивает on.type
    log object: Запись в истории
    log.close_reason object
    log.close_reason.id number
    log.close_reason.name text/word
    log.comment text: Комментарий
    log.created time: Дата и время создания события
    log.hold_reason object
    log.hold_reason.id number
    log.hold_reason.name text
    log.id number: Идентификатор действия
    log.state text/word
    log.type text/word: Тип действия
    user object: Кто присоединился к вакансии или покинул её (JOIN, LEAVE)
    user.id number: Его идентификатор
    user.name text/person: Его имя
    vacancy.grade object
    vacancy.grade.foreign text/code
    vacancy.grade.id number
    vacancy.grade.name text/word
    vacancy.parent object
    vacancy.parent.account_division object
    vacancy.parent.account_division.full_path list
    vacancy.parent.account_division.full_path.id number
    vacancy.parent.account_division.full_path.name text/word
    vacancy.parent.account_division.full_path.parent number
    vacancy.parent.account_division.id number
    vacancy.parent.account_division.name text/word
    vacancy.parent.account_region object
    vacancy.parent.account_region.id number
    vacancy.parent.account_region.name text/word
    vacancy.parent.applicants_to_hire number
    vacancy.parent.body text
    vacancy.parent.company text
    vacancy.parent.conditions text
    vacancy.parent.created time
    vacancy.parent.deadline date
    vacancy.parent.fill_quotas list open
    vacancy.parent.frame_id number open
    vacancy.parent.hidden boolean
    vacancy.parent.id number
    vacancy.parent.money text
    vacancy.parent.multiple boolean
    vacancy.parent.parent number open
    vacancy.parent.position text/word
    vacancy.parent.priority number
    vacancy.parent.requirements text
    vacancy.parent.state text/word
    vacancy.parent.values object/free open
  `,
};
