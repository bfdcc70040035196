import { expect } from 'chai';
import { Database } from '../../src/database/database.ts';
import { plainNetwork } from '../support/plain-network.ts';
import { Service } from '../support/service.ts';
import { until } from '../support/until.ts';
import { hire, postWebhook } from '../support/webhook.ts';

/** As after kill -STOP: its lock file was deleted, nobody saw it at work, and another one was started meanwhile. */
describe('a service whose database another one has taken over while it stood still', () => {
  plainNetwork();
  let service: Service;
  let other: Database;
  const said = (words: string) => service.log.filter((line) => line.includes(words));

  beforeEach(async () => {
    service = await Service.start({}, { leaseTime: 1000 });
    expect((await postWebhook(service.url, hire(1))).status).to.equal(200);
    await until('the hire is delivered', () =>
      service.app.composition.outbox.list({ state: 'delivered' }).then(({ length }) => length === 1),
    );
    other = new Database(`sqlite:${service.workspace.path('var', 'connector.db')}`);
    await other.takeOver();
  });

  afterEach(async () => {
    await service.stop();
    await other.close();
  });

  it('keeps no webhook, writes and sends nothing more, says so once, and ends', async () => {
    const { database } = service.app.composition;
    const answer = await postWebhook(service.url, hire(2)).then(
      ({ status }) => status,
      () => 'no answer',
    );
    expect(answer).to.be.oneOf([503, 'no answer']);
    await until('it has ended', () => said('"stopped"').length === 1);
    expect(database.overtaken.aborted).to.equal(true);
    expect(said('another huntflow-connector serves this database')).to.have.length(1);
    const events = await other.queries.selectFrom('events').select('id').execute();
    expect(events).to.have.length(1);
  });

  it('finds so by itself, without a webhook', async () => {
    await until('it has ended', () => said('"stopped"').length === 1, 20_000);
  });
});
