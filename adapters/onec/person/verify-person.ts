import type { Text } from '../../../src/adapter.ts';
import { type Entity, textAt } from '../difference.ts';
import type { PlannedStep } from '../planned.ts';
import { isFilled, isNumber, sameField } from './identity-field.ts';
import { agreement, nameIn, partsApart } from './person-name.ts';

/** Whether an object that `match` has found can be who the record is about. */
export interface Verified {
  readonly entity: Entity;
  /** Fields that say it is somebody else. */
  readonly against: readonly string[];
  /** Among them a number: it is somebody else, not a mistyped date. */
  readonly stranger: boolean;
  readonly findings: readonly Text[];
}

/**
 * Nobody is taken for somebody else: the name has to agree, and no field of `identity` that is filled on both sides may
 * differ; a birthday may where СНИЛС and the whole name are the same.
 */
export function verified(step: PlannedStep, wanted: Entity, entity: Entity): Verified {
  const differing = step.identity.filter(
    (name) => isFilled(name, wanted) && isFilled(name, entity) && !sameField(step.set.fields, name, wanted, entity),
  );
  const [ours, theirs] = [nameIn(wanted), nameIn(entity)];
  const names = step.person ? agreement(ours, theirs) : 'whole';
  const sure =
    names === 'whole' &&
    isFilled('СтраховойНомерПФР', wanted) &&
    sameField(step.set.fields, 'СтраховойНомерПФР', wanted, entity);
  const isExcused = (name: string): boolean => sure && step.person && name === 'ДатаРождения';
  const excused = differing.filter(isExcused);
  const against = differing.filter((name) => !isExcused(name));
  return {
    entity,
    stranger: against.some(isNumber),
    against: names === 'no' ? [...against, ...apart(ours, theirs)] : against,
    findings: excused.map((name) => ({
      ru: `${step.set.name}(${textAt(entity, 'Ref_Key')}): ${name} отличается, СНИЛС и ФИО совпадают; значение 1С оставлено, сверьте его`,
      en:
        `${step.set.name}(${textAt(entity, 'Ref_Key')}): ${name} differs while СНИЛС and the whole name agree; ` +
        'what 1C has was left, compare the two',
    })),
  };
}

function apart(...names: Parameters<typeof partsApart>): readonly string[] {
  const parts = partsApart(...names);
  return parts.length > 0 ? parts : ['ФИО'];
}
