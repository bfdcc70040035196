import { UnavailableError } from '../../src/adapter.ts';
import type { DeliveryRun } from './delivery-run.ts';
import { flagAt } from './difference.ts';
import { guid } from './literal.ts';
import { own } from './metadata.ts';
import type { PlannedStep } from './planned.ts';
import type { StepResult } from './step-result.ts';

/** Posts the document of a step unless it is posted; whether it is, only a fresh look tells. */
export async function postDocument(run: DeliveryRun, step: PlannedStep, result: StepResult): Promise<StepResult> {
  const isPosted = async (): Promise<boolean> =>
    flagAt((await run.entities.read(step.set, guid(result.key), run.line)) ?? {}, 'Posted');
  if (own(step.set.fields, 'Posted') === undefined) return result;
  if (!result.fresh && (await isPosted())) return result;
  // What the step found out so far is kept first: posting may be refused, and the draft is there by then.
  await run.progress.warn(result.warnings);
  const answer = await run.entities.post(step.set, result.key, run.line);
  if (answer.kind === 'refused') throw answer.error;
  if (await isPosted()) return { ...result, did: 'posted' };
  throw new UnavailableError({
    ru: `${step.set.name}(${result.key}): проведение не подтвердилось; посмотрим ещё раз.`,
    en: `${step.set.name}(${result.key}): posting is not confirmed; we look again.`,
  });
}
