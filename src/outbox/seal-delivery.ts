import { newSeal, sealedWith } from '../people/sealed-with.ts';
import type { SealKey, Seals } from '../people/seals.ts';
import type { DeliveryFilter } from './filter.ts';
import type { Claim, NewDelivery } from './delivery.ts';

/** Deliveries as they are written; those of people who were forgotten are left out. */
export async function sealDeliveries(seals: Seals, deliveries: readonly NewDelivery[]): Promise<NewDelivery[]> {
  if (!seals.isOn) return [...deliveries];
  const sealed: NewDelivery[] = [];
  for (const delivery of deliveries) {
    const one = await sealDelivery(seals, delivery);
    if (one !== undefined) sealed.push(one);
  }
  return sealed;
}

/** Undefined: its person was forgotten. */
export async function sealDelivery(seals: Seals, delivery: NewDelivery): Promise<NewDelivery | undefined> {
  if (!seals.isOn || delivery.sealed !== undefined) return delivery;
  const key = await seals.forRow(delivery.person ?? null, delivery.createdAt);
  if (key === undefined) return undefined;
  const seal = newSeal();
  const { key: text, made } = delivery;
  const kept = text === null ? null : seals.keyOf(text);
  const hidden = kept === text ? null : text;
  return {
    ...delivery,
    key: kept,
    made: 'failed' in made ? made : { ...made, record: sealRecord(seals, key, seal, made.record, hidden) },
    sealed: {
      seal,
      with: sealedWith(key),
      keyText: hidden === null || kept === null ? null : seals.sealText(key, keyPlace(kept), hidden),
    },
  };
}

/** `hidden`: the text of its key, where that is kept as its hash. */
export function sealRecord(
  seals: Seals,
  key: SealKey,
  seal: number,
  record: string,
  hidden: string | null = null,
): string {
  seals.recent.keep(seal, { record, key: hidden });
  return seals.sealText(key, { table: 'deliveries', column: 'record', row: seal }, record);
}

function keyPlace(hashed: string) {
  return { table: 'deliveries', column: 'key', row: hashed };
}

/** A filter as rows are kept: `key` is asked for as its text. */
export function asKept(seals: Seals, filter: DeliveryFilter): DeliveryFilter {
  const { key, mapping } = filter;
  return key === undefined || key.startsWith('~') || mapping === 'alarms'
    ? filter
    : { ...filter, key: seals.keyOf(key) };
}

/** Undefined: its key is gone. */
export async function openRecord(seals: Seals, record: string, seal: number | null): Promise<string | undefined> {
  if (seal === null) return record;
  return seals.openText(record, { table: 'deliveries', column: 'record', row: seal });
}

export async function openKey(seals: Seals, key: string | null, sealed: string | null): Promise<string | null> {
  if (key === null || sealed === null) return key;
  return (await seals.openText(sealed, keyPlace(key))) ?? key;
}

/** Claims as adapters need them; one that no key opens is not among them, and its lease runs out. */
export async function openClaims(seals: Seals, claims: readonly Claim[]): Promise<Claim[]> {
  if (claims.every(({ seal }) => seal === null)) return [...claims];
  const known = claims.map(({ seal }) => (seal === null ? undefined : seals.recent.take(seal)));
  await seals.want(
    claims.flatMap(({ record, progress, keyText }, at) => (known[at] ? progress : [record, progress, keyText])),
  );
  const opened: Claim[] = [];
  for (const [at, claim] of claims.entries()) {
    const { seal, keyText } = claim;
    const recent = known[at];
    const record = recent?.record ?? (await openRecord(seals, claim.record, seal));
    if (record === undefined) continue;
    const place = { table: 'deliveries', column: 'progress', row: seal ?? 0 };
    const progress = claim.progress === null ? null : ((await seals.openText(claim.progress, place)) ?? null);
    const key = (keyText === null ? null : recent?.key) ?? (await openKey(seals, claim.key, keyText));
    opened.push({ ...claim, record, progress, key });
  }
  return opened;
}

export async function sealProgress(
  seals: Seals,
  progress: string,
  of: { readonly person?: number | null; readonly seal?: number | null },
  now: number,
): Promise<string> {
  if (!seals.isOn || of.seal === null || of.seal === undefined) return progress;
  const key = await seals.forRow(of.person ?? null, now);
  if (key === undefined) return 'null';
  return seals.sealText(key, { table: 'deliveries', column: 'progress', row: of.seal }, progress);
}
