import { RejectedError, type Text, UnavailableError } from '../../src/adapter.ts';
import type { DeliveryRun } from './delivery-run.ts';
import { flagAt, textAt } from './difference.ts';
import { guid } from './literal.ts';
import { markedId } from './marker.ts';
import type { Hit } from './looked.ts';
import type { PlannedStep } from './planned.ts';
import type { StepResult } from './step-result.ts';

/** Marks an unposted object for deletion; nothing is ever deleted (facts/1c.md 1.7). */
export async function withdrawObject(run: DeliveryRun, step: PlannedStep, hit: Hit | undefined): Promise<StepResult> {
  if (hit === undefined) return { did: 'nothing to withdraw', key: '', fresh: false, warnings: [] };
  const key = textAt(hit.entity, 'Ref_Key').toLowerCase();
  const result: StepResult = { did: 'withdrawn', key, fresh: false, warnings: [] };
  // Between a search and the mark somebody may post it, so the last look is always a fresh one.
  const entity = hit.whole ? hit.entity : await run.entities.read(step.set, guid(key), run.line);
  if (entity === undefined || flagAt(entity, 'DeletionMark')) return result;
  if (isLater(run, step, textAt(entity, step.marker ?? '')))
    return { ...result, did: 'already there', warnings: [later(step, key)] };
  if (flagAt(entity, 'Posted')) throw posted(step, key);
  const written = await run.entities.change(
    step.set,
    guid(key),
    { DeletionMark: true },
    textAt(entity, 'DataVersion'),
    run.line,
  );
  if (written.kind === 'refused') throw written.error;
  if (written.kind === 'written' && flagAt(written.entity, 'DeletionMark')) return result;
  const after = await run.entities.read(step.set, guid(key), run.line);
  if (after === undefined || flagAt(after, 'DeletionMark')) return result;
  throw new UnavailableError({
    ru: `${step.set.name}(${key}): пометка на удаление не подтвердилась; попробуем ещё раз.`,
    en: `${step.set.name}(${key}): the mark for deletion is not confirmed; it will be tried again.`,
  });
}

/** Huntflow does not keep the order of events (facts/huntflow.md 1.6): an old stage must not take a newer hire back. */
function isLater(run: DeliveryRun, step: PlannedStep, text: string): boolean {
  const made = step.after === undefined ? undefined : markedId(run.marker, step.after.kind, text);
  const id = String(step.after?.id ?? 0);
  return made !== undefined && /^\d+$/.test(id) && made > BigInt(id);
}

function later(step: PlannedStep, key: string): Text {
  return {
    ru: `${step.set.name}(${key}) создан по более позднему событию и оставлен как есть`,
    en: `${step.set.name}(${key}) was made by a later event and is left as it is`,
  };
}

function posted(step: PlannedStep, key: string): RejectedError {
  return new RejectedError({
    ru: `${step.set.name}(${key}) уже проведён, сам он не отзывается: решает человек. Отмените проведение или сторнируйте документ в 1С, затем повторите или отмените доставку.`,
    en:
      `${step.set.name}(${key}) is posted already and is not withdrawn by itself: a person must decide. Unpost ` +
      'or reverse it in 1C, then retry or cancel the delivery.',
  });
}
