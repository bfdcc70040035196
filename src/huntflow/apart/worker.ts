import { answerRequests } from '../../process/thread-worker.ts';
import { readBriefly } from '../webhook.ts';

answerRequests(readBriefly);
