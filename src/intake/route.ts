import Router from '@koa/router';
import type { Context } from 'koa';
import type { Source } from '../config/config.ts';
import type { Kept } from '../inbox/event.ts';
import type { Inbox } from '../inbox/inbox.ts';
import type { Report } from '../report/report.ts';
import { hashLimit, readRequestBody } from './request-body.ts';
import { incomingEvent } from './webhook.ts';

export interface IntakeParts {
  readonly sources: readonly Source[];
  readonly inbox: Inbox;
  readonly report: Report;
  /** Bytes of a body that are kept. */
  readonly bodyLimit: number;
  readonly now: () => number;
  /** An event was kept: the mapper may go on. */
  readonly kept: () => void;
  /** Whether the last event could be kept at all. */
  readonly keeping: (works: boolean) => void;
}

/** `POST /webhooks/:source`: verify, keep, answer. Nothing else happens within the request. */
export function intakeRouter(parts: IntakeParts): Router {
  const sources = new Map(parts.sources.map((source) => [source.name, source]));
  const router = new Router();
  router.post('/webhooks/:source', async (context) => {
    const began = process.hrtime.bigint();
    const source = sources.get(context.params['source'] ?? '');
    const answer =
      source === undefined
        ? refuse(context, 404, 'no such source: check the webhook URL in Huntflow against sources in connector.yaml')
        : await receive(context, source, parts);
    parts.report.webhookAnswered(source?.name ?? 'unknown', answer, Number(process.hrtime.bigint() - began) / 1e9);
  });
  return router;
}

async function receive(context: Context, source: Source, parts: IntakeParts): Promise<string> {
  const {
    request: { headers },
    req,
  } = context;
  if (Number(headers['content-length'] ?? 0) > hashLimit) return tooLarge(context);
  const body = await readRequestBody(req, source.secrets, parts.bodyLimit);
  if (body === undefined) return tooLarge(context);

  const signature = one(headers['x-huntflow-signature']);
  if (source.secrets.length > 0 && !body.signature.matches(signature)) {
    parts.report.signatureRefused(source.name, signature !== undefined);
    return body.bytes === undefined ? tooLarge(context) : refuse(context, 401, 'the signature is missing or wrong');
  }
  // Nobody knows what a PING says (facts/huntflow.md 1.3), so nobody reads it.
  if (one(headers['x-huntflow-event'])?.trim().toUpperCase() === 'PING') return answer(context, 'ping');

  const event = incomingEvent(source, headers, body, parts.now());
  let kept: Kept;
  try {
    kept = await parts.inbox.keep(event);
  } catch (error) {
    parts.report.eventNotKept(source.name, error);
    parts.keeping(false);
    context.set('Retry-After', '10');
    return refuse(context, 503, 'the event cannot be kept right now: send it again');
  }
  parts.keeping(true);
  if (kept.conflicting) parts.report.duplicateDiffers(source.name, kept.event);
  if (kept.outcome === 'accepted') {
    if (event.error !== undefined) parts.report.eventUnreadable(source.name, kept.event, event.error.en);
    parts.kept();
  }
  return answer(context, kept.outcome, kept.event);
}

function answer(context: Context, status: 'accepted' | 'duplicate' | 'ping', event?: number): string {
  context.status = 200;
  context.body = { status, ...(event !== undefined && { event }) };
  return status;
}

function refuse(context: Context, status: number, error: string): string {
  context.status = status;
  context.body = { status: 'refused', error };
  return String(status);
}

function tooLarge(context: Context): string {
  // Most senders read no answer before they have sent everything: what still comes is thrown away.
  context.req.resume();
  return refuse(context, 413, 'the body is too large');
}

function one(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.[0];
}
