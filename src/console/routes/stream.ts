import { Readable } from 'node:stream';
import type { Gate } from '../access/gate.ts';
import { ApiError } from '../api/api-error.ts';
import type { RawCall } from '../api/endpoint.ts';
import { type Endpoint, streamEndpoint } from '../api/endpoint.ts';
import type { Changes } from '../stream/changes.ts';

/** Streams at a time, one for each browser: of all, and of one user. */
const mostStreams = 200;
const mostOfOne = 40;

/** Tells of what changes, by name: whoever listens asks again for what it shows. */
export function streamRoutes(changes: Changes, gate: Gate): Endpoint[] {
  const open = new Map<string, number>();
  return [
    streamEndpoint({
      path: '/stream',
      role: 'viewer',
      summary: { ru: 'Что меняется, по мере изменений (SSE)', en: 'What changes, as it does (server-sent events)' },
      run: async ({ caller: { name }, request, signal }) => {
        const own = open.get(name) ?? 0;
        if (own >= mostOfOne || [...open.values()].reduce((sum, each) => sum + each, 0) >= mostStreams)
          throw new ApiError(429, 'too-many-streams', {
            ru: 'слушателей слишком много: закройте лишние вкладки',
            en: 'too many listen: close a few tabs',
          });
        open.set(name, own + 1);
        signal.addEventListener('abort', () => leave(open, name), { once: true });
        return Readable.from(whileKnown(changes.follow(signal), gate, request));
      },
    }),
  ];
}

function leave(open: Map<string, number>, name: string): void {
  const left = (open.get(name) ?? 1) - 1;
  if (left > 0) open.set(name, left);
  else open.delete(name);
}

/** Ends with the session, the token or the user that it was opened by. */
async function* whileKnown(
  told: AsyncIterable<string>,
  gate: Gate,
  request: RawCall['request'],
): AsyncGenerator<string> {
  for await (const each of told) {
    const caller = await gate.caller(request).catch(() => undefined);
    if (caller === undefined) return;
    yield each;
  }
}
