import { contactRow } from './contact-row.ts';
import type { SectionRecord } from './field-record.ts';
import { formOf } from './field-form.ts';
import { own, type SetShape } from './metadata.ts';
import { nearest } from '../../src/toolkit.ts';
import { type FieldsPlace, planFields, unknownField } from './plan-fields.ts';
import type { PlannedSection } from './planned.ts';
import type { Problem } from './problems.ts';

/** The tabular sections of a step. A row that fills nothing but its `by` columns says nothing and is left out. */
export function planSections(
  place: FieldsPlace,
  set: SetShape,
  sections: Readonly<Record<string, SectionRecord | null>>,
  path: Problem['path'],
): PlannedSection[] {
  return Object.entries(sections).flatMap(([name, section]) => {
    const columns = own(set.sections, name);
    if (columns === undefined) {
      place.problems.push(unknownSection(set, name, [...path, name]));
      return [];
    }
    if (section === null) return [];
    const [by, list] = 'set' in section ? [section.by, section.set] : [undefined, section];
    const wires = by?.flatMap((column) => {
      const form = formOf(columns, column);
      if (form === undefined)
        place.problems.push(unknownField(`${set.name}.${name}`, columns, column, [...path, name, 'by']));
      return form === undefined ? [] : [form.wire];
    });
    const planned = list.map((row, at) =>
      planFields(place, `${set.name}.${name}`, columns, row ?? {}, [
        ...path,
        name,
        ...(by === undefined ? [] : ['set']),
        at,
      ]),
    );
    const telling = planned.filter((row) => row.some(({ form }) => wires === undefined || !wires.includes(form.wire)));
    const rows = name === 'КонтактнаяИнформация' ? telling.map((row) => contactRow(columns, row)) : telling;
    return [{ name, columns, by: wires, rows }];
  });
}

function unknownSection(set: SetShape, name: string, path: Problem['path']): Problem {
  const guess = nearest(name, Object.keys(set.sections), Infinity);
  return {
    path,
    unknown: `${set.name}.${name}`,
    text: {
      ru: `у ${set.name} нет табличной части «${name}»${guess === undefined ? '' : `, возможно, «${guess}»`}`,
      en: `${set.name} has no tabular section "${name}"${guess === undefined ? '' : `, did you mean "${guess}"?`}`,
    },
  };
}
