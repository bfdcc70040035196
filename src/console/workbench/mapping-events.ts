import type { InferType } from 'yup';
import { stagesOf } from '../../config/config.ts';
import { textAt } from '../../huntflow/json.ts';
import type { HuntflowView } from '../../huntflow/view.ts';
import type { InboxEvent } from '../../inbox/event.ts';
import { readEvent } from '../../mapping/event-view.ts';
import { wants } from '../../mapping/record/wants.ts';
import { maskText } from '../../report/mask.ts';
import { flag, id, isoTime, shape, text, textOrNull, time } from '../../shown/shape.ts';
import type { ConsoleParts } from '../parts.ts';

/** An event on which a mapping can be tried, told apart as people tell them. */
export const mappingEventSchema = shape({
  id: id(),
  receivedAt: time(),
  /** Of the event, its type and its action. */
  type: text(),
  stage: textOrNull(),
  /** The name of the applicant, masked. */
  person: textOrNull(),
  /** The version in use takes it. */
  wanted: flag(),
});
type MappingEvent = InferType<typeof mappingEventSchema>;

/** Of the latest, and of those that the mapping has made deliveries of. */
const most = { latest: 20, taken: 20 } as const;
/** Larger bodies are not read for a choice; bytes. */
const readable = 256 * 1024;

/** Newest first. */
export async function mappingEvents(parts: ConsoleParts, mapping: string): Promise<MappingEvent[]> {
  const { inbox, outbox } = parts;
  const [latest, taken] = await Promise.all([
    inbox.list({ limit: most.latest }),
    outbox.list({ mapping, limit: most.taken }),
  ]);
  const known = new Set(latest.map((event) => event.id));
  const further = new Set(taken.flatMap(({ eventId }) => (eventId === null || known.has(eventId) ? [] : [eventId])));
  const older = further.size === 0 ? [] : await inbox.list({ ids: [...further] });
  const all = [...latest, ...older].filter(({ state }) => state !== 'failed' && state !== 'quarantined');
  const told = await Promise.all(all.map(async (event) => toldEvent(parts, mapping, event)));
  return told.filter((event) => event !== undefined).toSorted((one, other) => other.id - one.id);
}

/** Undefined: its body is not kept any more. */
async function toldEvent(
  { inbox, config, mappings }: ConsoleParts,
  mapping: string,
  { id: number, receivedAt, event, type, action, source, bodySize }: InboxEvent,
): Promise<MappingEvent | undefined> {
  const kept = bodySize > readable ? undefined : await inbox.find(number);
  const read = kept === undefined ? undefined : await readEvent(kept);
  if (read !== undefined && 'unreadable' in read) return undefined;
  const inUse = mappings.current.find(({ name }) => name === mapping);
  return {
    id: number,
    receivedAt: isoTime(receivedAt),
    type: [event, type, action].filter((part) => part !== null).join(' · '),
    stage: textAt(read?.view.stage, 'name') ?? textAt(read?.view.stage, 'id') ?? null,
    person: personOf(read?.view),
    wanted: read !== undefined && inUse !== undefined && wants(inUse, read.view, stagesOf(config, source)),
  };
}

function personOf(view: HuntflowView | undefined): string | null {
  const name = ['last_name', 'first_name'].flatMap((part) => textAt(view?.applicant, part) ?? []).join(' ');
  return name === '' ? null : maskText(name);
}
