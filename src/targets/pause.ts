import type { Actor } from '../audit/entry.ts';
import { writeEntry } from '../audit/write-entry.ts';
import { Procedure } from '../database/procedure.ts';
import { statement } from '../database/statement.ts';
import { holdKey } from '../people/hold-key.ts';
import type { SealedWith } from '../people/sealed-with.ts';
import type { Seals } from '../people/seals.ts';

/** Characters of a reason that are kept. */
export const longestReason = 500;

interface Begun {
  readonly name: string;
  readonly at: number | null;
  readonly who: string | null;
  readonly why: string | null;
}

const beginAfresh = statement<Begun>(`
  insert into targets (name, paused_at, failures, resting_until, rest, held, holds, paused_by, paused_reason)
  values (:name, :at, 0, null, 0, 0, null, :who, :why)
  on conflict (name) do update set paused_at = excluded.paused_at, failures = 0, resting_until = null, rest = 0,
    held = 0, failing_since = null, holds = null, paused_by = excluded.paused_by,
    paused_reason = excluded.paused_reason`);

/** The words of a person, and the key they are sealed with; null: they are as written. */
interface Why {
  readonly words: string;
  readonly sealed: SealedWith | null;
}

interface Pause {
  readonly name: string;
  /** Null: it goes on. */
  readonly at: number | null;
  /** Undefined: a part of something that the audit has as a whole. */
  readonly by?: { readonly actor: Actor; readonly now: number } | undefined;
  readonly why?: Why;
}

/** Paused since then, or with null going on; without failures, rest and holds. */
export const setPaused = new Procedure(
  'setPaused',
  async (transaction, { name, at, by, why }: Pause): Promise<void> => {
    if (why !== undefined && why.sealed !== null) await holdKey(transaction, why.sealed);
    const who = at === null ? null : (by?.actor.who ?? null);
    await beginAfresh(transaction, { name, at, who, why: why?.words ?? null });
    if (by === undefined) return;
    const action = at === null ? 'resume' : 'pause';
    await writeEntry(transaction, by.actor, { action, on: [`target/${name}`], now: by.now });
  },
);

const replaceReason = statement<{ name: string; words: string; sealed: string }>(
  'update targets set paused_reason = :sealed where name = :name and paused_reason = :words',
);

export const sealReason = new Procedure(
  'sealReason',
  async (
    transaction,
    { name, words, why }: { readonly name: string; readonly words: string; readonly why: Why },
  ): Promise<void> => {
    if (why.sealed !== null) await holdKey(transaction, why.sealed);
    await replaceReason(transaction, { name, words, sealed: why.words });
  },
);

/** People write names into reasons: with a key they are sealed with that of the month. */
export async function sealedPause(seals: Seals, target: string, reason: string, now: number): Promise<Why> {
  const words = reason.slice(0, longestReason);
  if (!seals.isOn) return { words, sealed: null };
  const key = await seals.forMonth(now);
  const { number, person, month } = key;
  return { words: seals.sealText(key, reasonPlace(target), words), sealed: { number, person, month } };
}

/** Null where nobody said why, or its key is gone. */
export async function openPauseReason(
  seals: Seals,
  { name, paused_reason: reason }: { readonly name: string; readonly paused_reason: string | null },
): Promise<string | null> {
  return reason === null ? null : ((await seals.openWords(reason, reasonPlace(name))) ?? null);
}

function reasonPlace(target: string) {
  return { table: 'targets', column: 'paused_reason', row: target };
}
