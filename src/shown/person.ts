import type { InferType } from 'yup';
import type { InboxEvent } from '../inbox/event.ts';
import { wallTimeAt } from '../mapping/conversions/wall-time.ts';
import type { Delivery } from '../outbox/delivery.ts';
import type { Person } from '../people/people.ts';
import type { Language, Text } from '../text.ts';
import { type KnownTarget, seenState, untroubled } from '../targets/target-state.ts';
import { stateWords } from '../words/states.ts';
import { spokenDeed } from './spoken-deed.ts';
import { id, isoTime, listOf, oneOf, shape, text, textOrNull, time } from './shape.ts';

/** Somebody found: the name masked, unless it was asked to be shown. */
export const personSchema = shape({
  applicant: text(),
  scope: text(),
  name: text(),
  /** Ids that were merged into this one. */
  merged: listOf(text()),
});

/** The road of one person: what came and what was sent, the latest first. */
export const roadSchema = shape({
  applicant: text(),
  scope: text(),
  name: text(),
  merged: listOf(text()),
  sentence: text(),
  timeline: listOf(
    shape({
      at: time(),
      kind: oneOf(['event', 'delivery']),
      id: id(),
      /** Of an event its type, of a delivery its target. */
      about: text(),
      mapping: textOrNull(),
      state: text(),
      text: textOrNull(),
    }),
  ),
});

export function shownPerson(
  { applicant, scope, name, masked, applicants }: Person,
  reveal = false,
): InferType<typeof personSchema> {
  return { applicant, scope, name: reveal ? name : masked, merged: applicants.slice(1) };
}

/** What is told of a person, each list newest first. */
export interface Road {
  readonly person: Person;
  readonly events: readonly InboxEvent[];
  readonly deliveries: readonly Delivery[];
  /** What targets said to the deliveries that they took, by id, where it tells more than that. */
  readonly receipts: ReadonlyMap<number, Text>;
  /** How targets are, by name. */
  readonly known: ReadonlyMap<string, KnownTarget>;
  readonly now: number;
  readonly zone: string;
}

export function shownRoad(road: Road, language: Language, reveal = false): InferType<typeof roadSchema> {
  const { person, events, deliveries } = road;
  const timeline = [
    ...events.map((event) => ({
      at: isoTime(event.receivedAt),
      kind: 'event' as const,
      id: event.id,
      about: [event.event, event.type, event.action].filter((part) => part !== null).join(' '),
      mapping: null,
      state: event.state,
      text: event.error?.[language] ?? null,
    })),
    ...deliveries.map((delivery) => ({
      at: isoTime(delivery.finishedAt ?? delivery.createdAt),
      kind: 'delivery' as const,
      id: delivery.id,
      about: delivery.target,
      mapping: delivery.mapping,
      state: delivery.blocked ? 'blocked' : delivery.state,
      text: delivery.lastError?.[language] ?? null,
    })),
  ];
  return {
    ...shownPerson(person, reveal),
    sentence: roadSentence(road, language),
    timeline: timeline.toSorted((a, b) => (a.at === b.at ? b.id - a.id : a.at < b.at ? 1 : -1)),
  };
}

/** Where each target stands with the latest delivery to it: "reached zup at 12:04; intranet waits its turn". */
function roadSentence(road: Road, language: Language): string {
  const latest = new Map<string, Delivery>();
  for (const delivery of road.deliveries) if (!latest.has(delivery.target)) latest.set(delivery.target, delivery);
  if (latest.size === 0) return unsent(road)[language];
  return [...latest.values()].map((delivery) => stands(delivery, road, language)).join('; ');
}

/** A mapped event had deliveries, and a person without events had some: their rows go with retention. */
function unsent({ events }: Road): Text {
  return events.length === 0 || events.some(({ state }) => state === 'mapped')
    ? {
        ru: 'Об этом человеке ничего больше не хранится: что отправлялось, удалено по сроку хранения',
        en: 'Nothing is kept of this person any more: what was sent was cleared away by retention',
      }
    : { ru: 'Об этом человеке ничего не отправлялось', en: 'Nothing was sent about this person' };
}

function stands(delivery: Delivery, road: Road, language: Language): string {
  const ru = language === 'ru';
  const { target, state, blocked, id: number } = delivery;
  if (blocked) return held(delivery, road, language);
  switch (state) {
    case 'delivered': {
      const since = timeOf(delivery.finishedAt ?? delivery.createdAt, road);
      const receipt = road.receipts.get(number);
      const said = receipt === undefined ? '' : ` (${spokenReceipt(receipt[language], language)})`;
      return ru ? `в ${target} дошло в ${since}${said}` : `reached ${target} at ${since}${said}`;
    }
    case 'pending':
      return `${target}${waits(delivery, road, language)}`;
    case 'sending':
      return ru ? `в ${target} отправляется` : `being sent to ${target}`;
    case 'dead':
      return ru ? `${target}: доставка ${number} остановлена` : `${target}: delivery ${number} is dead`;
    case 'cancelled':
      return ru ? `для ${target} отменено` : `cancelled for ${target}`;
  }
}

/** A person has to see to what holds it back: by its number, where it is about the same one. */
function held({ target, key, id: number }: Delivery, road: Road, language: Language): string {
  const ru = language === 'ru';
  const head = road.deliveries.find((each) => each.target === target && each.key === key && each.state === 'dead')?.id;
  if (head === undefined)
    return ru
      ? `${target}: доставка ${number} ждёт за остановленной`
      : `${target}: delivery ${number} waits behind a dead letter`;
  return ru
    ? `${target}: доставка ${head} остановлена и держит доставку ${number}`
    : `${target}: delivery ${head} is dead and holds back delivery ${number}`;
}

/** What was tried and failed waits for the target; anything else for its turn. */
function waits({ target, attempts, lastError, dueAt }: Delivery, road: Road, language: Language): string {
  const ru = language === 'ru';
  const { state, until } = seenState(road.known.get(target) ?? untroubled, road.now);
  if (state === 'paused') return ru ? ': цель на паузе' : ' is paused';
  const next = Math.max(dueAt ?? 0, until ?? 0);
  const when = next > road.now ? timeOf(next, road) : undefined;
  const again = ru
    ? `следующая попытка ${when === undefined ? 'сейчас' : `в ${when}`}`
    : `next try ${when === undefined ? 'now' : `at ${when}`}`;
  // A semicolon stands between targets.
  if (attempts > 0 && lastError !== null)
    return `: ${lastError[language].replace(/\.$/, '').replaceAll('; ', ', ')}, ${again}`;
  if (state === 'active') return ru ? ' ждёт очереди' : ' waits its turn';
  return `: ${stateWords[state][language]}, ${again}`;
}

/** Without the keys of objects: whose they are says the sentence, and the delivery has them. */
function spokenReceipt(said: string, language: Language): string {
  return spokenDeed(said, language).replaceAll(/\([0-9a-f]{8}-[0-9a-f-]{27}\)/g, '');
}

/** `12:04` of today, else with its day. */
function timeOf(time: number, { now, zone }: Road): string {
  const [then, today] = [wallTimeAt(time, zone), wallTimeAt(now, zone)];
  const clock = then.slice(11, 16);
  return then.slice(0, 10) === today.slice(0, 10) ? clock : `${then.slice(0, 10)} ${clock}`;
}
