import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { parseCsv } from '../support/csv-text.ts';
import { fixture, huntflowFixtures } from '../support/fixtures.ts';
import { plainNetwork } from '../support/plain-network.ts';
import { Service } from '../support/service.ts';
import { postWebhook, secret } from '../support/webhook.ts';

const shipped =
  readFileSync(fileURLToPath(new URL('../../mappings/hire-to-csv.yaml', import.meta.url)), 'utf8').split(
    '\ntests:',
  )[0] ?? '';

describe('the road from webhook to CSV, with the shipped mapping', () => {
  plainNetwork();
  let service: Service;

  beforeEach(async () => {
    service = await Service.start({ mappings: { 'hire-to-csv.yaml': `${shipped}\n` } });
  });

  afterEach(() => service.stop());

  const rows = () =>
    existsSync(service.workspace.path('drop', 'hires.csv'))
      ? parseCsv(readFileSync(service.workspace.path('drop', 'hires.csv'), 'utf8'))
      : [];
  const drained = () => service.app.drain();

  it('makes one event and one row of four retries', async () => {
    for (const retry of [0, 1, 2, 3]) {
      expect(
        (await postWebhook(service.url, fixture(`facts/26-retry-${retry}`).document, { delivery: `d-${retry}` }))
          .status,
      ).to.equal(200);
      await drained();
    }
    expect(await service.app.composition.inbox.list({})).to.have.length(1);
    expect(rows()).to.have.length(2);
    expect(rows()[1]?.slice(0, 3)).to.deep.equal(['18', 'Сидоров', 'Пётр']);
  });

  it('makes no hire of a comment that carries the status, an edit, a deletion or another stage', async () => {
    for (const name of [
      '10-comment-with-status',
      '11-comment-with-employment-date',
      '13-status-hired-edit',
      '13-status-hired-delete',
      '06-status-ordinary',
      '08-status-rejected',
      '12-comment-1-add',
    ]) {
      expect((await postWebhook(service.url, fixture(`facts/${name}`).document)).status, name).to.equal(200);
    }
    await drained();
    expect(rows()).to.deep.equal([]);
  });

  it('takes every fixture twice, delivers what are hires once, and logs nothing about anybody', async () => {
    for (const round of ['a', 'b']) {
      for (const { name, document, event } of huntflowFixtures())
        expect(
          (await postWebhook(service.url, document, { event, delivery: name })).status,
          `${name} ${round}`,
        ).to.equal(200);
      await drained();
    }
    const written = rows().slice(1);
    expect(written).to.have.length.above(5);
    const delivered = await service.app.composition.outbox.list({ state: 'delivered' });
    expect(written).to.have.length(delivered.length);
    expect(await service.app.composition.inbox.list({ state: 'received' })).to.deep.equal([]);

    const everything = service.log.join('');
    const words = new Set(huntflowFixtures().flatMap(({ document }) => [...personal(document)]));
    expect(words.size).to.be.above(10);
    for (const hidden of [secret, ...words]) expect(everything, hidden).not.to.include(hidden);
  });
});

/** Names, phones and mails of a body, however deep. */
function* personal(value: unknown, key = ''): Generator<string> {
  if (typeof value === 'string') {
    if (
      /^(?:first_name|last_name|middle_name|phone|email|birthday|displayName|comment|skype)$/.test(key) &&
      value.length > 3
    )
      yield value;
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, item] of Object.entries(value)) yield* personal(item, name);
  }
}
