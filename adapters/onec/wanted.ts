import { type Text, UnavailableError } from '../../src/adapter.ts';
import type { DeliveryRun } from './delivery-run.ts';
import { type Entity, textAt } from './difference.ts';
import type { Identity } from './identity.ts';
import { withMarker } from './marker.ts';
import { own } from './metadata.ts';
import type { PlannedStep } from './planned.ts';
import { numbered, type WantedSection } from './sections.ts';

/** The object as a new one: fields, marker, sections and the key we give. */
export async function wantedOf(run: DeliveryRun, step: PlannedStep, identity: Identity): Promise<Entity> {
  const sections = await sectionsOf(run, step);
  return {
    Ref_Key: identity.key,
    ...marked(step, identity, await run.resolution.entity(step.fields), {}),
    ...Object.fromEntries(
      [...sections].filter(([, { rows }]) => rows.length > 0).map(([name, { rows }]) => [name, numbered(rows)]),
    ),
  };
}

/** The fields with the markers in their place: after the mapping's own text, else after what people wrote there. */
export function marked(step: PlannedStep, identity: Identity, fields: Entity, stored: Entity): Entity {
  if (step.marker === undefined) return fields;
  const given = own(fields, step.marker);
  const before = typeof given === 'string' ? given : textAt(stored, step.marker);
  const known = identity.markers.find((marker) => before.includes(marker)) ?? identity.markers[0] ?? '';
  const text = [known, ...identity.also.map(({ marker }) => marker)].reduce(withMarker, before);
  return text === before && given === undefined ? fields : { ...fields, [step.marker]: text };
}

export async function sectionsOf(run: DeliveryRun, step: PlannedStep): Promise<ReadonlyMap<string, WantedSection>> {
  const sections = new Map<string, WantedSection>();
  for (const { name, columns, by, rows } of step.sections) {
    const cells: Entity[] = [];
    for (const row of rows) cells.push(await run.resolution.entity(row));
    sections.set(name, { columns, by, rows: cells });
  }
  return sections;
}

/** The error for a write that may still come to pass; `wait` in milliseconds. */
export function notSettled(set: string, wait: number, reason?: Text): UnavailableError {
  const retryAfter = Math.max(1, Math.ceil(wait / 1000));
  return new UnavailableError(
    {
      ru: `POST ${set}: ответ 1С потерян${reason === undefined ? '' : ` (${reason.ru})`}, объекта пока не видно; прежде чем создавать снова, подождём ${retryAfter} с и посмотрим ещё раз.`,
      en: `POST ${set}: the answer of 1C was lost${reason === undefined ? '' : ` (${reason.en})`} and the object is not to be seen yet; we look again in ${retryAfter} s before creating it.`,
    },
    { retryAfter },
  );
}
