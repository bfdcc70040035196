import { runWriter } from '../../src/database/sqlite/writer-program.ts';
import { procedures } from '../../src/writer/procedures.ts';
import { testProcedures } from './procedures.ts';

runWriter([...procedures, ...testProcedures]);
