import { parentPort, workerData } from 'node:worker_threads';
import { Evaluation } from '../record/evaluation.ts';
import { Progress } from './progress.ts';
import type { Answer, Batch, Call, WorkerStart } from './wire.ts';

/** Answers are sent together, but none waits longer than this for the calls behind it. */
const answerWithinMs = 5;

const port = parentPort;
if (port === null) throw new Error('worker.ts runs in a worker thread only');
const start: WorkerStart = workerData;
const progress = new Progress(start.progress);
const evaluations = new Map<number, Evaluation>();
let queue: Promise<void> = Promise.resolve();

port.on('message', (batch: Batch) => {
  queue = queue.then(() => run(batch));
});

async function run(batch: Batch): Promise<void> {
  for (const id of batch.forget) evaluations.delete(id);
  for (const [id, program] of batch.programs) evaluations.set(id, new Evaluation(program));
  let answers: Answer[] = [];
  let waitingSince = performance.now();
  for (const call of batch.calls) {
    progress.begin(call.id);
    answers.push(await answerTo(call));
    progress.end();
    if (performance.now() - waitingSince < answerWithinMs) continue;
    port?.postMessage(answers);
    answers = [];
    waitingSince = performance.now();
  }
  if (answers.length > 0) port?.postMessage(answers);
}

async function answerTo({ id, program, view, part }: Call): Promise<Answer> {
  const evaluation = evaluations.get(program);
  if (evaluation === undefined) throw new Error(`program ${program} was never sent`);
  switch (part) {
    case 'all':
      return { call: id, outcome: await evaluation.map(view) };
    case 'explain':
      return { call: id, outcome: { outcome: 'explained', explanation: await evaluation.explain(view) } };
    case 'key':
      return { call: id, outcome: { outcome: 'key', key: await evaluation.key(view) } };
  }
}
