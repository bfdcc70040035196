import { RejectedError } from '../../src/adapter.ts';
import type { DeliveryRun } from './delivery-run.ts';
import { type Entity, flagAt, sameValue, textAt } from './difference.ts';
import { type Identity, twice } from './identity.ts';
import { contains, guid } from './literal.ts';
import { own } from './metadata.ts';
import { sameKey } from './object-key.ts';
import type { PlannedField, PlannedStep } from './planned.ts';

/** An object of 1C; `whole` when it was read by its key a moment ago. */
export interface Hit {
  readonly entity: Entity;
  readonly whole: boolean;
}

const mostHits = 20;

/**
 * The object of a step, by Reference, Ref_Key, marker and `match`, in this order; everything but the Reference in one
 * request.
 * @throws RejectedError for several candidates and, unless the step withdraws, for one marked for deletion.
 */
export async function lookUp(run: DeliveryRun, step: PlannedStep, identity: Identity): Promise<Hit | undefined> {
  const referred = await byReference(run, step, identity);
  if (referred !== undefined) return accepted(step, identity, { entity: referred, whole: true }, 'reference');
  const groups = await groupsOf(run, step);
  const conditions = [
    ...identity.keys.map((key) => `Ref_Key eq ${guid(key)}`),
    ...(step.marker === undefined ? [] : identity.markers.map((marker) => contains(step.marker ?? '', marker))),
    ...groups.map(({ condition }) => condition),
  ];
  const filter = conditions.length === 1 ? conditions.join('') : conditions.map((one) => `(${one})`).join(' or ');
  const all = await run.entities.search(step.set, filter, run.line, { top: mostHits });
  const hits = all.filter((entity) => !flagAt(entity, 'IsFolder'));
  const ours = hits.filter((entity) => isOurs(step, identity, entity));
  if (ours.length > 0) return sole(step, identity, ours);
  return matched(step, identity, groups, hits);
}

async function byReference(run: DeliveryRun, step: PlannedStep, identity: Identity): Promise<Entity | undefined> {
  const found: Entity[] = [];
  for (const key of identity.reference === undefined ? [] : [identity.reference, ...identity.rivals]) {
    const entity = await run.entities.read(step.set, guid(key), run.line);
    if (entity !== undefined) found.push(entity);
  }
  const alive = found.filter((entity) => !flagAt(entity, 'DeletionMark'));
  if (alive.length > 1) throw twice(step.set.name, identity.name);
  return alive[0] ?? found[0];
}

function isOurs(step: PlannedStep, identity: Identity, entity: Entity): boolean {
  const text = step.marker === undefined ? '' : textAt(entity, step.marker);
  return (
    identity.keys.some((key) => sameKey(key, textAt(entity, 'Ref_Key'))) ||
    identity.markers.some((marker) => text.includes(marker))
  );
}

function sole(step: PlannedStep, identity: Identity, ours: readonly Entity[]): Hit {
  const alive = ours.filter((entity) => !flagAt(entity, 'DeletionMark'));
  if (alive.length > 1 && identity.keys.length > 1) throw twice(step.set.name, identity.name);
  const [first, second] = alive.length > 0 ? alive : ours;
  if (second !== undefined || first === undefined) throw several(step, ours.length);
  return accepted(step, identity, { entity: first, whole: false }, 'key');
}

interface Group {
  readonly fields: readonly PlannedField[];
  readonly condition: string;
  readonly wanted: Entity;
}

/** The groups whose every field has a value, also those that are references to what was not found. */
async function groupsOf(run: DeliveryRun, step: PlannedStep): Promise<readonly Group[]> {
  const groups: Group[] = [];
  for (const fields of step.match) {
    const conditions = await run.resolution.conditions(fields);
    if (conditions.length < fields.length) continue;
    groups.push({ fields, condition: conditions.join(' and '), wanted: await run.resolution.entity(fields) });
  }
  return groups;
}

function matched(
  step: PlannedStep,
  identity: Identity,
  groups: readonly Group[],
  hits: readonly Entity[],
): Hit | undefined {
  let rest = hits;
  for (const [at, { wanted }] of groups.entries()) {
    // What only the database's own comparison (case, padding) holds for equal belongs to the last group.
    const mine = at === groups.length - 1 ? rest : rest.filter((entity) => fits(step, wanted, entity));
    const alive = mine.filter((entity) => !flagAt(entity, 'DeletionMark'));
    if (alive.length > 1) throw several(step, alive.length);
    const [entity] = alive.length === 1 ? alive : mine;
    if (entity !== undefined) return accepted(step, identity, { entity, whole: false }, 'match');
    rest = rest.filter((one) => !mine.includes(one));
  }
  return undefined;
}

function fits(step: PlannedStep, wanted: Entity, entity: Entity): boolean {
  return Object.entries(wanted).every(([name, value]) =>
    sameValue(own(step.set.fields, name)?.type ?? '', value, own(entity, name)),
  );
}

/** The hit, unless it is marked for deletion and the step does not withdraw: then it is reported, never revived. */
export function accepted(step: PlannedStep, identity: Identity, hit: Hit, how: 'reference' | 'key' | 'match'): Hit {
  if (!flagAt(hit.entity, 'DeletionMark') || step.verb === 'withdraw') return hit;
  const key = textAt(hit.entity, 'Ref_Key');
  const by =
    how === 'match'
      ? { ru: 'найден по match', en: 'found by match' }
      : { ru: `${identity.name.kind} ${identity.name.id}`, en: `${identity.name.kind} ${identity.name.id}` };
  throw new RejectedError({
    ru: `${step.set.name}(${key}) (${by.ru}) помечен в 1С на удаление: снимите пометку и повторите доставку, либо удалите объект совсем, тогда будет создан новый, либо отмените доставку.`,
    en:
      `${step.set.name}(${key}) (${by.en}) is marked for deletion in 1C: take the mark off and retry, or ` +
      'delete the object for good to have a new one made, or cancel the delivery.',
  });
}

function several(step: PlannedStep, count: number): RejectedError {
  return new RejectedError({
    ru: `${step.set.name}: подходят ${count} объекта, и не видно, какой из них нужен; объедините дубли в 1С или уточните match, затем повторите доставку.`,
    en:
      `${step.set.name}: ${count} objects fit and nothing tells which one is meant; merge the duplicates in 1C ` +
      'or make match narrower, then retry the delivery.',
  });
}
