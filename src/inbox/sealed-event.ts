import { newSeal, sealedWith } from '../people/sealed-with.ts';
import { sealedPerson, type SealKey, type Seals } from '../people/seals.ts';
import { seenPerson } from '../people/seen-person.ts';
import type { IncomingEvent, WrittenEvent } from './event.ts';

/**
 * Events as they are written: sealed with the key of whom they are about, or of their month. One right after the other
 * when all keys are at hand: a piece sealed alone, between other work, takes three times as long (measured).
 */
export async function writtenEvents(events: readonly IncomingEvent[], seals: Seals): Promise<WrittenEvent[]> {
  const seen = events.map((event) => ({ event, person: event.whom && seenPerson(event.whom, seals.index) }));
  if (!seals.isOn) return seen.map(({ event, person }) => written(event, person, event.body, undefined));
  const keys = await Promise.all(events.map((event) => keyFor(event, seals)));
  return seen.map(({ event, person }, at) => {
    const key = keys[at];
    if (key === undefined) throw new Error('an event of a group has no key');
    const seal = newSeal();
    const body = event.body && seals.sealBytes(key, bodyPlace(seal), event.body);
    return written(event, person && sealedPerson(person, key, seals), body, { seal, ...sealedWith(key) });
  });
}

/** Of whom it is about, or of its month. */
export function keyFor({ whom, scope, receivedAt }: IncomingEvent, seals: Seals): Promise<SealKey> {
  return whom === undefined ? seals.forMonth(receivedAt) : seals.forApplicant(scope, whom.applicant);
}

function written(
  { document: _parsed, whom: _named, ...event }: IncomingEvent,
  person: WrittenEvent['person'],
  body: Uint8Array | undefined,
  sealed: WrittenEvent['sealed'],
): WrittenEvent {
  return { ...event, person, body: body && ofItsOwn(body), sealed };
}

/** Undefined bodies stay undefined; null: it was not kept, or its key is gone. */
export async function openBody(
  row: { readonly body: Uint8Array | null; readonly seal: number | null },
  seals: Seals,
): Promise<Uint8Array | null> {
  if (row.body === null || row.seal === null) return row.body;
  return (await seals.openBytes(row.body, bodyPlace(row.seal))) ?? null;
}

function bodyPlace(seal: number) {
  return { table: 'events', column: 'body', row: seal };
}

/** A message to a thread carries the whole memory of which bytes are a part, 8 KB for most webhooks. */
function ofItsOwn(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes);
}
