import { asOptions, type DeliveryFilterWords, quoted } from './address/delivery-filter.ts';

const program = 'npx huntflow-connector';

/** What does in a terminal what the page does; whatever comes from data is quoted for a shell. */
function lineOf(...words: readonly (string | number)[]): string {
  return [program, ...words].filter((word) => word !== '').join(' ');
}

/** What the service itself has written, which begins with the name of the program. */
export function offeredLine(command: string): string {
  return `npx ${command}`;
}

export function deliveriesLine(
  action: 'retry' | 'cancel' | 'remap' | 'replay',
  ids: readonly number[],
  filter: DeliveryFilterWords,
): string {
  return lineOf('deliveries', action, ...ids, asOptions(filter));
}

export function seenLine(ids: readonly number[]): string {
  return lineOf('attention', 'seen', ...ids);
}

export function bulkLine(id: number, running: boolean): string {
  return lineOf('bulk', running ? 'abort' : 'show', id);
}

export function targetLine(name: string, turn: 'pause' | 'resume'): string {
  return lineOf('targets', turn, quoted(name));
}

export function eventLine(id: number): string {
  return lineOf('events', 'show', id);
}

export function replayLine(event: number): string {
  return lineOf('replay', event, '--dry-run');
}

export function personLine(applicant: string): string {
  return lineOf('person', quoted(applicant));
}

/** Without an event it is one of the reader's own that has to be named. */
export function mapLine(mapping: string, event: number | undefined): string {
  return lineOf('map', quoted(mapping), event ?? 'webhook.json', '--explain');
}

export function captureLine(mapping: string, event: number): string {
  return lineOf('capture', event, '--mapping', quoted(mapping));
}
