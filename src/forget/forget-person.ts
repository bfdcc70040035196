import type { Actor } from '../audit/entry.ts';
import { writeEntry } from '../audit/write-entry.ts';
import type { Transaction } from '../database/connection.ts';
import { Procedure } from '../database/procedure.ts';
import { statement } from '../database/statement.ts';
import { cancelDelivery } from '../outbox/intervene.ts';
import { forgottenBefore, lockPeople, unfinishedOf } from '../people/unfinished.ts';
import { errorCode } from '../process/error-code.ts';
import type { Text } from '../text.ts';
import { insertForgetting, noteExtract, raiseActs, type SentTo } from '../people/forgettings.ts';

export interface ForgetWish {
  /** Rows of one person; none: only quarantine holds something of them. */
  readonly people: readonly number[];
  readonly scope: string;
  readonly applicants: readonly string[];
  /** Names of stored files that only this person's records name. */
  readonly files: readonly string[];
  /** The highest number of an act that the store of keys knows of. */
  readonly acts: number;
  readonly actor: Actor;
  readonly now: number;
  readonly cancel: boolean;
}

export type Marked =
  | { readonly done: true; readonly forgetting: number }
  | { readonly done: false; readonly why: Text };

const mark = statement<{ person: number; now: number }>(
  'update people set forgotten_at = :now where id = :person and forgotten_at is null',
);

interface Sent {
  readonly target: string;
  readonly taken: number;
  readonly doubted: number;
}

// Read before anything is cancelled. Nothing of a delivery without an attempt has left. What is signed says "not taken"
// only where every attempt is there to tell: retention clears earlier ones, and one that a person retried may have been
// lost on the way.
const selectSent = statement<{ person: number }, Sent>(`
  select target, max(case when state = 'delivered' then 1 else 0 end) as taken,
    max(case when reason = 'unknown outcome'
      or deliveries.attempts > (select count(*) from attempts where attempts.delivery_id = deliveries.id)
      or exists (select 1 from attempts where attempts.delivery_id = deliveries.id and (attempts.outcome = 'unknown'
        or (attempts.outcome = 'dead' and attempts.number < deliveries.attempts)))
      then 1 else 0 end) as doubted
  from deliveries where person = :person and (deliveries.attempts > 0 or state = 'delivered')
  group by target order by target`);

/**
 * Marks a person as forgotten, in one transaction with what is still owed about them: refused while an event is
 * unmapped or a delivery pending, unless those are to be cancelled. What is being sent is waited for.
 */
export const forgetPerson = new Procedure(
  'forgetPerson',
  async (transaction, { cancel, ...wish }: ForgetWish): Promise<Marked> => {
    if (!(await lockPeople(transaction, wish.people))) return { done: false, why: forgottenBefore };
    const { unmapped, pending, sending, dead } = await unfinishedOf(transaction, wish.people);
    if (unmapped > 0) return { done: false, why: notMapped(unmapped) };
    if (sending > 0) return { done: false, why: beingSent(sending) };
    if (pending.length > 0 && !cancel) return { done: false, why: stillOwed(pending.length) };
    const forgetting = await markForgotten(transaction, { ...wish, sent: await sentTo(transaction, wish.people) });
    // A dead letter is done, and must not hold back whoever comes next under the same key.
    for (const id of [...pending, ...dead]) {
      const cancelled = await cancelDelivery.run(transaction, { id, now: wish.now, actor: wish.actor });
      if (!cancelled.done) throw new SentMeanwhileError();
    }
    return { done: true, forgetting };
  },
);

/**
 * From the commit on the person is nobody any more: whatever comes is about somebody new, with a key of their own.
 * Deliveries that are not under way are closed by whoever calls, in the same transaction.
 */
async function markForgotten(
  transaction: Transaction,
  wish: Omit<ForgetWish, 'cancel'> & { readonly sent: SentTo },
): Promise<number> {
  const { people, scope, applicants, files, acts, actor, now, sent } = wish;
  for (const person of people) await mark(transaction, { person, now });
  await raiseActs.run(transaction, { last: acts });
  const [row] = await insertForgetting(transaction, {
    id: null,
    scope,
    applicants: JSON.stringify(applicants),
    people: JSON.stringify(people),
    files: JSON.stringify(files),
    by: actor.who,
    marked_at: now,
    finished_at: null,
    counts: null,
    extract: null,
    sent: JSON.stringify(sent),
  });
  if (row === undefined) throw new Error('the database returned no id for a forgetting');
  const on = [...applicants.map((applicant) => `applicant/${applicant}`), `forgetting/${row.id}`];
  const entry = await writeEntry(transaction, actor, { action: 'forget', on, now });
  await noteExtract(transaction, { id: row.id, extract: JSON.stringify([entry]) });
  return row.id;
}

async function sentTo(transaction: Transaction, people: readonly number[]): Promise<SentTo> {
  const rows: Sent[] = [];
  for (const person of people) rows.push(...(await selectSent(transaction, { person })));
  return Object.fromEntries(
    [...Map.groupBy(rows, ({ target }) => target)].map(([target, each]) => [
      target,
      each.some(({ taken }) => taken > 0) ? 'taken' : each.some(({ doubted }) => doubted > 0) ? 'unknown' : 'not taken',
    ]),
  );
}

/** A delivery was claimed while it was looked at: nothing was changed. */
class SentMeanwhileError extends Error {
  override readonly name = 'SentMeanwhileError';
  readonly code = 'ERR_SENT_MEANWHILE';
}

/** Across threads an error has its code only. */
export function refusalOf(error: unknown): Text | undefined {
  return errorCode(error) === 'ERR_SENT_MEANWHILE' ? beingSent(1) : undefined;
}

const notMapped = (count: number): Text => ({
  ru: `событий, которые ещё не сопоставлены: ${count}; дождитесь этого (служба должна работать) и повторите`,
  en: `${count} event(s) are not mapped yet: wait until they are (the service must run), then try again`,
});

const beingSent = (count: number): Text => ({
  ru: `доставок отправляется прямо сейчас: ${count}; дождитесь исхода и повторите`,
  en: `${count} delivery(ies) are being sent right now: wait for the outcome, then try again`,
});

const stillOwed = (count: number): Text => ({
  ru: `доставок ещё ждёт отправки: ${count}; дождитесь их или отмените ключом --cancel`,
  en: `${count} delivery(ies) wait to be sent: wait for them, or cancel them with --cancel`,
});
