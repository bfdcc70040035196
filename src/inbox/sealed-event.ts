import { randomInt } from 'node:crypto';
import type { SealedWith } from '../people/sealed-with.ts';
import { sealedPerson, type SealKey, type Seals } from '../people/seals.ts';
import { seenPerson } from '../people/seen-person.ts';
import type { IncomingEvent, WrittenEvent } from './event.ts';

/** An event as it is written: sealed with the key of whom it is about, or of its month. */
export async function writtenEvent(event: IncomingEvent, seals: Seals): Promise<WrittenEvent> {
  const { document: _parsed, whom, ...rest } = event;
  const person = whom && seenPerson(whom, seals.index);
  if (!seals.isOn) return { ...rest, person, body: rest.body && ofItsOwn(rest.body), sealed: undefined };
  const key =
    person === undefined
      ? await seals.forMonth(event.receivedAt)
      : await seals.forApplicant(event.scope, person.applicant);
  const seal = randomInt(1, 2 ** 47);
  return {
    ...rest,
    person: person && sealedPerson(person, key, seals),
    body: rest.body && ofItsOwn(seals.sealBytes(key, bodyPlace(seal), rest.body)),
    sealed: { seal, ...withOf(key) },
  };
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

function withOf({ number, person, month }: SealKey): SealedWith {
  return { number, person, month };
}

/** A message to a thread carries the whole memory of which bytes are a part, 8 KB for most webhooks. */
function ofItsOwn(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes);
}
