import { type DeliveryContext, type EntityName, RejectedError } from '../../src/adapter.ts';
import type { EntityOf } from './field-record.ts';
import { markerOf } from './marker.ts';
import { objectKey, sameKey } from './object-key.ts';

/** By what an object of ours can be told. */
export interface Identity {
  readonly name: EntityName;
  /** The Ref_Key that we give it. */
  readonly key: string;
  /** The key and, when Huntflow has merged the applicant, also the one by the removed id. */
  readonly keys: readonly string[];
  /** Tokens in the same order. */
  readonly markers: readonly string[];
  /** What it is called in 1C by an earlier delivery. */
  readonly reference: string | undefined;
  /** Further names that it gets. */
  readonly also: readonly { readonly name: EntityName; readonly marker: string }[];
  /** What the removed applicant's object is called, when that is another one. */
  readonly rival: string | undefined;
}

/**
 * Who the object stands for today. A DOUBLE event makes the removed applicant another name of the survivor
 * (facts/huntflow.md 4.7), so what was made under the removed id goes on under the survivor's.
 */
export async function identify(delivery: DeliveryContext, set: string, of: EntityOf, also: readonly EntityOf[], template: string): Promise<Identity> {
  const { references, scope } = delivery;
  const given = String(of.id);
  const name = nameOf(set, of, await references.survivorOf(of.kind, given));
  const names = name.id === given ? [name] : [name, nameOf(set, of, given)];
  const [current, removed] = await Promise.all(names.map((one) => references.find(one)));
  const rival = current !== undefined && removed !== undefined && !sameKey(current, removed) ? removed : undefined;
  if (current === undefined && removed !== undefined) await references.keep(name, removed);
  return {
    name, key: objectKey(scope, name), keys: names.map((one) => objectKey(scope, one)),
    markers: names.map((one) => markerOf(template, scope, one)), reference: current ?? removed, rival,
    also: await Promise.all(also.map(async (one) => {
      const other = nameOf(set, one, await references.survivorOf(one.kind, String(one.id)));
      return { name: other, marker: markerOf(template, scope, other) };
    })),
  };
}

function nameOf(set: string, of: EntityOf, id: string): EntityName {
  return { kind: of.kind, id, set, ...(of.role === undefined || of.role === null || of.role === '' ? {} : { role: of.role }) };
}

/** Huntflow has one applicant, 1C has two objects. */
export function twice(set: string, name: EntityName): RejectedError {
  return new RejectedError({
    ru: `${set}: в Huntflow объединены дубли (${name.kind} ${name.id}), а в 1С живы оба объекта; объедините их в 1С (поиск и удаление дублей), затем повторите доставку.`,
    en: `${set}: Huntflow has merged duplicates (${name.kind} ${name.id}), but both objects are alive in 1C; merge them in 1C, then retry the delivery.`,
  });
}
