import Router from '@koa/router';
import { configHeader, configMark } from '../config/config-mark.ts';

/** What a load balancer or an operator asks: is it alive, and does it take webhooks. */
export interface Health {
  readonly ready: boolean;
  /** Plain JSON for people: counts and names, never data. */
  readonly details: Readonly<Record<string, unknown>>;
}

export function healthRouter(health: () => Promise<Health>, config: string): Router {
  const mark = configMark(config);
  const router = new Router();
  router.get('/health/live', (context) => {
    context.set(configHeader, mark);
    context.body = { status: 'live' };
  });
  router.get('/health/ready', async (context) => {
    const { ready, details } = await health();
    context.status = ready ? 200 : 503;
    context.body = { status: ready ? 'ready' : 'not ready', ...details };
  });
  return router;
}
