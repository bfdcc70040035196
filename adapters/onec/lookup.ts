import type { Hit } from './looked.ts';
import { RejectedError } from '../../src/adapter.ts';
import type { DeliveryRun } from './delivery-run.ts';
import { type Entity, flagAt, textAt } from './difference.ts';
import { type Identity, twice } from './identity.ts';
import { contains, guid } from './literal.ts';
import { own } from './metadata.ts';
import { fits, type Group, groupsOf, namesakes, several } from './match-groups.ts';
import { sameKey } from './object-key.ts';
import { contradicted } from './person/person-questions.ts';
import { type SolePerson, solePerson } from './person/sole-person.ts';
import { verified } from './person/verify-person.ts';
import { likelyDouble } from './person/likely-double.ts';
import { asked, told } from './person/likely-questions.ts';
import type { PlannedStep } from './planned.ts';

/** Bytes of a filter on the wire; format, order and page stand beside it. */
const longestFilter = 1800;

/**
 * The object of a step, by Reference, Ref_Key, marker and `match`, in this order; everything but the Reference in one
 * request.
 * @throws RejectedError for several candidates and, unless the step withdraws, for one marked for deletion.
 */
export async function lookUp(run: DeliveryRun, step: PlannedStep, identity: Identity): Promise<Hit | undefined> {
  const referred = await byReference(run, step, identity);
  if (referred !== undefined) return accepted(step, identity, { entity: referred, whole: true, how: 'reference' });
  const { ours, groups, hits } = await searched(run, step, identity);
  if (ours !== undefined) return accepted(step, identity, { entity: ours, whole: false, how: 'key' });
  return identity.wantsNew ? undefined : matched(run, step, identity, groups, hits);
}

/** What a search by Ref_Key, marker and `match` has found; ours is told from the rest. */
export interface Searched {
  readonly ours: Entity | undefined;
  readonly groups: readonly Group[];
  readonly hits: readonly Entity[];
}

export async function searched(run: DeliveryRun, step: PlannedStep, identity: Identity): Promise<Searched> {
  const groups = await groupsOf(run, step);
  const wanted = step.seeks && !identity.wantsNew ? await run.resolution.entity(step.fields) : {};
  const around = namesakes(step, wanted, groups);
  const conditions = [
    ...identity.keys.map((key) => `Ref_Key eq ${guid(key)}`),
    ...(step.marker === undefined ? [] : identity.markers.map((marker) => contains(step.marker ?? '', marker))),
    ...groups.map(({ condition }) => condition),
    ...around,
  ];
  const all = new Map<string, Entity>();
  const isCandidate = (entity: Entity): boolean =>
    isOurs(step, identity, entity) ||
    groups.some((group) => fits(step, group.wanted, entity)) ||
    (step.seeks && likelyDouble(step, wanted, entity) !== undefined);
  for (const filter of filtersOf(conditions)) {
    const among = { select: fieldsToCompare(step, groups), takes: isCandidate };
    const { entities, isWhole } = await run.entities.searchAll(step.set, filter, run.line, among);
    for (const entity of entities) {
      const key = textAt(entity, 'Ref_Key');
      const whole = isWhole ? entity : await run.entities.read(step.set, guid(key), run.line);
      if (whole !== undefined) all.set(key, whole);
    }
  }
  const hits = [...all.values()].filter((entity) => !flagAt(entity, 'IsFolder'));
  const ours = hits.filter((entity) => isOurs(step, identity, entity));
  return { ours: ours.length > 0 ? sole(step, identity, ours) : undefined, groups, hits };
}

/** What of an object tells whether it is the one: enough of those who merely share a birthday. */
function fieldsToCompare(step: PlannedStep, groups: readonly Group[]): string {
  const names = ['Ref_Key', 'DeletionMark', 'IsFolder', 'ФИО', 'Description', 'Фамилия', 'Имя', 'Отчество'];
  const known = [...step.identity, ...groups.flatMap((group) => Object.keys(group.wanted))];
  const wanted = [...names, step.marker ?? '', ...known];
  return [...new Set(wanted)].filter((name) => own(step.set.fields, name) !== undefined).join(',');
}

