import { answerRequests } from '../../process/answer-requests.ts';
import { readBriefly } from '../webhook.ts';

answerRequests(readBriefly);
