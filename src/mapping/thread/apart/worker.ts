import { answerRequests } from '../../../process/answer-requests.ts';
import type { MapOutcome } from '../../record/outcome.ts';
import type { WholeCall } from '../apart-mapping.ts';
import { MappingEngine } from '../engine.ts';

let engine: MappingEngine | undefined;

answerRequests(({ programs, view, deadline, memory }: WholeCall): Promise<MapOutcome[]> => {
  const own = (engine ??= new MappingEngine({ deadline, memory, wholeApart: false }));
  return Promise.all(programs.map((program) => own.map({ program }, view)));
});