/** The conditions as few questions as web servers let pass: IIS takes a query of 2,048 bytes unless told otherwise. */
function filtersOf(conditions: readonly string[]): readonly string[] {
  const filters: string[] = [];
  for (const condition of conditions) {
    const last = filters.at(-1);
    const both = last === undefined ? `(${condition})` : `${last} or (${condition})`;
    if (last === undefined || encodeURIComponent(both).length > longestFilter) filters.push(`(${condition})`);
    else filters.splice(-1, 1, both);
  }
  return filters;
}

export async function byReference(
  run: DeliveryRun,
  step: PlannedStep,
  identity: Identity,
): Promise<Entity | undefined> {
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

function sole(step: PlannedStep, identity: Identity, ours: readonly Entity[]): Entity {
  const alive = ours.filter((entity) => !flagAt(entity, 'DeletionMark'));
  if (alive.length > 1 && identity.keys.length > 1) throw twice(step.set.name, identity.name);
  const [first, second] = alive.length > 0 ? alive : ours;
  if (second !== undefined || first === undefined) throw several(step, ours.length);
  return first;
}

async function matched(
  run: DeliveryRun,
  step: PlannedStep,
  identity: Identity,
  groups: readonly Group[],
  hits: readonly Entity[],
): Promise<Hit | undefined> {
  if (groups.length === 0 && !step.seeks) return undefined;
  const wanted = await run.resolution.entity(step.fields);
  const found = step.person ? solePerson(step, wanted, groups, hits) : soleObject(step, wanted, groups, hits);
  if (found === undefined) {
    if (step.seeks) lookAround(run, step, wanted, hits);
    return undefined;
  }
  run.resolution.warnings.push(...found.findings);
  return accepted(step, identity, { entity: found.entity, whole: false, how: 'match' });
}

/**
 * Whoever is nobody's match, and likely the same human being all the same.
 * @throws RejectedError, which asks.
 */
function lookAround(run: DeliveryRun, step: PlannedStep, wanted: Entity, hits: readonly Entity[]): void {
  const doubles = hits.flatMap((entity) => likelyDouble(step, wanted, entity) ?? []);
  const questions = doubles.filter(({ likeness }) => likeness === 'ask');
  if (questions.length > 0) throw asked(step, questions);
  if (doubles.length > 0) run.resolution.attention.push(told(step, doubles));
}

/** The one object of the first group that has any. */
function soleObject(
  step: PlannedStep,
  wanted: Entity,
  groups: readonly Group[],
  hits: readonly Entity[],
): SolePerson | undefined {
  for (const group of groups) {
    const mine = hits.filter((entity) => fits(step, group.wanted, entity));
    const alive = mine.filter((entity) => !flagAt(entity, 'DeletionMark'));
    if (alive.length > 1) throw several(step, alive.length);
    const [entity] = alive.length === 1 ? alive : mine;
    if (entity === undefined) continue;
    const found = verified(step, wanted, entity);
    if (found.against.length > 0)
      throw contradicted(step, found, group.fields.map(({ form }) => form.wire).join(' + '));
    return found;
  }
  return undefined;
}

/** The hit, unless it is marked for deletion and the step does not withdraw: then it is reported, never revived. */
export function accepted(step: PlannedStep, identity: Identity, hit: Hit): Hit {
  if (!flagAt(hit.entity, 'DeletionMark') || step.verb === 'withdraw') return hit;
  const key = textAt(hit.entity, 'Ref_Key');
  const by =
    hit.how === 'match'
      ? { ru: 'найден по match', en: 'found by match' }
      : { ru: `${identity.name.kind} ${identity.name.id}`, en: `${identity.name.kind} ${identity.name.id}` };
  throw new RejectedError({
    ru: `${step.set.name}(${key}) (${by.ru}) помечен в 1С на удаление: снимите пометку и повторите доставку, либо удалите объект совсем, тогда будет создан новый, либо отмените доставку.`,
    en:
      `${step.set.name}(${key}) (${by.en}) is marked for deletion in 1C: take the mark off and retry, or ` +
      'delete the object for good to have a new one made, or cancel the delivery.',
  });
}
