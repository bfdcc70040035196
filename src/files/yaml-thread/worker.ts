import { answerRequests } from '../../process/answer-requests.ts';
import { readYamlTree } from '../yaml-reader.ts';

answerRequests(readYamlTree);
