import type { MappingPreview } from '../api/answers.ts';

type Mapped = Pick<NonNullable<MappingPreview['mapped']>['fields'][number], 'field' | 'value' | 'formula' | 'failure'>;

/** Fields of one step; what stands in none comes together. */
export interface OutcomeGroup {
  /** Counted from 1; undefined: no step. */
  readonly step: number | undefined;
  readonly set: string | undefined;
  readonly fields: readonly (Mapped & { /** Within the step. */ readonly label: string })[];
}

const verb = /^(?:upsert|create|draft|withdraw)$/;

/** The long common beginnings of `record.steps[2].fields.Должность` are said once, above what they have in common. */
export function groupsOf(fields: readonly Mapped[]): readonly OutcomeGroup[] {
  const groups = new Map<number | undefined, (Mapped & { readonly label: string })[]>();
  for (const field of fields) {
    const [, step, within = ''] = /^record\.steps\[(\d+)\]\.(.*)$/s.exec(field.field) ?? [];
    const number = step === undefined ? undefined : Number(step) + 1;
    const group = groups.get(number) ?? [];
    const label = (number === undefined ? field.field.replace(/^record\./, '') : within).replace(/^fields\./, '');
    group.push({ ...field, label });
    groups.set(number, group);
  }
  return [...groups].map(([step, of]) => {
    const set = of.find(({ label }) => verb.test(label))?.value;
    return { step, set: typeof set === 'string' ? set : undefined, fields: of };
  });
}
