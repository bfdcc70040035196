import { expect } from 'chai';
import { plainNetwork } from '../support/plain-network.ts';
import { request } from '../support/request.ts';
import { Service } from '../support/service.ts';

describe('console api', () => {
  plainNetwork();
  let service: Service;

  before(async () => {
    service = await Service.start();
  });

  after(() => service.stop());

  it('answers every list to this machine', async () => {
    for (const path of [
      'overview',
      'events',
      'deliveries',
      'bulk',
      'causes',
      'blocked',
      'attention',
      'targets',
      'mappings',
      'audit',
      'openapi.json',
    ]) {
      const { status, text } = await request(`${service.app.consoleUrl}/api/${path}`, { method: 'GET' });
      expect([path, status, status === 200 ? '' : text]).to.deep.equal([path, 200, '']);
    }
  });
});
