import type { Text } from '../../../src/adapter.ts';
import { type Entity, flagAt, textAt } from '../difference.ts';
import { fits, type Group, several } from '../match-groups.ts';
import type { PlannedStep } from '../planned.ts';
import { isNumber } from './identity-field.ts';
import { contradicted, torn } from './person-questions.ts';
import { type Verified, verified } from './verify-person.ts';

interface Found extends Verified {
  readonly by: string;
  /** Found by a number that the state gives. */
  readonly strong: boolean;
}

export interface SolePerson {
  readonly entity: Entity;
  readonly findings: readonly Text[];
}

/**
 * The one person whom the groups of `match` lead to. Groups that hit different people contradict each other; a namesake
 * with another number is passed over where a number has found its owner, and is a question where nothing else was
 * found.
 * @throws RejectedError, which asks.
 */
export function solePerson(
  step: PlannedStep,
  wanted: Entity,
  groups: readonly Group[],
  hits: readonly Entity[],
): SolePerson | undefined {
  const all = groups.flatMap((group) => foundBy(step, wanted, group, hits));
  const alive = all.filter(({ entity }) => !flagAt(entity, 'DeletionMark'));
  const marked = all.filter(({ strong, against }) => strong || against.length === 0);
  const found = alive.length > 0 ? alive : marked;
  const strong = found.filter((one) => one.strong);
  const weak = found.filter((one) => !one.strong && !(one.stranger && strong.length > 0));
  const strangers = weak.filter(({ against }) => against.length > 0);
  const [wrong] = [...strong.filter(({ against }) => against.length > 0), ...(strong.length > 0 ? strangers : [])];
  const left = [...strong, ...(strong.length > 0 ? weak : weak.filter(({ against }) => against.length === 0))];
  const people = new Map(left.map((one) => [textAt(one.entity, 'Ref_Key'), one]));
  const groupsHit = new Set(left.map(({ by }) => by));
  if (people.size > 1 && groupsHit.size > 1)
    throw torn(
      step,
      [...people].map(([key, { by }]) => ({ key, by })),
    );
  if (people.size > 1) throw several(step, people.size);
  if (wrong !== undefined) throw contradicted(step, wrong, wrong.by);
  const [one] = people.values();
  if (one !== undefined) return { entity: one.entity, findings: one.findings };
  const [stranger] = strangers;
  if (stranger !== undefined) throw contradicted(step, stranger, stranger.by);
  return undefined;
}

function foundBy(step: PlannedStep, wanted: Entity, group: Group, hits: readonly Entity[]): readonly Found[] {
  const names = group.fields.map(({ form }) => form.wire);
  return hits
    .filter((entity) => fits(step, group.wanted, entity))
    .map((entity) => ({
      ...verified(step, wanted, entity),
      by: names.join(' + '),
      strong: names.some(isNumber),
    }));
}
