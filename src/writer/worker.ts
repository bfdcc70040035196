import { runWriter } from '../database/sqlite/writer-program.ts';
import { procedures } from './procedures.ts';

runWriter(procedures);
