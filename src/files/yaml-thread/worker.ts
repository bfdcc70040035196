import { answerRequests } from '../../process/thread-worker.ts';
import { readYamlTree } from '../yaml-reader.ts';

answerRequests(readYamlTree);
