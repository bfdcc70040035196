import type { InferType } from 'yup';
import { adviceFor, type Mended } from '../../outbox/advice.ts';
import { adapterOf } from '../../shown/cause.ts';
import type { Delivery } from '../../outbox/delivery.ts';
import type { DeliveryLinks } from '../../outbox/links.ts';
import { attemptSchema, deliveryDetail, detailFields } from '../../shown/delivery.ts';
import { openTexts } from '../../shown/open-texts.ts';
import { recordGone } from '../../shown/gone.ts';
import { count, flag, idOrNull, id, isoTime, listOf, oneOf, shape, text, textOrNull, time } from '../../shown/shape.ts';
import type { Language } from '../../text.ts';
import { notFound } from '../api/api-error.ts';
import { pathId } from '../api/path-id.ts';
import type { ConsoleParts } from '../parts.ts';

const actions = ['retry', 'cancel', 'edit', 'choose', 'remap', 'replay'] as const;
type Action = (typeof actions)[number];
const relations = ['this', 'replaces', 'replacedBy', 'replayOf', 'replay'] as const;

/** Everything about one delivery. */
export const detailSchema = shape({
  ...detailFields,
  /** Oldest first. */
  attempts: listOf(attemptSchema),
  event: shape({ id: id(), receivedAt: time() }).nullable(),
  finishedAt: textOrNull(),
  /** The delivery at the head of its lane, when it is another; and how many wait behind it, 1,001 at most. */
  blockedBy: idOrNull(),
  behind: count(),
  /** Versions of its mapping, newest first, twenty at most. */
  versions: listOf(shape({ hash: text(), createdAt: time(), made: flag(), current: flag() })),
  /** What it repeats or replaces and what repeats or replaces it, itself included, by id. */
  chain: listOf(
    shape({
      id: id(),
      relation: oneOf(relations),
      state: text(),
      createdAt: time(),
      editedBy: textOrNull(),
      editReason: textOrNull(),
    }),
  ),
  /** What its last failure has in common with others, and what to do. */
  advice: shape({ kind: text(), code: textOrNull(), field: textOrNull(), who: text(), advice: text() }).nullable(),
  /** The target may have some of it already. */
  traces: flag(),
  /** What may be done now, with the command that does the same in a terminal. */
  actions: listOf(shape({ action: oneOf(actions), command: text() })),
});

export async function findDelivery({ outbox }: ConsoleParts, id: number): Promise<Delivery> {
  const [delivery] = await outbox.list({ id });
  if (delivery === undefined) throw notFound({ ru: `доставки ${id} нет`, en: `there is no delivery ${id}` });
  return delivery;
}

/** Throws when there is none. */
export async function deliveryDetailOf(
  parts: ConsoleParts,
  path: string | undefined,
  language: Language,
  reveal = false,
): Promise<InferType<typeof detailSchema>> {
  const { outbox, inbox, versions, mappings, targets } = parts;
  const delivery = await findDelivery(parts, pathId(path));
  const { id: number, mapping } = delivery;
  const [stored, attempts, links, [event], kept, safe] = await Promise.all([
    outbox.record(number),
    outbox.attempts(number),
    outbox.links(number),
    delivery.eventId === null ? [] : inbox.list({ ids: [delivery.eventId], limit: 1 }),
    versions.list(mapping, 20),
    outbox.list({ id: number, safe: true, limit: 1 }),
  ]);
  const current = mappings.current.find(({ name }) => name === mapping)?.hash;
  const { attemptLog, ...detail } = deliveryDetail(delivery, stored ?? null, attempts, {
    language,
    reveal,
    constants: await openTexts({ versions, mappings, targets }, delivery, stored ?? null),
    gone: await recordGone(parts, delivery, stored ?? null),
  });
  // A question ends with the command that answers it; anything else that stopped has nothing to be answered.
  const asks =
    targets.find(({ name }) => name === delivery.target)?.adapter.answer !== undefined &&
    delivery.lastError?.en.includes('deliveries choose') === true;
  return {
    ...detail,
    attempts: attemptLog,
    event: event === undefined ? null : { id: event.id, receivedAt: isoTime(event.receivedAt) },
    finishedAt: isoTime(delivery.finishedAt),
    blockedBy: links.head === number ? null : links.head,
    behind: links.behind,
    versions: kept.map(({ hash, createdAt }) => ({
      hash,
      createdAt: isoTime(createdAt),
      made: hash === delivery.mappingHash,
      current: hash === current,
    })),
    chain: chainOf(links, number),
    advice: adviceOf(links, { example: number, adapter: adapterOf(targets, delivery.target) }, language),
    traces: safe.length === 0,
    actions: actionsOf(delivery, asks).map((action) => ({ action, command: commandOf(action, delivery) })),
  };
}

function chainOf({ chain }: DeliveryLinks, number: number) {
  const here = chain.find((each) => each.id === number);
  return chain.map((each) => ({
    id: each.id,
    relation: relationOf(each, here, number),
    state: each.state,
    createdAt: isoTime(each.createdAt),
    editedBy: each.editedBy,
    editReason: each.editReason,
  }));
}

type Linked = DeliveryLinks['chain'][number];

function relationOf(each: Linked, here: Linked | undefined, number: number): (typeof relations)[number] {
  if (each.id === number) return 'this';
  if (each.id === here?.replayOf) return 'replayOf';
  if (each.replayOf === number) return 'replay';
  return each.id < number ? 'replaces' : 'replacedBy';
}

function adviceOf({ cause }: DeliveryLinks, of: Pick<Mended, 'example' | 'adapter'>, language: Language) {
  if (cause === null) return null;
  const { who, advice } = adviceFor({ ...cause, ...of, othersTaken: false });
  return { kind: cause.kind, code: cause.code, field: cause.field, who: who[language], advice: advice[language] };
}

function actionsOf({ state }: Delivery, asks: boolean): Action[] {
  switch (state) {
    case 'dead':
    case 'pending':
      return ['retry', 'edit', ...(asks && state === 'dead' ? ['choose' as const] : []), 'remap', 'cancel', 'replay'];
    case 'sending':
      return [];
    case 'delivered':
    case 'cancelled':
      return ['replay'];
  }
}

function commandOf(action: Action, { id: number }: Delivery): string {
  const command = `huntflow-connector deliveries ${action} ${number}`;
  if (action === 'edit') return `${command} --record record.json`;
  return action === 'choose' ? `${command} --step 1 --new` : command;
}
