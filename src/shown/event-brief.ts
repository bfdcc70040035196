import { readEvent } from '../mapping/event-view.ts';
import { defaultKey } from '../mapping/record/key.ts';
import { textAt } from '../huntflow/json.ts';
import type { InboxEvent } from '../inbox/event.ts';

/** What tells an event apart for who looks for one: nobody's data. */
export interface EventBrief {
  /** Name of the stage, else its id. */
  readonly stage: string | null;
  /** Of its deliveries, unless a mapping says another. */
  readonly key: string | null;
  /** Id of the log entry. */
  readonly log: string | null;
}

/** Larger bodies are not read for a list. */
const readable = 256 * 1024;

export async function eventBrief(
  { id, bodySize, state }: InboxEvent,
  find: (id: number) => Promise<InboxEvent | undefined>,
): Promise<EventBrief> {
  const event = bodySize > readable || state === 'failed' ? undefined : await find(id);
  const read = event === undefined ? undefined : await readEvent(event);
  if (read === undefined || !('view' in read)) return { stage: null, key: null, log: null };
  const { view } = read;
  return {
    stage: textAt(view.stage, 'name') ?? textAt(view.stage, 'id') ?? null,
    key: defaultKey(view),
    log: textAt(view.log, 'id') ?? null,
  };
}
