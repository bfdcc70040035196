import { hostname } from 'node:os';
import { errorCode } from '../../src/toolkit.ts';
import { failureOf } from './failure.ts';
import { type CompanionRules, companionsOf, placeCompanions } from './companions.ts';
import { shortHash } from './disk.ts';
import { namesFor } from './file-names.ts';
import { sideBySide } from './side-by-side.ts';
import type { Depot } from './depot.ts';
import type { Desk } from './drop-writer.ts';
import type { Batch, Entry, PublishIntent } from './entry.ts';
import type { Outcomes, Parcel } from './parcel.ts';

export interface PublishRules<P extends Parcel> extends CompanionRules, NameRules {
  readonly bytesOf: (parcel: P) => Buffer;
}

interface NameRules {
  /** A name is one delivery's alone, so that a file there with the same content is its own of an earlier life. */
  readonly ownName: boolean;
}

interface Staged {
  intent: PublishIntent;
  readonly bytes: Buffer;
}

// Requests on their way at once: a server far away answers each after tens of milliseconds. Names are given in order.
const atOnce = 16;

const anyName: NameRules = { ownName: false };

/** Gives each record a file of its own, written under a hidden name and named once it is whole and on disk. */
export async function publishFiles<P extends Parcel>(
  parcels: readonly P[],
  desk: Desk,
  outcomes: Outcomes<P>,
  rules: PublishRules<P>,
): Promise<void> {
  const { depot, journal } = desk;
  const staged = await stage(parcels, desk, outcomes, rules);
  const ended: Entry[] = [];
  const named: [P, Staged][] = [];
  for (const [parcel, each] of staged) {
    parcel.leaving();
    try {
      await place(parcel.name, each, desk, rules);
      named.push([parcel, each]);
    } catch (error) {
      outcomes.set(parcel, { kind: 'failed', error: failureOf(error, depot.folder) });
      // Somebody cleared the hidden file away before it had its name. Otherwise the next batch settles it.
      if (errorCode(error) === 'ENOENT') ended.push({ kind: 'done', file: each.intent.file, rows: 0 });
    }
  }
  await sideBySide(named, atOnce, async ([parcel, { intent }]) => {
    try {
      const { name = '', companions = [] } = intent;
      await placeCompanions(name, companions, depot);
      outcomes.set(parcel, { kind: 'written', file: name });
      ended.push({ kind: 'done', file: intent.file, rows: 1 });
    } catch (error) {
      // The next batch completes them.
      outcomes.set(parcel, { kind: 'failed', error: failureOf(error, depot.folder) });
    }
  });
  await depot.flush();
  await journal.write(ended, false);
}

/**
 * Names the hidden file that rows have gathered in; returns the name that it has got.
 *
 * @throws what the depot says, and then the rows wait there.
 */
export async function publishBatch(
  { file: temporary, name: wanted }: Batch,
  bytes: Buffer,
  desk: Desk,
  rules: CompanionRules,
): Promise<string> {
  const { depot, journal } = desk;
  const { name, number } = await freeName(wanted, bytes, desk, anyName, new Set());
  const intent: PublishIntent = {
    kind: 'publish',
    file: depot.path(name),
    name,
    folder: await depot.identity(),
    temporary,
    key: '',
    number,
    companions: companionsOf(bytes, rules),
    keep: true,
  };
  await journal.write([intent], true);
  const staged = { intent, bytes };
  await place(wanted, staged, desk, anyName);
  const got = staged.intent.name ?? wanted;
  await placeCompanions(got, staged.intent.companions ?? [], depot);
  await depot.flush();
  await journal.write([{ kind: 'done', file: staged.intent.file, rows: 1 }], false);
  return got;
}

