import type { IncomingHttpHeaders } from 'node:http';
import Router from '@koa/router';
import type { Context } from 'koa';
import type { Source } from '../config/sources.ts';
import type { Kept } from '../inbox/event.ts';
import type { WebhookWatch } from '../alarms/webhook-watch.ts';
import type { Inbox } from '../inbox/inbox.ts';
import type { Report } from '../report/report.ts';
import { type Sender, senderOf } from '../report/sender.ts';
import { bodyRoomFor } from './body-room.ts';
import { forwardingHeader } from '../process/forwarding.ts';
import { hashLimit, readRequestBody, type RequestBody } from './request-body.ts';
import { incomingEvent, quarantinedEvent } from '../inbox/incoming-event.ts';

export interface IntakeParts {
  readonly sources: readonly Source[];
  readonly inbox: Pick<Inbox, 'keep'>;
  readonly report: Report;
  /** Bytes of a body that are kept. */
  readonly bodyLimit: number;
  readonly now: () => number;
  /** An event was kept: the mapper may go on. */
  readonly kept: () => void;
  /** Whether the last event could be kept at all. */
  readonly keeping: (works: boolean, error?: unknown) => void;
  /** How the webhook fares, for alarms and metrics. */
  readonly watch: WebhookWatch;
  /** A source without a secret was asked through a proxy. */
  readonly forwarded: (source: string) => void;
}

/** `POST /webhooks/:source`: verify, keep, answer. Nothing else happens within the request. */
export function intakeRouter(parts: IntakeParts): Router {
  const sources = new Map(parts.sources.map((source) => [source.name, source]));
  const room = bodyRoomFor(parts.bodyLimit);
  const router = new Router();
  router.post('/webhooks/:source', async (context) => {
    const began = process.hrtime.bigint();
    const source = sources.get(context.params['source'] ?? '');
    const answer =
      source === undefined
        ? refuse(context, 404, 'no such source: check the webhook URL in Huntflow against sources in connector.yaml')
        : await receive(context, source);
    parts.report.intake.webhookAnswered(
      source?.name ?? 'unknown',
      answer,
      Number(process.hrtime.bigint() - began) / 1e9,
    );
  });

  async function receive(context: Context, source: Source): Promise<string> {
    const { headers } = context.request;
    const { req } = context;
    const sender = () => senderOf(req.socket.remoteAddress, one(headers['x-forwarded-for']));
    const proxied = source.secrets.length > 0 || source.unsigned ? undefined : forwardingHeader(headers);
    if (proxied !== undefined) {
      parts.report.intake.forwardedRefused(source.name, proxied, sender());
      parts.forwarded(source.name);
      return refuse(context, 401, 'this source has no secret, and takes nothing that came through a proxy');
    }
    if (Number(headers['content-length'] ?? 0) > hashLimit) return tooLarge(context);
    if (one(headers['expect'])?.toLowerCase() === '100-continue') context.res.writeContinue();

    const signature = one(headers['x-huntflow-signature']);
    const body = await readRequestBody(req, {
      secrets: source.secrets,
      signature,
      limit: parts.bodyLimit,
      anyway: source.quarantine !== undefined && signature !== undefined,
      room,
    });
    if (body.outcome === 'too large') return tooLarge(context);
    if (body.outcome !== 'whole') {
      parts.report.intake.bodyDropped(source.name, body.outcome, sender());
      return refuse(context, 408, 'the body did not come in time');
    }
    try {
      return await take(context, source, body, sender);
    } finally {
      body.release();
    }
  }

  async function take(context: Context, source: Source, body: RequestBody, sender: () => Sender): Promise<string> {
    const { headers } = context.request;
    if (!body.signed) {
      const { quarantine, name } = source;
      if (quarantine !== undefined && body.bytes !== undefined)
        return keepApart(context, { name, quarantine }, body.bytes, sender);
      parts.report.intake.signatureRefused(source.name, one(headers['x-huntflow-signature']) !== undefined, sender());
      if (isLikeHuntflow(headers)) parts.watch.refused(source.name, parts.now(), 'unsigned');
      return body.over ? tooLarge(context) : refuse(context, 401, 'the signature is missing or wrong');
    }
    // Nobody knows what a PING says (facts/huntflow.md 1.3), so nobody reads it.
    if (one(headers['x-huntflow-event'])?.trim().toUpperCase() === 'PING') {
      parts.watch.taken(source.name, parts.now());
      return answer(context, 'ping');
    }

    const { event, retry } = await incomingEvent(source, headers, body, parts.now());
    let kept: Kept;
    try {
      kept = await parts.inbox.keep(event);
    } catch (error) {
      parts.report.intake.eventNotKept(source.name, error);
      parts.watch.refused(source.name, event.receivedAt, 'unkept');
      parts.keeping(false, error);
      context.set('Retry-After', '10');
      return refuse(context, 503, 'the event cannot be kept right now: send it again');
    }
    parts.keeping(true);
    parts.watch.taken(source.name, event.receivedAt, retry);
    if (retry > 0) parts.report.intake.webhookRepeated(source.name);
    if (kept.conflicting) parts.report.intake.duplicateDiffers(source.name, kept.event);
    if (kept.outcome === 'accepted') {
      if (event.error !== undefined) parts.report.intake.eventUnreadable(source.name, kept.event, event.error.en);
      parts.kept();
    }
    // Its number is known when the database has it.
    if (kept.outcome === 'spooled') return answer(context, 'accepted');
    return answer(context, kept.outcome === 'duplicate' ? 'duplicate' : 'accepted', kept.event);
  }

  /** A wrong signature may be ours to mend: four refusals and Huntflow switches the webhook off. */
  async function keepApart(
    context: Context,
    source: Parameters<typeof quarantinedEvent>[0],
    bytes: Uint8Array,
    sender: () => Sender,
  ): Promise<string> {
    let kept: Kept;
    try {
      kept = await parts.inbox.keep(quarantinedEvent(source, context.request.headers, bytes, parts.now()));
    } catch (error) {
      parts.report.intake.eventNotKept(source.name, error);
      parts.keeping(false, error);
      context.set('Retry-After', '10');
      return refuse(context, 503, 'the event cannot be kept right now: send it again');
    }
    const isFull = kept.outcome === 'full';
    parts.report.intake.signatureRefused(source.name, true, sender(), isFull ? 'refused' : 'kept apart');
    if (isFull) return refuse(context, 401, 'the signature is wrong, and the quarantine is full');
    return answer(context, 'quarantined');
  }

  return router;
}

function answer(context: Context, status: 'accepted' | 'duplicate' | 'ping' | 'quarantined', event?: number): string {
  context.status = 200;
  context.body = { status, ...(event !== undefined && { event }) };
  return status;
}

/** A sender that is still sending is not listened to any more once it has its answer. */
function refuse(context: Context, status: number, error: string): string {
  if (status === 408) context.set('Connection', 'close');
  context.status = status;
  context.body = { status: 'refused', error };
  return String(status);
}

/** Strangers who post anything to any address are no webhook that is refused. */
function isLikeHuntflow(headers: IncomingHttpHeaders): boolean {
  return ['x-huntflow-signature', 'x-huntflow-event', 'x-huntflow-delivery'].some(
    (name) => headers[name] !== undefined,
  );
}

function tooLarge(context: Context): string {
  // Most senders read no answer before they have sent everything: what still comes is thrown away.
  context.req.resume();
  return refuse(context, 413, 'the body is too large');
}

function one(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.[0];
}
