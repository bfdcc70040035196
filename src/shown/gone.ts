import type { Database } from '../database/database.ts';
import type { InboxEvent } from '../inbox/event.ts';
import { wallTimeAt } from '../mapping/conversions/wall-time.ts';
import type { Delivery } from '../outbox/delivery.ts';
import { type Forgotten, forgottenPerson } from '../people/forgotten.ts';
import type { Text } from '../text.ts';

interface Parts {
  readonly database: Database;
  readonly config: { readonly zone: string };
}

/** Why there is no record any more; null: there is, or its mapping could not make it yet. */
export async function recordGone(
  { database, config: { zone } }: Parts,
  { person, state, reason }: Pick<Delivery, 'person' | 'state' | 'reason'>,
  record: string | null,
): Promise<Text | null> {
  if (record !== null) return null;
  const forgotten = await forgottenPerson(database, person);
  if (forgotten !== undefined) return erased(forgotten, zone);
  return state === 'pending' || state === 'sending' || reason === 'mapping failed' ? null : cleared;
}

/** Why there is no body any more; null: there is. */
export async function bodyGone(
  { database, config: { zone } }: Parts,
  { body, person, state, error }: Pick<InboxEvent, 'body' | 'person' | 'state' | 'error'>,
): Promise<Text | null> {
  if (body !== null) return null;
  const forgotten = await forgottenPerson(database, person);
  if (forgotten !== undefined) return erased(forgotten, zone);
  if (state === 'quarantined') return erasedApart;
  return error === null ? cleared : notKept;
}

function erased({ at, act }: Forgotten, zone: string): Text {
  const when = wallTimeAt(at, zone).replace('T', ' ').slice(0, 16);
  return {
    ru: `этого больше нет: человек забыт ${when}${act === null ? '' : `, акт № ${act}`}`,
    en: `it is gone: the person was forgotten at ${when}${act === null ? '' : `, act ${act}`}`,
  };
}

const cleared: Text = {
  ru: 'этого больше нет: удалено по сроку хранения (retention)',
  en: 'it is gone: retention has cleared it away',
};

const erasedApart: Text = {
  ru: 'этого больше нет: человек, о котором оно было, забыт',
  en: 'it is gone: the person that it was about was forgotten',
};

const notKept: Text = {
  ru: 'тела нет: оно не было сохранено, или удалено по сроку хранения (retention)',
  en: 'there is no body: it was not kept, or retention has cleared it away',
};
