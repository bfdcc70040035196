import { envelopePlaces, applicantFields, envelope, vacancyFields } from './common.ts';
import type { EventShape } from './event-shape.ts';

export const offer: EventShape = {
  event: 'OFFER',
  title: { ru: 'Офферы', en: 'Offers' },
  types: ['ADD', 'EDIT'],
  places: {
    applicant: 'event.applicant',
    vacancy: 'event.vacancy',
    offer: 'event.applicant_offer',
    log: 'event.applicant_offer.account_applicant_offer_log',
    logType: 'event.applicant_offer.account_applicant_offer_log.type',
    agreement: 'event.applicant.pd_agreement',
    ...envelopePlaces,
  },
  fields: `${envelope}${vacancyFields}${applicantFields}
    applicant.values object/free open: Ответы в дополнительной анкете
    event.type text/word: Вид записи: с ним сравнивает on.type
    log object: Запись в истории
    log.created time: Дата создания лога
    log.id number: Идентификатор лога
    log.type text/word: Тип лога
    offer object: Оффер
    offer.account_applicant_offer_log object: Лог предложения
    offer.account_applicant_offer_log.id number: Иденитфикатор лога
    offer.account_applicant_offer_log.type text/word: Тип лога
    offer.applicant_offer_id number: Идентификатор аккаунт предложения
    offer.created time: Дата создания
    offer.id number: Идентификатор предложения
    offer.values object/free open: Дополнительные поля предложения
    vacancy.grade object
    vacancy.grade.foreign text/code
    vacancy.grade.id number
    vacancy.grade.name text/word
    vacancy.parent number open
  `,
};
