import { eventTypes } from '../../huntflow/event-type.ts';

/** PING is answered and never mapped. */
export const mappableEvents: readonly string[] = eventTypes.filter((name) => name !== 'PING');

/** What `on.type` may be, by event (facts/huntflow.md 2). */
export const logTypes: Readonly<Record<string, readonly string[]>> = {
  APPLICANT: [
    'ADD',
    'UPDATE',
    'VACANCY-ADD',
    'STATUS',
    'COMMENT',
    'DOUBLE',
    'AGREEMENT',
    'MAIL',
    'RESPONSE',
    'REMOVED',
    'VACANCY-REMOVE',
    'EXTERNAL-REMOVE',
    'EDIT',
  ],
  VACANCY: [
    'OPEN',
    'CLOSED',
    'HOLD',
    'REOPEN',
    'VACANCY_REQUEST_ATTACH',
    'RESUME',
    'CREATED',
    'EDIT',
    'LEAVE',
    'JOIN',
    'REMOVED',
  ],
  'VACANCY-REQUEST': ['CREATE', 'EDIT', 'REMOVE', 'MIGRATE'],
  OFFER: ['ADD', 'EDIT'],
  RESPONSE: ['HIDDEN', 'CANCELLED', 'TAKEN', 'REJECTED'],
};

export const actions: readonly string[] = ['ADD', 'EDIT', 'DELETE'];
