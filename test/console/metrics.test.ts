import { expect } from 'chai';
import { Registry, Counter } from 'prom-client';
import { metricsRouter } from '../../src/console/metrics.ts';
import { HttpListener } from '../../src/http-listener.ts';
import { plainNetwork } from '../support/plain-network.ts';
import { request } from '../support/request.ts';

describe('metrics', () => {
  plainNetwork();

  it('are told while the database is away', async () => {
    const registry = new Registry();
    new Counter({ name: 'kept_total', help: 'kept', registers: [registry] }).inc(3);
    const failures: unknown[] = [];
    const listener = new HttpListener({
      listener: { host: '127.0.0.1', port: 0 },
      routers: [metricsRouter(registry, () => Promise.reject(new Error('connect ECONNREFUSED')))],
      failed: (error) => failures.push(error),
      refused: (reason) => failures.push(reason),
    });
    const url = await listener.start();
    try {
      const { status, text } = await request(`${url}/metrics`, { method: 'GET' });
      expect([status, failures]).to.deep.equal([200, []]);
      expect(text).to.include('kept_total 3');
    } finally {
      await listener.stop(AbortSignal.abort());
    }
  });
});
