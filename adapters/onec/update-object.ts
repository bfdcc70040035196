import { RejectedError, UnavailableError } from '../../src/adapter.ts';
import type { DeliveryRun } from './delivery-run.ts';
import { type Entity, flagAt, sameValue, silentChanges, textAt } from './difference.ts';
import type { Identity } from './identity.ts';
import { guid } from './literal.ts';
import type { Hit } from './lookup.ts';
import { own, type SetShape } from './metadata.ts';
import type { PlannedStep } from './planned.ts';
import { mergedSection } from './sections.ts';
import type { StepResult } from './step-result.ts';
import { marked, sectionsOf } from './wanted.ts';

/** Writes what differs to an object that is there; `create` leaves it as it is. */
export async function updateObject(
  run: DeliveryRun,
  step: PlannedStep,
  identity: Identity,
  hit: Hit,
): Promise<StepResult> {
  const key = textAt(hit.entity, 'Ref_Key').toLowerCase();
  const unchanged: StepResult = { did: 'already there', key, fresh: false, warnings: [] };
  if (step.verb === 'create') return unchanged;
  let current = hit;
  let sent = false;
  // Twice: what was found by a search is read again, and who changed the object meanwhile (412) is let by once.
  for (let tries = 0; tries < 3; tries += 1) {
    const patch = await differing(run, step, identity, current.entity);
    if (Object.keys(patch).length === 0) return sent ? { ...unchanged, did: 'updated' } : unchanged;
    if (flagAt(current.entity, 'Posted')) throw postedMeanwhile(step, key, Object.keys(patch));
    if (current.whole) {
      const written = await run.entities.change(
        step.set,
        guid(key),
        patch,
        textAt(current.entity, 'DataVersion'),
        run.line,
      );
      if (written.kind === 'written') {
        return {
          did: 'updated',
          key,
          fresh: false,
          warnings: silentChanges(step.set.name, step.set.fields, step.set.sections, patch, written.entity),
        };
      }
      if (written.kind === 'refused') throw written.error;
      sent ||= written.kind === 'doubt';
    }
    current = { ...current, entity: await reread(run, step, key), whole: true };
  }
  throw busy(step.set, key);
}

async function reread(run: DeliveryRun, step: PlannedStep, key: string): Promise<Entity> {
  const entity = await run.entities.read(step.set, guid(key), run.line);
  if (entity === undefined || flagAt(entity, 'DeletionMark')) throw busy(step.set, key);
  return entity;
}

/** Only what 1C does not hold already: every write there makes a new DataVersion (facts/1c.md 1.7). */
async function differing(run: DeliveryRun, step: PlannedStep, identity: Identity, stored: Entity): Promise<Entity> {
  const wanted = marked(step, identity, await run.resolution.entity(step.fields), stored);
  const fields = Object.entries(wanted).filter(
    ([name, value]) => !sameValue(own(step.set.fields, name)?.type ?? '', value, own(stored, name)),
  );
  const sections = [...(await sectionsOf(run, step))].flatMap(([name, section]) => {
    const rows = mergedSection(section, own(stored, name));
    return rows === undefined ? [] : [[name, rows] as const];
  });
  return withTypes(wanted, Object.fromEntries([...fields, ...sections]));
}

/** A reference of several types goes whole: key and type. */
function withTypes(wanted: Entity, patch: Entity): Entity {
  const whole: Record<string, unknown> = { ...patch };
  for (const name of Object.keys(wanted)) {
    const base = name.replace(/_Type$/, '');
    if (base !== name && base in wanted && (name in patch || base in patch))
      Object.assign(whole, { [base]: wanted[base], [name]: wanted[name] });
  }
  return whole;
}

function postedMeanwhile(step: PlannedStep, key: string, fields: readonly string[]): RejectedError {
  const list = fields.join(', ');
  return new RejectedError({
    ru: `${step.set.name}(${key}) уже проведён в 1С, поэтому не изменён (отличаются: ${list}); внесите изменения в 1С сами или отмените проведение и повторите доставку.`,
    en:
      `${step.set.name}(${key}) is posted in 1C already and was left as it is (different: ${list}); make the ` +
      'changes in 1C, or unpost it and retry the delivery.',
  });
}

function busy(set: SetShape, key: string): UnavailableError {
  return new UnavailableError({
    ru: `${set.name}(${key}) в эту минуту меняют в 1С, или ответ о записи потерян; посмотрим ещё раз и запишем только то, чего не хватает.`,
    en:
      `${set.name}(${key}) is being changed in 1C right now, or the answer to our change was lost; we look ` +
      'again and write only what is missing.',
  });
}
