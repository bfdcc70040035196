import { answerRequests } from '../../../process/answer-requests.ts';
import { type AskedAnswer, evaluateAnswer } from '../answer-formula.ts';

answerRequests(({ source, view }: AskedAnswer) => evaluateAnswer(source, view));
