import Router from '@koa/router';
import type { Registry } from 'prom-client';

/** `GET /metrics` in the Prometheus text format; `refresh` brings gauges of the database up to date first. */
export function metricsRouter(registry: Registry, refresh: () => Promise<void>): Router {
  const router = new Router();
  router.get('/metrics', async (context) => {
    // While the database is away the counters are wanted most; its gauges stay as they were.
    await refresh().catch(() => undefined);
    context.type = registry.contentType;
    context.body = await registry.metrics();
  });
  return router;
}
