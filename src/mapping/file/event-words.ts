import { eventShapes } from '../../huntflow/shapes/all.ts';

/** PING is answered and never mapped. */
export const mappableEvents: readonly string[] = eventShapes.map(({ event }) => event);

/** What `on.type` may be, by event; an empty list where events have no type. */
export const logTypes: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  eventShapes.map(({ event, types }) => [event, types]),
);

export const actions: readonly string[] = ['ADD', 'EDIT', 'DELETE'];
