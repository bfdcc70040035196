import { applicant } from './applicant.ts';
import type { EventShape } from './event-shape.ts';
import { offer } from './offer.ts';
import { recruitmentEvaluation } from './recruitment-evaluation.ts';
import { response } from './response.ts';
import { surveyQuestionary } from './survey-questionary.ts';
import { vacancyRequest } from './vacancy-request.ts';
import { vacancy } from './vacancy.ts';

/** Every type of event that a mapping can take, most usual first. */
export const eventShapes: readonly EventShape[] = [
  applicant,
  vacancy,
  vacancyRequest,
  response,
  offer,
  recruitmentEvaluation,
  surveyQuestionary,
];
