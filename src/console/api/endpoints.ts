import type { ConsoleParts } from '../parts.ts';
import { alarmRoutes } from '../routes/alarms.ts';
import { auditRoutes } from '../routes/audit.ts';
import { bulkRoutes } from '../routes/bulk.ts';
import { causeRoutes } from '../routes/causes.ts';
import { deliveryRoutes } from '../routes/deliveries.ts';
import { eventRoutes } from '../routes/events.ts';
import { mappingRoutes } from '../routes/mappings.ts';
import { overviewRoutes } from '../routes/overview.ts';
import { peopleRoutes } from '../routes/people.ts';
import { replayRoutes } from '../routes/replay.ts';
import { targetRoutes } from '../routes/targets.ts';
import type { Endpoint } from './endpoint.ts';

/** Every route of the API. */
export function endpointsOf(parts: ConsoleParts): Endpoint[] {
  return [
    ...overviewRoutes(parts),
    ...eventRoutes(parts),
    ...replayRoutes(parts),
    ...deliveryRoutes(parts),
    ...bulkRoutes(parts),
    ...causeRoutes(parts),
    ...peopleRoutes(parts),
    ...targetRoutes(parts),
    ...mappingRoutes(parts),
    ...alarmRoutes(parts),
    ...auditRoutes(parts),
  ];
}
