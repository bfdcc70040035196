import { envelopePlaces, applicantFields, envelope, vacancyFields } from './common.ts';
import type { EventShape } from './event-shape.ts';

export const surveyQuestionary: EventShape = {
  event: 'SURVEY-QUESTIONARY',
  title: { ru: 'Анкеты кандидатов', en: 'Questionnaires of candidates' },
  types: [],
  places: {
    applicant: 'event.applicant',
    vacancy: 'event.vacancy',
    survey: 'event.survey_questionary',
    agreement: 'event.applicant.pd_agreement',
    ...envelopePlaces,
  },
  fields: `${envelope}${vacancyFields}${applicantFields}
    applicant.values object/free open: Ответы в дополнительной анкете
    survey object: Анкета кандидата
    survey.answer object
    survey.answer.created time
    survey.answer.data object/free open
    survey.answer.id number
    survey.applicant_log_id number: Запись в истории кандидата, к которой относится анкета
    survey.created time
    survey.created_by object
    survey.created_by.account_id number
    survey.created_by.name text/person
    survey.id number
    survey.link text
    survey.respondent object
    survey.respondent.applicant_id number
    survey.respondent.name text/person
    survey.survey object
    survey.survey.active boolean
    survey.survey.created time
    survey.survey.id number
    survey.survey.name text
    survey.survey.schema object/form open
    survey.survey.title text
    survey.survey.type text/word
    survey.survey.ui_schema object/form open
    survey.survey.updated time open
    vacancy.parent number open
  `,
};
