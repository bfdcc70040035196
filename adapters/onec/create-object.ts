import { type Text, UnavailableError } from '../../src/adapter.ts';
import { isCard } from './card/card-step.ts';
import type { DeliveryRun } from './delivery-run.ts';
import { type Entity, silentChanges, textAt } from './difference.ts';
import { emptied } from './emptied.ts';
import type { Written } from './entities.ts';
import type { Identity } from './identity.ts';
import { guid } from './literal.ts';
import { alike, needsLooks } from './lookalike.ts';
import { accepted } from './lookup.ts';
import { lostObject } from './lost-object.ts';
import { isKey, sameKey } from './object-key.ts';
import type { PlannedStep } from './planned.ts';
import { ours } from './standing.ts';
import { filesOf } from './step-files.ts';
import type { StepResult } from './step-result.ts';
import type { Deed } from './progress.ts';
import { updateObject } from './update-object.ts';
import { notSettled, wantedOf } from './wanted.ts';

const keyless: Text = { ru: 'в ответе нет Ref_Key', en: 'the answer has no Ref_Key' };

/** POSTs an object that was looked for and not found. Word of it is kept first, so that no crash makes a second one. */
export async function createObject(run: DeliveryRun, step: PlannedStep, identity: Identity): Promise<StepResult> {
  const body = await wantedOf(run, step, identity);
  const isNew = run.resolution.freshObject(step.fields) !== undefined;
  const before = needsLooks(run, step, identity) && !(isCard(step) && isNew) ? await alike(run, step, body) : [];
  run.progress.see(run.resolution.attention.splice(0));
  await run.progress.begin({ step: step.index, at: run.now(), key: identity.key, before }, keptWhen(run, step));
  const answer = await run.entities.insert(step.set, body, run.line, await filesOf(run, step));
  const written: Written =
    answer.kind === 'written' && !isKey(textAt(answer.entity, 'Ref_Key')) ? { kind: 'doubt', reason: keyless } : answer;
  switch (written.kind) {
    case 'written': {
      run.keepsKeys.set(step.set.name, sameKey(textAt(written.entity, 'Ref_Key'), identity.key));
      return finishCreated(step, body, written.entity, 'created', true);
    }
    case 'exists':
      return existing(run, step, identity);
    case 'refused':
      await run.progress.undo();
      throw written.error;
    case 'absent':
    case 'changed':
      await run.progress.undo();
      throw odd(step);
    case 'doubt': {
      // 1C may go on with a request for a while after the client has stopped waiting: the wait counts from here, also
      // when looking fails.
      await run.progress.begin({ step: step.index, at: run.now(), key: identity.key, before });
      const found = await lostObject(run, step, identity, body, before);
      if (found === undefined) throw notSettled(step.set.name, run.settle, written.reason);
      return finishCreated(step, body, found, 'found after a lost answer', false);
    }
  }
}

/** A base that keeps our keys tells itself what became of an object: of it nothing needs to be kept at once. */
export function keptWhen(run: DeliveryRun, step: PlannedStep): 'now' | 'soon' {
  return run.keepsKeys.get(step.set.name) === true ? 'soon' : 'now';
}

/** What 1C made of the object, compared with what it was sent. */
export function finishCreated(step: PlannedStep, body: Entity, stored: Entity, did: Deed, fresh: boolean): StepResult {
  const warnings = silentChanges(step.set.name, step.set.fields, step.set.sections, body, stored);
  return {
    did,
    key: textAt(stored, 'Ref_Key').toLowerCase(),
    fresh,
    warnings,
    attention: emptied(step, body, stored),
    standing: ours,
  };
}

/** Code 15: our key is taken, so the object is ours. */
async function existing(run: DeliveryRun, step: PlannedStep, identity: Identity): Promise<StepResult> {
  await run.progress.undo();
  run.keepsKeys.set(step.set.name, true);
  const entity = await run.entities.read(step.set, guid(identity.key), run.line);
  if (entity === undefined) throw odd(step);
  return updateObject(run, step, identity, accepted(step, identity, { entity, whole: true, how: 'key' }));
}

function odd(step: PlannedStep): UnavailableError {
  return new UnavailableError({
    ru: `POST ${step.set.name}: 1С отвечает про объект противоречиво (есть и нет); посмотрим ещё раз позже.`,
    en: `POST ${step.set.name}: 1C says of the object that it is there and that it is not; we look again later.`,
  });
}
