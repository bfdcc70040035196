import { RejectedError } from '../../src/adapter.ts';
import { isCard } from './card/card-step.ts';
import type { DeliveryRun } from './delivery-run.ts';
import { type Entity, flagAt, isEmpty, isEntity, sameValue, textAt } from './difference.ts';
import { literal } from './literal.ts';
import type { Fields } from './field-shape.ts';
import type { Identity } from './identity.ts';
import { own } from './metadata.ts';
import type { PlannedStep } from './planned.ts';
import type { Scalar } from './wire-value.ts';

/*
 * The last resort for a base that gives keys of its own, and an object that has neither marker nor a filled `match`:
 * what looks
 * like it is listed before it is created, so that after a lost answer a newcomer on the list is ours, even among
 * namesakes.
 */

const most = 200;

/** Whether nothing but its looks will tell the object once its answer is lost. */
export function needsLooks(run: DeliveryRun, step: PlannedStep, { wantsNew }: Identity): boolean {
  const isFound = step.match.length > 0 && !isCard(step) && !wantsNew;
  return step.marker === undefined && !isFound && run.keepsKeys.get(step.set.name) !== true;
}

/** Keys of the objects that look like this one. */
export async function alike(run: DeliveryRun, step: PlannedStep, body: Entity): Promise<readonly string[]> {
  const hits = await search(run, step, body);
  return hits.map((entity) => textAt(entity, 'Ref_Key'));
}

/** The one newcomer that looks like what was sent. @throws RejectedError when there are several. */
export async function newcomer(
  run: DeliveryRun,
  step: PlannedStep,
  body: Entity,
  before: readonly string[],
): Promise<Entity | undefined> {
  const hits = (await search(run, step, body)).filter(
    (entity) => !before.includes(textAt(entity, 'Ref_Key')) && !flagAt(entity, 'DeletionMark'),
  );
  if (hits.length < 2) return hits[0];
  throw new RejectedError({
    ru: `${step.set.name}: ответ 1С потерян, а новых похожих объектов ${hits.length}; посмотрите в 1С, какой из них лишний. Чтобы так не бывало, задайте в маппинге marker или match.`,
    en:
      `${step.set.name}: the answer of 1C was lost and ${hits.length} new objects look alike; see in 1C which ` +
      'one is too many. Give the mapping a marker or a match to avoid this.',
  });
}

async function search(run: DeliveryRun, step: PlannedStep, body: Entity): Promise<readonly Entity[]> {
  const filter = looks(step.set.fields, body);
  if (filter === '') return [];
  const hits = await run.entities.search(step.set, filter, run.line, { top: most });
  return hits.filter((entity) => couldBe(step, body, entity));
}

/** The name of a catalog's object, or the first few short values. */
function looks(fields: Fields, body: Entity): string {
  const usable = Object.entries(body).flatMap(([name, value]): [string, Scalar, string][] => {
    const type = own(fields, name)?.type ?? '';
    const plain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    if (
      name === 'Ref_Key' ||
      !plain ||
      isEmpty(value) ||
      own(fields, `${name}_Type`) !== undefined ||
      name.endsWith('_Type')
    )
      return [];
    return type === 'Edm.Guid' || type === 'Edm.DateTime' || (type === 'Edm.String' && String(value).length <= 50)
      ? [[name, value, type]]
      : [];
  });
  const named = usable.filter(([name]) => name === 'Description');
  return (named.length > 0 ? named : usable.slice(0, 3))
    .map(([name, value, type]) => `${name} eq ${literal(type, value)}`)
    .join(' and ');
}

/** False as soon as a value is there and another one; 1C may have dropped or cut what it was sent. */
function couldBe(step: PlannedStep, body: Entity, entity: Entity): boolean {
  return Object.entries(body).every(([name, value]) => {
    if (name === 'Ref_Key') return true;
    const stored = own(entity, name);
    if (!Array.isArray(value)) return agrees(own(step.set.fields, name)?.type ?? '', value, stored);
    const rows: unknown[] = Array.isArray(stored) ? stored : [];
    const columns = own(step.set.sections, name) ?? {};
    return value.every((row) =>
      rows.some(
        (one) =>
          isEntity(row) &&
          isEntity(one) &&
          Object.entries(row).every(
            ([column, cell]) =>
              column === 'LineNumber' || agrees(own(columns, column)?.type ?? '', cell, own(one, column)),
          ),
      ),
    );
  });
}

function agrees(type: string, ours: unknown, theirs: unknown): boolean {
  if (isEmpty(theirs) || sameValue(type, ours, theirs)) return true;
  return typeof ours === 'string' && typeof theirs === 'string' && ours.startsWith(theirs.trimEnd());
}
