import { Readable } from 'node:stream';
import { ApiError } from '../api/api-error.ts';
import { type Endpoint, streamEndpoint } from '../api/endpoint.ts';
import type { Changes } from '../stream/changes.ts';

/** Streams at a time: one for each browser. */
const mostStreams = 200;

/** Tells of what changes, by name: whoever listens asks again for what it shows. */
export function streamRoutes(changes: Changes): Endpoint[] {
  let open = 0;
  return [
    streamEndpoint({
      path: '/stream',
      role: 'viewer',
      summary: { ru: 'Что меняется, по мере изменений (SSE)', en: 'What changes, as it does (server-sent events)' },
      run: async ({ signal }) => {
        if (open >= mostStreams)
          throw new ApiError(429, 'too-many-streams', {
            ru: 'слушателей слишком много: закройте лишние вкладки',
            en: 'too many listen: close a few tabs',
          });
        open += 1;
        signal.addEventListener('abort', () => (open -= 1), { once: true });
        return Readable.from(changes.follow(signal));
      },
    }),
  ];
}
