import { adapterErrorKind, type Receipt, RejectedError, type Text } from '../../src/adapter.ts';
import { keptWhen } from './create-object.ts';
import type { DeliveryRun } from './delivery-run.ts';
import { objectStep } from './object-step.ts';
import { askAll } from './questions.ts';
import { isNameRegister } from './person/name-register.ts';
import { isRegister } from './plan.ts';
import type { PlannedStep } from './planned.ts';
import { askForFiles } from './step-files.ts';
import { registerStep } from './register-step.ts';

/**
 * Carries out the steps in order; what earlier attempts have done is not done again. Everything that may need a person
 * is asked before the first write.
 */
export async function runSteps(run: DeliveryRun): Promise<Receipt> {
  const { steps } = run;
  const open = steps.filter(({ index }) => run.progress.endOf(index) === undefined);
  await askForFiles(run, open);
  await run.resolution.findAll(open);
  try {
    await askAll(run);
    for (const step of inOrder(run)) await runStep(run, step);
  } catch (error) {
    throw adapterErrorKind(error) === 'rejected' && error instanceof RejectedError
      ? withDone(run, steps, error)
      : error;
  }
  const summary = done(run, steps)
    .map(({ words }) => words.en)
    .join(', ');
  const { warnings, attention } = run.progress;
  return { summary, warnings: [...warnings], ...(attention.length === 0 ? {} : { attention }) };
}

/**
 * The name register of a known person goes before the person, for 1C takes the parts of a name from it at each write
 * (facts/1c-zup.md 2); that of a new person has to wait for the person.
 */
function inOrder({ steps, resolution }: DeliveryRun): readonly PlannedStep[] {
  const early = steps.filter((step) => isNameRegister(step.set) && resolution.referred(step.keys) !== undefined);
  return steps.flatMap((step) => {
    if (early.includes(step)) return [];
    const mine = early.filter(({ keys }) => keys.some(({ value }) => value.kind === 'ref' && value.name === step.as));
    return [...mine, step];
  });
}

async function runStep(run: DeliveryRun, step: PlannedStep): Promise<void> {
  if (run.progress.endOf(step.index) !== undefined) return;
  const result = await (isRegister(step.set) ? registerStep(run, step) : objectStep(run, step));
  const { did, key, fresh, warnings, attention, standing, entity } = result;
  if (key !== '') run.resolution.name({ set: step.set.name, key, fresh, own: standing?.own === true, step, entity });
  const own = standing?.own === true;
  const { resolution } = run;
  const found = {
    warnings: [...resolution.warnings.splice(0), ...warnings],
    attention: [...resolution.attention.splice(0), ...(attention ?? [])],
  };
  // A row of a register has its key from the record: it is never there twice.
  await run.progress.end(step.index, { did, key, own }, found, isRegister(step.set) ? 'soon' : keptWhen(run, step));
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
