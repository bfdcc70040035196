import { expect } from 'chai';
import { usualGap } from '../../src/alarms/usual-gap.ts';
import { noteWebhooks } from '../../src/alarms/webhook-watch.ts';
import { ask, at, listed } from '../support/console.ts';
import { Service } from '../support/service.ts';
import { engines, openStores } from '../support/stores.ts';
import { hire, postWebhook } from '../support/webhook.ts';
import { Workspace } from '../support/workspace.ts';

const hour = 3_600_000;
const week = 168 * hour;
const nothingElse = { refused_since: null, refused_at: null, retried_at: null, retry: null };

describe('the first screen', function () {
  this.timeout(60_000);

  it('begins with the hour before the start', async () => {
    const workspace = new Workspace();
    try {
      const before = await Service.start({}, {}, workspace);
      for (const number of [1, 2, 3]) await postWebhook(before.url, hire(number));
      await listed(before, '/deliveries?state=delivered');
      await before.app.drain();
      await before.app.stop();
      const service = await Service.start({}, {}, workspace);
      const { json } = await ask(service, '/overview');
      await service.app.stop();
      const minutes = at(json, 'minutes');
      if (!Array.isArray(minutes)) throw new Error('there are minutes');
      const sum = (name: string) => minutes.reduce((all: number, minute) => all + Number(at(minute, name)), 0);
      expect([minutes.length, sum('received'), sum('delivered'), sum('failed')]).to.deep.equal([60, 3, 3, 0]);
      expect(at(json, 'intake', 'usualGap')).to.equal(null);
    } finally {
      workspace.remove();
    }
  });

  for (const engine of engines)
    it(`knows how often webhooks come in this hour of this weekday, on ${engine}`, async () => {
      const stores = await openStores(engine);
      const { database } = stores;
      try {
        const now = 1_800_000_000_000;
        const bucket = Math.floor(now / hour);
        const count = (weeks: number, events: number) => {
          const hours = { [bucket - (weeks * week) / hour]: events };
          const note = { source: 'huntflow', last_at: now, unsigned: 0, unkept: 0, hours, ...nothingElse };
          return database.call(noteWebhooks, { notes: [note], now });
        };
        await count(1, 30);
        await count(2, 90);
        expect(await usualGap(database.queries, now), 'two weeks are too few').to.equal(null);
        await count(4, 0);
        // Of the four weeks since anything was counted, one had none and is kept as nothing.
        expect(await usualGap(database.queries, now)).to.equal(120);
        expect(await usualGap(database.queries, now + hour), 'nothing comes an hour later').to.equal(null);
      } finally {
        await stores.close();
      }
    });
});
