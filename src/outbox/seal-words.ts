import type { SealKey, Seals } from '../people/seals.ts';
import type { KeptReference, ReferenceKey } from './attempt-notes.ts';

/** Why somebody edited a record; bound to the delivery that it replaced. */
export function sealReason(seals: Seals, key: SealKey, replaced: number, reason: string): string {
  return seals.sealText(key, reasonPlace(replaced), reason);
}

/** Null where its key is gone. */
export async function openReason(
  seals: Seals,
  { edit_reason: reason, replaces }: { readonly edit_reason: string | null; readonly replaces: number | null },
): Promise<string | null> {
  return reason === null ? null : ((await seals.openWords(reason, reasonPlace(replaces ?? 0))) ?? null);
}

/** What a target calls somebody, and what an adapter notes of it. `now`: for whose is nobody's. */
export async function sealReference(seals: Seals, reference: KeptReference, now: number): Promise<KeptReference> {
  if (!seals.isOn) return reference;
  const key = (await seals.forRow(reference.person, now)) ?? (await seals.forMonth(now));
  return sealNames(seals, key, reference);
}

export function sealNames(seals: Seals, key: SealKey, reference: KeptReference): KeptReference {
  const { name, note } = reference;
  return {
    ...reference,
    name: seals.sealText(key, referencePlace('name', reference), name),
    note: note && seals.sealText(key, referencePlace('note', reference), note),
  };
}

/** Undefined: its key is gone, and with it whom it was called after. */
export async function openNames(
  seals: Seals,
  row: ReferenceKey & Pick<KeptReference, 'name' | 'note'>,
): Promise<Pick<KeptReference, 'name' | 'note'> | undefined> {
  const name = await seals.openWords(row.name, referencePlace('name', row));
  if (name === undefined) return undefined;
  return { name, note: row.note && ((await seals.openText(row.note, referencePlace('note', row))) ?? null) };
}

function reasonPlace(replaced: number) {
  return { table: 'deliveries', column: 'edit_reason', row: replaced };
}

function referencePlace(column: 'name' | 'note', { target, scope, kind, entity, role, set }: ReferenceKey) {
  return { table: 'references', column, row: JSON.stringify([target, scope, kind, entity, role, set]) };
}
