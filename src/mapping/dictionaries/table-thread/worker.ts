import { answerRequests } from '../../../process/answer-requests.ts';
import { readTables } from '../read-tables.ts';

answerRequests(readTables);
