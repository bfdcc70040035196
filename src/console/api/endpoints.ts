import type { ConsoleParts } from '../parts.ts';
import { alarmRoutes } from '../routes/alarms.ts';
import { auditRoutes } from '../routes/audit.ts';
import { bulkRoutes } from '../routes/bulk.ts';
import { causeRoutes } from '../routes/causes.ts';
import { deliveryRoutes } from '../routes/deliveries.ts';
import { eventRoutes } from '../routes/events.ts';
import { mappingRoutes } from '../routes/mappings.ts';
import { overviewRoutes, type Seen, seen } from '../routes/overview.ts';
import { peopleRoutes } from '../routes/people.ts';
import { replayRoutes } from '../routes/replay.ts';
import { targetRoutes } from '../routes/targets.ts';
import type { Endpoint } from './endpoint.ts';
import { Kept } from './kept.ts';

/** Milliseconds for which all tabs of all people share one look at how it stands. */
const standingLife = 1000;

/** Every route of the API. */
export function endpointsOf(parts: ConsoleParts): Endpoint[] {
  const standing = new Kept(() => seen(parts), standingLife);
  const all = [
    ...overviewRoutes(parts, standing),
    ...eventRoutes(parts),
    ...replayRoutes(parts),
    ...deliveryRoutes(parts),
    ...bulkRoutes(parts),
    ...causeRoutes(parts),
    ...peopleRoutes(parts),
    ...targetRoutes(parts, standing),
    ...mappingRoutes(parts),
    ...alarmRoutes(parts),
    ...auditRoutes(parts),
  ];
  return all.map((each) => (each.method === 'get' ? each : forgetting(each, standing)));
}

/** Whoever changes something sees it changed. */
function forgetting(endpoint: Endpoint, standing: Kept<Seen>): Endpoint {
  return { ...endpoint, run: (call) => endpoint.run(call).finally(() => standing.forget()) };
}