async function stage<P extends Parcel>(
  parcels: readonly P[],
  desk: Desk,
  outcomes: Outcomes<P>,
  rules: PublishRules<P>,
): Promise<Map<P, Staged>> {
  const { depot, journal } = desk;
  const folder = await depot.identity();
  const taken = new Set<string>();
  const staged = new Map<P, Staged>();
  const found: string[] = [];
  for (const parcel of parcels) {
    try {
      const bytes = rules.bytesOf(parcel);
      const free = await freeName(parcel.name, bytes, desk, rules, taken);
      if (free.there) {
        found.push(parcel.key);
        outcomes.set(parcel, { kind: 'there' });
        continue;
      }
      taken.add(free.name);
      const { name, number } = free;
      const { temporary, back } = hiddenNames(parcel.key, desk);
      const companions = companionsOf(bytes, rules);
      const { key } = parcel;
      const file = depot.path(name);
      staged.set(parcel, {
        intent: { kind: 'publish', file, name, folder, temporary, back, key, number, companions },
        bytes,
      });
    } catch (error) {
      outcomes.set(parcel, { kind: 'failed', error: failureOf(error, depot.folder) });
    }
  }
  await sideBySide([...staged], atOnce, async ([parcel, each]) => {
    try {
      each.intent = { ...each.intent, changed: await depot.writeHidden(each.intent.temporary, each.bytes) };
    } catch (error) {
      staged.delete(parcel);
      outcomes.set(parcel, { kind: 'failed', error: failureOf(error, depot.folder) });
    }
  });
  const known: Entry[] = found.length === 0 ? [] : [{ kind: 'kept', written: found, doubtful: [] }];
  await journal.write([...known, ...[...staged.values()].map(({ intent }) => intent)], staged.size > 0);
  return staged;
}

/** The same over the tries of a delivery that did not come as far as its intent; else each has its own. */
function hiddenNames(key: string, { depot, journal, stateFolder }: Desk): { temporary: string; back: string } {
  const stem = `.${shortHash([hostname(), stateFolder, key].join('\n'))}`;
  const named = (tries: number) => depot.path(tries === 0 ? `${stem}.part` : `${stem}-${tries}.part`);
  const tries = journal.memory.vainTriesOf(key);
  return { temporary: named(tries), back: named(tries + 1) };
}

/** Notes in `staged` which name it has got. */
async function place(wanted: string, staged: Staged, desk: Desk, rules: NameRules): Promise<void> {
  const { depot, journal } = desk;
  while ((await placed(staged, depot)) === 'taken') {
    const { intent } = staged;
    const free = await freeName(wanted, staged.bytes, desk, rules, new Set([intent.name ?? '']));
    const next: PublishIntent = { ...intent, name: free.name, file: depot.path(free.name), number: free.number };
    // Noted first: after a crash it is this name that companions belong to.
    await journal.write([{ kind: 'done', file: intent.file, rows: 0 }, next], true);
    staged.intent = next;
    if (!free.there) continue;
    await depot.remove(next.temporary);
    break;
  }
}

async function placed({ intent, bytes }: Staged, depot: Depot): Promise<'placed' | 'taken'> {
  try {
    return await depot.place(intent.temporary, intent.file);
  } catch (error) {
    // A share may have lost the answer to a rename that was done.
    if (errorCode(error) === 'ENOENT' && (await depot.holds(intent.file, bytes))) return 'placed';
    throw error;
  }
}

async function freeName(
  wanted: string,
  bytes: Buffer,
  { depot, journal, blocked }: Desk,
  { ownName }: NameRules,
  taken: ReadonlySet<string>,
): Promise<{ readonly name: string; readonly number?: number | undefined; readonly there: boolean }> {
  for (const { name, number } of namesFor(wanted, journal.memory.lastNumber)) {
    const file = depot.path(name);
    if (taken.has(name) || blocked.has(file)) continue;
    if (!(await depot.exists(file))) return { name, number, there: false };
    if (ownName && (await depot.holds(file, bytes))) return { name, number, there: true };
  }
  throw Object.assign(new Error('no free name'), { code: 'EEXIST' });
}
