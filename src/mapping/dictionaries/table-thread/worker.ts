import { answerRequests } from '../../../process/thread-worker.ts';
import { readTables } from '../read-tables.ts';

answerRequests(readTables);
