import { type DeliveryContext, type EntityName, RejectedError } from '../../src/adapter.ts';
import type { EntityOf } from './field-record.ts';
import { earlierMarkers, markerOf } from './marker.ts';
import { isKey, objectKey } from './object-key.ts';
import { readStanding, type Standing } from './standing.ts';

/** What a Reference holds after the answer `--new`. */
export const newObject = 'new';

/** By what an object of ours can be told. */
export interface Identity {
  readonly name: EntityName;
  /** The Ref_Key that we give it. */
  readonly key: string;
  /** The key and, when Huntflow has merged applicants, also those by the removed ids. */
  readonly keys: readonly string[];
  /** Tokens in the same order, then those of earlier versions that look otherwise. */
  readonly markers: readonly string[];
  /** What it is called in 1C by an earlier delivery, or by a person's answer. */
  readonly reference: string | undefined;
  /** A person has answered that none of the objects is meant. */
  readonly wantsNew: boolean;
  /** Whose the object of the Reference is, where that was kept. */
  readonly standing: Standing | undefined;
  /** Further names that it gets. */
  readonly also: readonly { readonly name: EntityName; readonly marker: string }[];
  /** What the objects of removed applicants are called, when they are others. */
  readonly rivals: readonly string[];
}

/**
 * Who the object stands for today. A DOUBLE event makes the removed applicant another name of the survivor
 * (facts/huntflow.md 4.7), so what was made under the removed id goes on under the survivor's.
 */
export async function identify(
  delivery: DeliveryContext,
  set: string,
  of: EntityOf,
  also: readonly EntityOf[],
  template: string,
): Promise<Identity> {
  const { scope, references } = delivery;
  const given = String(of.id);
  const survivor = await references.survivorOf(of.kind, given);
  const removed = await references.aliasesOf(of.kind, survivor);
  const names = [...new Set([survivor, given, ...removed])].map((id) => nameOf(set, of, id));
  const name = nameOf(set, of, survivor);
  const known = await Promise.all(names.map(async (one) => ({ entity: one, key: await references.find(one) })));
  const found = known.flatMap(({ key }) => (key !== undefined && isKey(key) ? [key] : []));
  const [reference, ...others] = [...new Map(found.map((one) => [one.toLowerCase(), one])).values()];
  const referred = known.find(({ key }) => key === reference);
  return {
    name,
    reference,
    wantsNew: reference === undefined && known.some(({ key }) => key === newObject),
    standing:
      reference === undefined || referred === undefined
        ? undefined
        : readStanding(await references.noteOf?.(referred.entity)),
    rivals: others,
    key: objectKey(scope, name),
    keys: names.map((one) => objectKey(scope, one)),
    markers: [
      ...names.map((one) => markerOf(template, scope, one)),
      ...names.flatMap((one) => earlierMarkers(template, scope, one)),
    ],
    also: await Promise.all(
      also.map(async (one) => {
        const other = nameOf(set, one, await references.survivorOf(one.kind, String(one.id)));
        return { name: other, marker: markerOf(template, scope, other) };
      }),
    ),
  };
}

function nameOf(set: string, of: EntityOf, id: string): EntityName {
  return {
    kind: of.kind,
    id,
    set,
    ...(of.role === undefined || of.role === null || of.role === '' ? {} : { role: of.role }),
  };
}

/** Huntflow has one applicant, 1C has two objects. */
export function twice(set: string, name: EntityName): RejectedError {
  return new RejectedError({
    ru: `${set}: в Huntflow объединены дубли (${name.kind} ${name.id}), а в 1С живы оба объекта; объедините их в 1С (поиск и удаление дублей), затем повторите доставку.`,
    en:
      `${set}: Huntflow has merged duplicates (${name.kind} ${name.id}), but both objects are alive in 1C; ` +
      'merge them in 1C, then retry the delivery.',
  });
}
