import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import type { JsonObject } from '../../src/huntflow/json.ts';
import { KeptReferences } from '../../src/outbox/references.ts';
import { Clock } from '../support/clock.ts';
import { fixture } from '../support/fixtures.ts';
import { hireToCsv, Service } from '../support/service.ts';
import { hire, withValue } from '../support/webhook.ts';

const needsName = `mapping: needs-name
on: { event: APPLICANT, type: STATUS }
to: staff-csv
record: { Лог: =log.id, Фамилия: { from: =applicant.last_name, as: string, required: true } }
`;
const endless = `mapping: endless
on: { event: APPLICANT, type: COMMENT }
to: staff-csv
record: { Лог: '=($f := function($n) { $f($n + 1) }; $f(1))' }
`;

describe('the mapper', () => {
  let service: Service;
  let clock: Clock;
  let given = 0;

  afterEach(() => service.stop());

  async function open(mappings: Readonly<Record<string, string>>): Promise<void> {
    clock = new Clock();
    service = await Service.create({ mappings, config: { formulas: { deadline: '300ms' } } }, { now: clock.now });
    await service.app.composition.database.migrate();
    await service.app.composition.mappings.load();
    expect(service.app.composition.mappings.faults).to.deep.equal([]);
  }

  /** Keeps a webhook without any HTTP; returns its id. */
  async function give(document: JsonObject | Uint8Array): Promise<number> {
    given += 1;
    const body = document instanceof Uint8Array ? document : Buffer.from(JSON.stringify(document));
    const { event } = await service.app.composition.inbox.keep({
      source: 'huntflow',
      scope: 's',
      event: 'APPLICANT',
      type: undefined,
      action: undefined,
      dedupeKey: String(given),
      variant: '',
      receivedAt: clock.now(),
      body,
      bodySize: body.length,
      headers: {},
      error: undefined,
    });
    return event;
  }

  const mapper = () => service.app.composition.mapper.drain();
  const deliveries = async () => (await service.app.composition.outbox.list({})).toReversed();
  const stateOf = async (id: number) => (await service.app.composition.inbox.find(id))?.state;

  it('makes the deliveries of a key in the order of receipt, also over several batches', async () => {
    await open({ 'hire.yaml': hireToCsv });
    const ids: number[] = [];
    for (let number = 1; number <= 230; number += 1) ids.push(await give(hire(number, { key: number % 3 })));
    expect(await mapper()).to.equal(230);
    const found = await deliveries();
    expect(found.map(({ eventId }) => Number(eventId)).toSorted((a, b) => a - b)).to.deep.equal(ids);
    for (const key of ['applicant/0', 'applicant/1', 'applicant/2']) {
      const own = found.filter((delivery) => delivery.key === key).map(({ eventId }) => Number(eventId));
      expect(own, key)
        .to.have.length.above(70)
        .and.to.deep.equal(own.toSorted((a, b) => a - b));
    }
  });

  it('skips an event that no mapping wants, whatever it is', async () => {
    await open({ 'hire.yaml': hireToCsv });
    const ids = [];
    for (const name of [
      'facts/28-unknown-event-type',
      'facts/10-comment-with-status',
      'facts/13-status-hired-edit',
      'facts/06-status-ordinary',
      'doc-1.0/vacancy-2020',
    ])
      ids.push(await give(fixture(name).document));
    await mapper();
    expect(await Promise.all(ids.map(stateOf))).to.deep.equal(ids.map(() => 'skipped'));
    expect(await deliveries()).to.deep.equal([]);
  });

  it('makes one delivery for each value of `once`, and none for a second event with it', async () => {
    await open({ 'hire.yaml': hireToCsv });
    const first = await give(hire(1));
    const second = await give(withValue(hire(1), ['meta', 'event_id'], 'another'));
    await mapper();
    const third = await give(withValue(hire(1), ['meta', 'event_id'], 'a third'));
    await mapper();
    expect((await deliveries()).map(({ eventId }) => eventId)).to.deep.equal([first]);
    expect([await stateOf(second), await stateOf(third)]).to.deep.equal(['mapped', 'mapped']);
  });

  it('makes a dead letter of a mapping that fails, in its place, while other mappings of the event go on', async () => {
    await open({
      'hire.yaml': hireToCsv.replace('to: staff-csv', 'to: staff-csv\norder: none'),
      'needs-name.yaml': needsName,
    });
    await give(withValue(hire(1, { key: 5 }), ['event', 'applicant', 'last_name'], null));
    await give(hire(2, { key: 5 }));
    await service.app.drain();
    const found = (await deliveries()).map(({ mapping, state, reason, blocked }) => ({
      mapping,
      state,
      reason,
      blocked,
    }));
    expect(found.filter(({ mapping }) => mapping === 'hire-to-csv').map(({ state }) => state)).to.deep.equal([
      'delivered',
      'delivered',
    ]);
    expect(found.filter(({ mapping }) => mapping === 'needs-name')).to.deep.equal([
      { mapping: 'needs-name', state: 'dead', reason: 'mapping failed', blocked: false },
      { mapping: 'needs-name', state: 'pending', reason: null, blocked: true },
    ]);
    expect(service.log.join(''))
      .to.include('mapping failed for an event')
      .and.not.to.match(/Сидоров|Пётр/);
  });

  it('maps a retried dead letter again with the current file, before what it held back', async () => {
    await open({ 'needs-name.yaml': needsName });
    const first = await give(withValue(hire(1, { key: 5 }), ['event', 'applicant', 'last_name'], null));
    const second = await give(hire(2, { key: 5 }));
    await service.app.drain();
    const [dead] = await deliveries();
    const { outbox, mappings } = service.app.composition;

    await outbox.retry(dead?.id ?? 0, clock.now());
    await service.app.drain();
    expect(
      (await deliveries()).map(({ state }) => state),
      'with the same file',
    ).to.deep.equal(['dead', 'pending']);

    writeFileSync(
      service.workspace.path('mappings', 'needs-name.yaml'),
      needsName.replace('required: true', 'default: нет'),
    );
    await mappings.load();
    await outbox.retry(dead?.id ?? 0, clock.now());
    await service.app.drain();
    expect((await deliveries()).map(({ state, eventId }) => [state, eventId])).to.deep.equal([
      ['delivered', first],
      ['delivered', second],
    ]);
    expect(JSON.parse((await outbox.record(dead?.id ?? 0)) ?? '')).to.include({ Фамилия: 'нет' });
  });

  it('cancels a retried dead letter that the current file does not want, and says so when its mapping is gone', async () => {
    await open({ 'needs-name.yaml': needsName });
    const nameless = (number: number) => give(withValue(hire(number), ['event', 'applicant', 'last_name'], null));
    await nameless(1);
    await nameless(2);
    await mapper();
    const [one, two] = await deliveries();
    const { outbox, mappings } = service.app.composition;
    const file = service.workspace.path('mappings', 'needs-name.yaml');
    writeFileSync(file, needsName.replace('type: STATUS', 'type: MAIL'));
    await mappings.load();
    await outbox.retry(one?.id ?? 0, clock.now());
    await mapper();
    writeFileSync(file, needsName.replace('mapping: needs-name', 'mapping: renamed'));
    await mappings.load();
    await outbox.retry(two?.id ?? 0, clock.now());
    await mapper();
    expect((await deliveries()).map(({ state, reason }) => [state, reason])).to.deep.equal([
      ['cancelled', null],
      ['dead', 'mapping failed'],
    ]);
    expect((await deliveries())[1]?.lastError?.en).to.include('"needs-name" is not there now');
  });

  it('ends an endless formula for its own event only, and goes on', async () => {
    await open({ 'endless.yaml': endless, 'hire.yaml': hireToCsv });
    const before = await give(hire(1));
    const stuck = await give(fixture('facts/10-comment-with-status').document);
    const after = await give(hire(2));
    await service.app.drain();
    expect((await deliveries()).map(({ eventId, state, reason }) => [eventId, state, reason])).to.deep.equal([
      [before, 'delivered', null],
      [stuck, 'dead', 'mapping failed'],
      [after, 'delivered', null],
    ]);
  });

  it('marks an event whose bytes cannot be read as failed, and goes on', async () => {
    await open({ 'hire.yaml': hireToCsv });
    const broken = await give(Buffer.from('{"half":'));
    const good = await give(hire(1));
    await mapper();
    expect([await stateOf(broken), await stateOf(good)]).to.deep.equal(['failed', 'mapped']);
  });

  it('keeps who survives a merge of applicants, over several merges and for one organisation only', async () => {
    await open({});
    const double = fixture('facts/14-double').document;
    const merge = (survivor: number, removed: string) =>
      withValue(
        withValue(double, ['event', 'applicant', 'id'], survivor),
        ['event', 'applicant_log', 'source'],
        removed,
      );
    await give(merge(20, '10'));
    await give(merge(30, '20'));
    await mapper();
    const references = (scope: string) => new KeptReferences(service.app.composition.database, 'zup', scope);
    expect(
      await Promise.all([10, 20, 30, '10'].map((id) => references('s').survivorOf('applicant', id))),
    ).to.deep.equal(['30', '30', '30', '30']);
    expect(await references('another').survivorOf('applicant', 10)).to.equal('10');
    await give(merge(10, '30'));
    await mapper();
    expect(await references('s').survivorOf('applicant', 10), 'merged in a circle').to.be.oneOf(['10', '20', '30']);
  });
});
