import { RestingWorker } from '../process/resting-worker.ts';
import { ThreadLostError } from '../process/thread-client.ts';
import { workerBeside } from '../process/worker-place.ts';
import type { Text } from '../text.ts';
import { type BodyReading, readBody } from './body.ts';
import { briefView } from './brief-view.ts';
import { type Envelope, envelopeOf } from './envelope.ts';
import type { JsonObject } from './json.ts';
import type { EventHeaders } from './reading.ts';
import { type HuntflowView, viewOf } from './view.ts';

/** A body as it was received, with the header that may say what it is. */
export interface WholeBody extends EventHeaders {
  readonly bytes: Uint8Array;
}

/** What becomes of a webhook's bytes: where they are few the document itself, else what is asked of it most. */
export type WebhookReading =
  | { readonly ok: true; readonly envelope: Envelope; readonly document: JsonObject | undefined }
  | { readonly ok: false; readonly text: Text };

export type ApartReading =
  | { readonly ok: true; readonly envelope: Envelope; readonly view: HuntflowView }
  | { readonly ok: false; readonly text: Text };

/** Bytes that are parsed in place: 5 to 20 ms at the very worst, and ten times what a real webhook has. */
const inPlace = 131_072;

const reader = new RestingWorker<WholeBody, ApartReading>({
  file: workerBeside(import.meta.url, './apart'),
  name: 'bodies',
  lives: 'in a process',
  memory: 1_536,
  deadline: 30_000,
  rest: 5_000,
});

/** For intake: the envelope, and the document where it is small. */
export async function readWebhook(whole: WholeBody): Promise<WebhookReading> {
  if (whole.bytes.length > inPlace) {
    const reading = await readApart(whole);
    return reading.ok ? { ok: true, envelope: reading.envelope, document: undefined } : reading;
  }
  const reading = readBody(whole.bytes);
  return reading.ok
    ? { ok: true, envelope: envelopeOf(reading.body, whole), document: reading.body }
    : { ok: false, text: reading.text };
}

/** For mappings: of a large body a brief view that leads to the whole, which is read where the formulas run. */
export async function viewOfWebhook(
  whole: WholeBody,
): Promise<{ readonly ok: true; readonly view: HuntflowView } | { readonly ok: false; readonly text: Text }> {
  if (whole.bytes.length <= inPlace) return wholeView(whole);
  const reading = await readApart(whole);
  return reading.ok ? { ok: true, view: { ...reading.view, whole } } : reading;
}

/** The view of a body of any size, in this thread. */
export function wholeView(
  whole: WholeBody,
): { readonly ok: true; readonly view: HuntflowView } | Extract<BodyReading, { readonly ok: false }> {
  const reading = readBody(whole.bytes);
  return reading.ok ? { ok: true, view: viewOf(reading.body, whole) } : reading;
}

/** What the process of its own does. */
export function readBriefly(whole: WholeBody): ApartReading {
  const reading = readBody(whole.bytes);
  if (!reading.ok) return reading;
  return { ok: true, envelope: envelopeOf(reading.body, whole), view: briefView(viewOf(reading.body, whole)) };
}

async function readApart(whole: WholeBody): Promise<ApartReading> {
  try {
    return await reader.ask(whole);
  } catch (error) {
    if (error instanceof ThreadLostError) return { ok: false, text: tooMuch };
    throw error;
  }
}

const tooMuch: Text = {
  ru: 'тело запроса слишком велико, чтобы его разобрать: не хватило памяти или времени',
  en: 'the body is too large to be read: memory or time did not suffice',
};
