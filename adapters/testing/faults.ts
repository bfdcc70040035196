import { bodiesWhereNoneBelong, FIN, framingFaults, RST, TURN } from './framing-faults.ts';
import type { FramingFault, Step } from './framing-faults.ts';

/** What goes wrong with a request that writes. */
export interface Fault {
  readonly name: string;
  /** The target has the record all the same. */
  readonly taken: boolean;
  /** Only the timeout of the request ends it. */
  readonly silent?: boolean;
  /** A record was delivered on this connection right before. */
  readonly kept?: boolean;
  /** The target asks for so many seconds of patience, which cost no attempts. */
  readonly patience?: number;
  /** @param status what the target would answer. */
  readonly steps: (status: number) => readonly Step[];
}

const whole = (line: string, body: string, more = ''): string =>
  `HTTP/1.1 ${line}\r\n${more}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
const page = '<!DOCTYPE html><html><body><form action="/login">Вход</form></body></html>';
const json = 'Content-Type: application/json\r\n';

const plain: readonly Fault[] = [
  {
    name: '429 with Retry-After',
    taken: false,
    patience: 7,
    steps: () => [whole('429 Slow', '{}', `${json}Retry-After: 7\r\n`)],
  },
  {
    name: '503 with Retry-After',
    taken: false,
    patience: 7,
    steps: () => [whole('503 Busy', '{}', `${json}Retry-After: 7\r\n`)],
  },
  { name: '502 with an HTML page', taken: false, steps: () => [whole('502 Bad', page, 'Content-Type: text/html\r\n')] },
  { name: '401', taken: false, steps: () => [whole('401 Who', '{}', json)] },
  {
    name: 'HTML with 200, nothing taken',
    taken: false,
    steps: () => [whole('200 OK', page, 'Content-Type: text/html\r\n')],
  },
  { name: 'reset before anything is taken', taken: false, steps: () => [RST] },
  { name: 'drop after commit', taken: true, steps: () => [FIN] },
  { name: 'drop after commit on a kept connection', taken: true, kept: true, steps: () => [FIN] },
  { name: 'reset after commit', taken: true, steps: () => [RST] },
  { name: 'silence after commit', taken: true, silent: true, steps: () => [] },
  {
    name: 'slow drip',
    taken: true,
    silent: true,
    steps: (status) => [`HTTP/1.1 ${status} Said\r\n${json}Content-Length: 9999\r\n\r\n{`, { act: 'drip' }],
  },
  {
    name: 'slow drip before the status',
    taken: true,
    silent: true,
    steps: () => ['HTTP/1.1 103 Early\r\n\r\n', TURN, 'HTTP/1.1', { act: 'drip' }],
  },
  {
    name: 'oversized answer',
    taken: true,
    steps: (status) => [
      `HTTP/1.1 ${status} Said\r\n${json}Connection: close\r\n\r\n{"a":"`,
      { act: 'flood', megabytes: 70 },
      FIN,
    ],
  },
  { name: 'deep JSON', taken: true, steps: (status) => [whole(`${status} Said`, '['.repeat(200_000), json)] },
  {
    name: 'HTML with 200 after commit',
    taken: true,
    steps: () => [whole('200 OK', page, 'Content-Type: text/html\r\n')],
  },
];

const framing = ({ name, steps }: FramingFault): Fault => ({ name, taken: true, steps, silent: isSilent(name) });

/** Only the timeout ends these. */
const isSilent = (name: string): boolean => name.endsWith('silence') || name === '101 with Upgrade';

/** Every way in which an answer over HTTP is known to go wrong; the framing ones row by row (facts/targets.md 9). */
export const faults: readonly Fault[] = [
  ...plain,
  ...framingFaults.map(framing),
  ...bodiesWhereNoneBelong.map(({ name, steps }): Fault => ({
    name: `204 with ${name}`,
    taken: true,
    steps: () => steps(204),
  })),
];
