import { RejectedError, type Text, UnavailableError } from '../../src/adapter.ts';
import { Adoption } from './adoption.ts';
import type { DeliveryRun } from './delivery-run.ts';
import { type Entity, flagAt, sameValue, silentChanges, textAt } from './difference.ts';
import { emptied } from './emptied.ts';
import type { Identity } from './identity.ts';
import { guid } from './literal.ts';
import type { Hit } from './looked.ts';
import { own, type SetShape } from './metadata.ts';
import { sameKey } from './object-key.ts';
import type { PlannedStep } from './planned.ts';
import { mergedSection, writtenRows } from './sections.ts';
import { afterWrite, digestOf, isUntouched, ours, type Standing, stranger } from './standing.ts';
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
  const standing = standingOf(step, identity, hit);
  const unchanged: StepResult = { did: 'already there', key, fresh: false, warnings: [], standing };
  if (step.verb === 'create') return unchanged;
  let current = hit;
  let sent = false;
  // Twice: what was found by a search is read again, and who changed the object meanwhile (412) is let by once.
  for (let tries = 0; tries < 3; tries += 1) {
    const { patch, findings } = await differing(run, step, identity, standing, current.entity);
    if (Object.keys(patch).length === 0)
      return { ...unchanged, warnings: findings, ...(sent ? { did: 'updated' } : {}) };
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
          warnings: [
            ...findings,
            ...silentChanges(step.set.name, step.set.fields, step.set.sections, patch, written.entity),
          ],
          attention: emptied(step, patch, written.entity),
          standing: await noted(run, step, standing, patch, written.entity),
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

/** What a write would say: only what 1C does not hold already, for each makes a new DataVersion (facts/1c.md 1.7). */
export async function differing(
  run: DeliveryRun,
  step: PlannedStep,
  identity: Identity,
  standing: Standing,
  stored: Entity,
): Promise<{ readonly patch: Entity; readonly findings: readonly Text[] }> {
  const adoption = new Adoption(step, standing, stored);
  const values = await run.resolution.entity(step.fields);
  const wanted = adoption.fields(values);
  const text = marked(step, identity, step.marker === undefined || step.marker in wanted ? wanted : {}, stored);
  const all = adoption.fills ? { ...wanted, ...text } : wanted;
  const fields = Object.entries(all).filter(
    ([name, value]) => !sameValue(own(step.set.fields, name)?.type ?? '', value, own(stored, name)),
  );
  const key = textAt(stored, 'Ref_Key');
  const sections = [...(await sectionsOf(run, step))].flatMap(([name, section]) => {
    const rows = mergedSection(section, own(stored, name), {
      owns: (row, value) => adoption.owns(name) || isUntouched(standing, key, rowDigest(key, name, row), value),
      fills: adoption.fills,
      leave: () => adoption.leave(name),
    });
    return rows === undefined ? [] : [[name, rows] as const];
  });
  return { patch: withTypes(values, Object.fromEntries([...fields, ...sections])), findings: adoption.findings };
}

/** What is kept of a write, so that the next one knows what nobody has changed since. */
async function noted(
  run: DeliveryRun,
  step: PlannedStep,
  standing: Standing,
  patch: Entity,
  stored: Entity,
): Promise<Standing> {
  if (standing.own) return standing;
  const key = textAt(stored, 'Ref_Key');
  const fields = Object.keys(patch).flatMap((name) =>
    own(step.set.fields, name) === undefined ? [] : [[name, own(stored, name)] as const],
  );
  const rows = [...(await sectionsOf(run, step))]
    .filter(([name]) => name in patch)
    .flatMap(([name, section]) =>
      Object.entries(writtenRows(section, own(stored, name))).map(
        ([row, value]) => [rowDigest(key, name, row), value] as const,
      ),
    );
  return afterWrite(standing, key, Object.fromEntries([...fields, ...rows]));
}

function rowDigest(key: string, section: string, row: string): string {
  return `${section}#${digestOf(key, section, row)}`;
}

/** Whose the object is: as kept with the Reference, else by our key, else by our token on a draft. */
export function standingOf(step: PlannedStep, identity: Identity, { entity, how }: Hit): Standing {
  const key = textAt(entity, 'Ref_Key');
  if (identity.keys.some((one) => sameKey(one, key))) return ours;
  if (identity.standing !== undefined && identity.reference !== undefined && sameKey(identity.reference, key))
    return identity.standing;
  return how !== 'match' && step.verb === 'draft' ? ours : stranger;
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

export function postedMeanwhile(step: PlannedStep, key: string, fields: readonly string[]): RejectedError {
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
