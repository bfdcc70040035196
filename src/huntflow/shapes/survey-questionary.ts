import { applicantFields, envelope, vacancyFields } from './common.ts';
import type { EventShape } from './event-shape.ts';

export const surveyQuestionary: EventShape = {
  event: 'SURVEY-QUESTIONARY',
  title: { ru: 'Анкеты кандидатов', en: 'Questionnaires of candidates' },
  types: [],
  fields: `${envelope}${vacancyFields}${applicantFields}
    applicant.values object open: Ответы в дополнительной анкете
    survey object: Анкета кандидата
    survey.answer object
    survey.answer.created time
    survey.answer.data object open
    survey.answer.id number
    survey.applicant_log_id number: Запись в истории кандидата, к которой относится анкета
    survey.created time
    survey.created_by object
    survey.created_by.account_id number
    survey.created_by.name text
    survey.id number
    survey.link text
    survey.respondent object
    survey.respondent.applicant_id number
    survey.respondent.name text
    survey.survey object
    survey.survey.active boolean
    survey.survey.created time
    survey.survey.id number
    survey.survey.name text
    survey.survey.schema object open
    survey.survey.title text
    survey.survey.type text
    survey.survey.ui_schema object open
    survey.survey.updated time open
    vacancy.parent number open
  `,
};
