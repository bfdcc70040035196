import { workerData } from 'node:worker_threads';
import { type HuntflowView } from '../../huntflow/view.ts';
import { wholeView } from '../../huntflow/webhook.ts';
import { answerRequests } from '../../process/answer-requests.ts';
import { Evaluation } from '../record/evaluation.ts';
import { defaultKey } from '../record/key.ts';
import { Progress } from './progress.ts';
import type { Call, CallOutcome, WorkerStart } from './wire.ts';

const start: WorkerStart = workerData;
const progress = new Progress(start.progress);
const evaluations = new Map<number, Evaluation>();
/** The last large body: calls for one event come one after the other. */
let read: { readonly bytes: Uint8Array; readonly view: ReturnType<typeof wholeView> } | undefined;

answerRequests(async (call: Call): Promise<CallOutcome> => {
  for (const id of call.forget ?? []) evaluations.delete(id);
  if (call.code !== undefined) evaluations.set(call.program, new Evaluation(call.code));
  const evaluation = evaluations.get(call.program);
  if (evaluation === undefined) throw new Error(`program ${call.program} was never sent`);
  const whole = wholeOf(call.view);
  if (!whole.ok) return { outcome: 'failed', text: whole.text, key: defaultKey(call.view) };
  progress.begin(call.id); // reading a body takes as long as it is large, and is no formula's fault
  try {
    return await outcomeOf(evaluation, whole.view, call.part);
  } finally {
    progress.end();
  }
});

async function outcomeOf(evaluation: Evaluation, view: HuntflowView, part: Call['part']): Promise<CallOutcome> {
  switch (part) {
    case 'all':
      return evaluation.map(view);
    case 'explain':
      return { outcome: 'explained', explanation: await evaluation.explain(view) };
    case 'key':
      return { outcome: 'key', key: await evaluation.key(view) };
  }
}

function wholeOf(view: HuntflowView): ReturnType<typeof wholeView> {
  if (view.whole === undefined) {
    read = undefined;
    return { ok: true, view };
  }
  const { bytes } = view.whole;
  if (read?.bytes !== bytes) read = { bytes, view: wholeView(view.whole) };
  return read.view;
}
