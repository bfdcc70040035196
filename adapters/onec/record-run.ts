import { adapterErrorKind, type Receipt, RejectedError, type Text } from '../../src/adapter.ts';
import type { DeliveryRun } from './delivery-run.ts';
import { objectStep } from './object-step.ts';
import { isRegister } from './plan.ts';
import type { PlannedStep } from './planned.ts';
import { registerStep } from './register-step.ts';

/** Carries out the steps in order; what earlier attempts have done is not done again. */
export async function runSteps(run: DeliveryRun, steps: readonly PlannedStep[]): Promise<Receipt> {
  const open = steps.filter(({ index }) => run.progress.endOf(index) === undefined);
  await run.resolution.findAll(open);
  try {
    for (const step of steps) await runStep(run, step);
  } catch (error) {
    throw adapterErrorKind(error) === 'rejected' && error instanceof RejectedError
      ? withDone(run, steps, error)
      : error;
  }
  const summary = done(run, steps)
    .map(({ words }) => words.en)
    .join(', ');
  return { summary, warnings: [...run.progress.warnings] };
}

async function runStep(run: DeliveryRun, step: PlannedStep): Promise<void> {
  const ended = run.progress.endOf(step.index);
  if (ended !== undefined) {
    run.resolution.name(step.as, ended.key === '' ? undefined : { set: step.set.name, key: ended.key, fresh: false });
    return;
  }
  const { did, key, fresh, warnings } = await (isRegister(step.set) ? registerStep(run, step) : objectStep(run, step));
  run.resolution.name(step.as, key === '' ? undefined : { set: step.set.name, key, fresh });
  await run.progress.end(step.index, { did, key }, [...run.resolution.warnings.splice(0), ...warnings]);
}

const russian: Readonly<Record<string, string>> = {
  created: 'создан',
  'found after a lost answer': 'найден после потерянного ответа',
  updated: 'обновлён',
  'already there': 'уже был',
  posted: 'проведён',
  withdrawn: 'помечен на удаление',
  'nothing to withdraw': 'отзывать нечего',
};

function done(run: DeliveryRun, steps: readonly PlannedStep[]): { readonly words: Text; readonly wrote: boolean }[] {
  return run.progress.ends.map(([index, { did, key }]) => {
    const set = steps.find((step) => step.index === index)?.set.name ?? '';
    const name = key === '' ? set : `${set}(${key})`;
    return {
      words: { ru: `${name}: ${russian[did] ?? did}`, en: `${name} ${did}` },
      wrote: did !== 'already there' && did !== 'nothing to withdraw',
    };
  });
}

/** A refusal half way says what is in 1C already. */
function withDone(run: DeliveryRun, steps: readonly PlannedStep[], error: RejectedError): RejectedError {
  const written = done(run, steps)
    .filter(({ wrote }) => wrote)
    .map(({ words }) => words);
  if (written.length === 0) return error;
  return new RejectedError(
    {
      ru: `${error.text.ru} До этого шага в 1С записано: ${written.map(({ ru }) => ru).join('; ')}.`,
      en: `${error.text.en} Written to 1C before this step: ${written.map(({ en }) => en).join('; ')}.`,
    },
    { cause: error },
  );
}
