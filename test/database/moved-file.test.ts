import { copyFileSync, renameSync, rmSync } from 'node:fs';
import { expect } from 'chai';
import { plainNetwork } from '../support/plain-network.ts';
import { request } from '../support/request.ts';
import { Service } from '../support/service.ts';
import { hire, postWebhook } from '../support/webhook.ts';

describe('a database file that somebody takes away under the service', () => {
  plainNetwork();
  let service: Service;
  const file = (name = 'connector.db') => service.workspace.path('var', name);
  const post = async (number: number) => (await postWebhook(service.url, hire(number))).status;

  beforeEach(async () => {
    service = await Service.start({ mappings: {} });
    expect(await post(1)).to.equal(200);
  });

  afterEach(() => service.stop());

  const away = () => renameSync(file(), file('moved.db'));
  const ways: Readonly<Record<string, readonly [take: () => void, back?: () => void]>> = {
    'moved away': [away, () => renameSync(file('moved.db'), file())],
    'replaced by a copy': [
      () => {
        copyFileSync(file(), file('copy.db'));
        away();
        renameSync(file('copy.db'), file());
      },
      () => renameSync(file('moved.db'), file()),
    ],
    'in a folder that is renamed': [
      () => renameSync(service.workspace.path('var'), service.workspace.path('old')),
      () => renameSync(service.workspace.path('old'), service.workspace.path('var')),
    ],
    deleted: [() => rmSync(file())],
    'left without its write-ahead log': [() => rmSync(file('connector.db-wal'))],
  };

  for (const [name, [take, back]] of Object.entries(ways))
    it(`answers no webhook 200 that would be gone with it, and ready says why: ${name}`, async () => {
      take();
      expect([await post(2), await post(3)]).to.deep.equal([503, 503]);
      const ready = await request(`${service.url}/health/ready`, { method: 'GET' });
      expect(ready.status).to.equal(503);
      expect(ready.text).to.include('was moved, replaced or deleted while the service runs');
      if (back === undefined) return;
      back();
      expect([await post(2), await post(3)]).to.deep.equal([200, 200]);
      expect(await service.app.composition.inbox.list({})).to.have.length(3);
    });
});
