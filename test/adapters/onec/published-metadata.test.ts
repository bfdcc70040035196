import { expect } from 'chai';
import { Infobase } from '../../../adapters/onec/infobase.ts';
import { OnecOdata } from '../../../adapters/onec-odata.ts';
import { PublishedMetadata } from '../../../adapters/onec/published-metadata.ts';
import { Clock } from '../../support/clock.ts';
import { deliveryOf, type TestTools, toolsIn } from '../../support/delivery-context.ts';
import { OnecStandIn } from '../../../stand-ins/onec/stand-in.ts';
import { failure } from './failure.ts';
import { personOf, valuesOf } from './hire.ts';

const minute = 60_000;
const people = 'Catalog_ФизическиеЛица';
const { signal } = new AbortController();

describe('a name that $metadata lacks', () => {
  let standIn: OnecStandIn;
  let clock: Clock;
  let tools: TestTools;

  beforeEach(async () => {
    standIn = await OnecStandIn.start();
    clock = new Clock();
    tools = toolsIn(undefined, { now: clock.now });
  });

  afterEach(async () => {
    await standIn.stop();
    tools.dispose();
  });

  const settings = () =>
    OnecOdata.settings.cast({ url: standIn.url, user: standIn.behaviour.user, password: standIn.behaviour.password });
  const readings = () => standIn.seen.filter(({ url }) => url.endsWith('$metadata')).length;

  async function withMetadata(work: (metadata: PublishedMetadata) => Promise<void>): Promise<void> {
    const infobase = new Infobase(settings(), tools);
    const metadata = new PublishedMetadata(infobase, settings(), tools);
    try {
      await metadata.current(signal);
      await work(metadata);
    } finally {
      await metadata.close();
      await infobase.close();
    }
  }

  it('is asked for once, and again after a minute', () =>
    withMetadata(async (metadata) => {
      const counts = [readings()];
      for (const pause of [0, 0, minute, 1, minute, 1]) {
        clock.advance(pause);
        await metadata.refreshed('Catalog_Новый', signal);
        counts.push(readings());
      }
      expect(counts).to.deep.equal([1, 2, 2, 2, 3, 3, 4]);
    }));

  it('is asked for again although the clock was set back since', () =>
    withMetadata(async (metadata) => {
      await metadata.refreshed('Catalog_Новый', signal);
      clock.advance(-24 * 60 * minute);
      await metadata.refreshed('Catalog_Новый', signal);
      expect(readings()).to.equal(3);
    }));

  it('is asked for at once when another one has been asked for', () =>
    withMetadata(async (metadata) => {
      for (const name of ['Catalog_Новый', 'Catalog_Другой', 'Catalog_Новый', 'Catalog_Другой'])
        await metadata.refreshed(name, signal);
      expect(readings()).to.equal(3);
    }));

  it('is asked for again at once when 1C gave no answer', () =>
    withMetadata(async (metadata) => {
      standIn.trouble = () => ({ kind: 'badGateway' });
      await failure('unavailable', metadata.refreshed('Catalog_Новый', signal));
      standIn.trouble = () => undefined;
      await metadata.refreshed('Catalog_Новый', signal);
      expect(readings()).to.equal(3);
    }));

  it('is delivered to within a minute of being published', async () => {
    standIn.behaviour.unpublished = [people];
    const adapter = new OnecOdata(settings(), tools);
    const deliver = (id: number) => adapter.deliver({ steps: [personOf(valuesOf(17))] }, deliveryOf(id));
    try {
      await failure('rejected', deliver(1));
      standIn.behaviour.unpublished = [];
      clock.advance(minute);
      await failure('rejected', deliver(2));
      clock.advance(1);
      await deliver(3);
      expect(standIn.base.all(people)).to.have.length(1);
    } finally {
      await adapter.close();
    }
  });
});
