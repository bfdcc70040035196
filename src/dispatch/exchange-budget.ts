import type { RecordedExchange } from '../outbox/delivery.ts';

/** Bytes that the exchanges of one attempt may take in the database. */
const perAttempt = 256 * 1024;
/** And those of all attempts of a delivery: a thousand large ones would take gigabytes. */
const perDelivery = 4 * 1024 ** 2;

/** Stands for a body; readable in the log of attempts without a translation. */
const notKept = '… не сохранено: место для попыток исчерпано · not kept: the room for attempts is used up';
const notKeptBytes = bytesOf(notKept);

/**
 * The exchanges with as many of their bodies as there is room for once earlier attempts have taken theirs; all
 * summaries stay. The last bodies go first: they say why an attempt failed.
 */
export function exchangesWithin(exchanges: readonly RecordedExchange[], taken: number): readonly RecordedExchange[] {
  const allowed = Math.min(perAttempt, Math.max(perDelivery - taken, 0));
  if (bytesAtMost(exchanges) <= allowed || bytesOf(exchanges) <= allowed) return exchanges;
  let room =
    allowed -
    bytesOf(
      exchanges.map(({ sent, received }) => ({
        sent: stripped(sent),
        received: received === null ? null : stripped(received),
      })),
    );
  return exchanges
    .toReversed()
    .map(({ sent, received }) => {
      const answer = received === null ? null : kept(received);
      return { sent: kept(sent), received: answer };
    })
    .toReversed();

  function kept(side: RecordedExchange['sent']): RecordedExchange['sent'] {
    const dropped = stripped(side);
    if (dropped === side) return side;
    const more = bytesOf(side.body) - notKeptBytes;
    if (more > room) return dropped;
    room -= more;
    return side;
  }
}

/** A body no longer than the words in its place may as well stay. */
function stripped(side: RecordedExchange['sent']): RecordedExchange['sent'] {
  return side.body === null || bytesOf(side.body) <= notKeptBytes ? side : { summary: side.summary, body: notKept };
}

/** As the attempt's row keeps it. */
function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value) ?? '');
}

/** Quick, for nearly every attempt is far below its budget: JSON makes six bytes of a character at most. */
function bytesAtMost(exchanges: readonly RecordedExchange[]): number {
  let characters = 0;
  for (const { sent, received } of exchanges)
    characters +=
      20 +
      sent.summary.length +
      (sent.body?.length ?? 0) +
      (received === null ? 0 : received.summary.length + (received.body?.length ?? 0));
  return characters * 6;
}
