import { expect } from 'chai';
import fc from 'fast-check';
import type { JsonObject } from '../../src/huntflow/json.ts';
import { viewOf } from '../../src/huntflow/view.ts';
import { wireBytes } from '../../src/huntflow/wire.ts';
import { incomingEvent } from '../../src/inbox/incoming-event.ts';
import { defaultKey } from '../../src/mapping/record/key.ts';
import { fixture } from '../support/fixtures.ts';
import { plainNetwork } from '../support/plain-network.ts';
import { Service } from '../support/service.ts';
import { postWebhook, secret, type Webhook, withValue } from '../support/webhook.ts';

describe('dedupe of webhooks', () => {
  plainNetwork();
  let service: Service;
  let next = 7000;

  before(async () => {
    service = await Service.start({
      mappings: {},
      config: { sources: { huntflow: { secrets: [secret] }, other: { secrets: [secret] } } },
    });
  });

  after(() => service.stop());

  const count = async () => (await service.app.composition.inbox.list({})).length;
  const base = fixture('facts/04-status-hired').document;

  async function post(
    document: JsonObject,
    webhook: Webhook = {},
  ): Promise<{ readonly status: string; readonly event: number }> {
    const { status, json } = await postWebhook(service.url, document, webhook);
    expect(status).to.equal(200);
    return { status: String(Reflect.get(Object(json), 'status')), event: Number(Reflect.get(Object(json), 'event')) };
  }

  /** A webhook with an event id of its own. */
  function fresh(id: string | number = String((next += 1))): JsonObject {
    return withValue(base, ['meta', 'event_id'], id);
  }

  async function sameEvent(
    first: JsonObject,
    second: JsonObject,
    webhook: Webhook = {},
    again: Webhook = webhook,
  ): Promise<void> {
    const before = await count();
    const kept = await post(first, webhook);
    expect(kept.status).to.equal('accepted');
    expect(await post(second, again)).to.deep.equal({ status: 'duplicate', event: kept.event });
    expect(await count()).to.equal(before + 1);
  }

  async function twoEvents(
    first: JsonObject,
    second: JsonObject,
    webhook: Webhook = {},
    again: Webhook = webhook,
  ): Promise<void> {
    const kept = await post(first, webhook);
    expect(kept.status).to.equal('accepted');
    const other = await post(second, again);
    expect(other.status).to.equal('accepted');
    expect(other.event).to.be.above(kept.event);
  }

  it('makes one event of four retries, whose bytes and signatures differ', async () => {
    const before = await count();
    const answers = [];
    for (const retry of [0, 1, 2, 3])
      answers.push(await post(fixture(`facts/26-retry-${retry}`).document, { delivery: `delivery-${retry}` }));
    expect(answers.map(({ status }) => status)).to.deep.equal(['accepted', 'duplicate', 'duplicate', 'duplicate']);
    expect(new Set(answers.map(({ event }) => event)).size).to.equal(1);
    expect(await count()).to.equal(before + 1);
  });

  it('takes an event_id as text or number for the same', async () => {
    await sameEvent(fresh('81234'), fresh(81_234));
    await sameEvent(fresh(0), fresh('0'));
  });

  it('takes another delivery header for the same event, when there is an event_id', () =>
    sameEvent(fresh('d-1'), fresh('d-1'), { delivery: 'a' }, { delivery: 'b' }));

  it('takes other fields, and another X-Huntflow-Event, for the same event', async () => {
    const first = fresh();
    await sameEvent(first, withValue(first, ['event', 'applicant', 'first_name'], 'Мария'));
    const second = fresh();
    await sameEvent(second, second, { event: 'APPLICANT' }, { event: 'SOMETHING-ELSE' });
  });

  const parts: readonly (readonly [what: string, path: readonly string[], value: string | number])[] = [
    ['domain', ['meta', 'domain'], 'another.example'],
    ['account', ['meta', 'account', 'id'], 15],
    ['event type', ['meta', 'event_type'], 'VACANCY'],
    ['event id', ['meta', 'event_id'], 'x'],
  ];
  for (const [what, path, value] of parts) {
    it(`takes another ${what} for another event, and none for one of its own`, async () => {
      const first = fresh();
      await twoEvents(first, withValue(first, path, value));
      if (what !== 'event id') {
        const without = withValue(first, path, undefined);
        expect((await post(without, { event: 'APPLICANT' })).status).to.equal(
          what === 'event type' ? 'duplicate' : 'accepted',
        );
        expect((await post(without, { event: 'APPLICANT' })).status).to.equal('duplicate');
      }
    });
  }

  it('takes the same event of another source for another event', async () => {
    const document = fresh();
    await twoEvents(document, document, { source: 'huntflow' }, { source: 'other' });
  });

  it('cannot be fooled by parts that run into one another', async () => {
    const first = withValue(withValue(fresh('1'), ['meta', 'domain'], 'a","14'), ['meta', 'account', 'id'], 'b');
    const second = withValue(withValue(fresh('1'), ['meta', 'domain'], 'a'), ['meta', 'account', 'id'], '14","b');
    await twoEvents(first, second);
  });

  describe('without an event_id', () => {
    const old = (payload: string | number | undefined) =>
      withValue(withValue(base, ['meta', 'event_id'], undefined), ['meta', 'payload_id'], payload);

    it('goes by the payload_id, text or number', async () => {
      await sameEvent(old(4711), old('4711'), { delivery: 'a' }, { delivery: 'b' });
      await sameEvent(withValue(old(4712), ['meta', 'event_id'], null), withValue(old(4712), ['meta', 'event_id'], ''));
      await twoEvents(old(4713), old(4714));
    });

    it('does not take a payload_id for an event_id', () => twoEvents(old(4715), fresh('4715')));

    it('goes by the delivery header when there is no payload_id either', async () => {
      await sameEvent(old(undefined), old(undefined), { delivery: 'uuid-1' });
      await twoEvents(old(undefined), old(undefined), { delivery: 'uuid-2' }, { delivery: 'uuid-3' });
    });

    it('goes by the delivery header for version 1.0, whose event.id is no event id', async () => {
      const { document } = fixture('facts/30-version-1-status-hired');
      await sameEvent(document, document, { delivery: 'v1-a' });
      await twoEvents(document, document, { delivery: 'v1-b' }, { delivery: 'v1-c' });
    });

    it('takes every request for a new event when there is nothing to go by', async () => {
      await twoEvents(old(undefined), old(undefined));
      await twoEvents(old(undefined), old(undefined), { delivery: '' });
    });

    it('goes by the delivery header for a body that nobody can read', async () => {
      const body = Buffer.from('{"half": ');
      const answers = [];
      for (const delivery of ['broken-1', 'broken-1', 'broken-2'])
        answers.push((await postWebhook(service.url, body, { delivery })).json);
      expect(answers.map((answer) => Reflect.get(Object(answer), 'status'))).to.deep.equal([
        'accepted',
        'duplicate',
        'accepted',
      ]);
    });
  });

  describe('with another log id or action', () => {
    const differing: readonly (readonly [string, readonly string[], string | number])[] = [
      ['log id', ['event', 'applicant_log', 'id'], 987_654],
      ['action', ['meta', 'webhook_action'], 'EDIT'],
    ];
    for (const [what, path, value] of differing) {
      it(`is an event of its own, and reported: ${what}`, async () => {
        const first = fresh();
        const second = withValue(first, path, value);
        const logged = service.log.length;
        await twoEvents(first, second);
        expect(service.log.slice(logged).filter((line) => line.includes('kept as an event of its own'))).to.have.length(
          1,
        );
        expect((await post(first)).status, 'the first again').to.equal('duplicate');
        expect((await post(second)).status, 'the second again').to.equal('duplicate');
      });
    }
  });

  it('goes by whom an event is about when it has no log: another applicant is an event of its own, and reported', async () => {
    const first = withValue(fresh(), ['event', 'applicant_log'], undefined);
    const second = withValue(first, ['event', 'applicant', 'id'], 424_242);
    const logged = service.log.length;
    await twoEvents(first, second);
    expect(service.log.slice(logged).filter((line) => line.includes('kept as an event of its own'))).to.have.length(1);
    for (const document of [first, second]) expect((await post(document)).status).to.equal('duplicate');
  });

  it('makes one event of fifty equal requests at once', async () => {
    const before = await count();
    const document = fresh();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_none, index) =>
        post(withValue(document, ['meta', 'retry'], index % 4), { delivery: String(index) }),
      ),
    );
    expect(answers.filter(({ status }) => status === 'accepted')).to.have.length(1);
    expect(new Set(answers.map(({ event }) => event)).size).to.equal(1);
    expect(await count()).to.equal(before + 1);
  });

  it('keeps the bytes that came first', async () => {
    const first = fresh();
    const { event } = await post(first);
    await post(withValue(first, ['meta', 'retry'], 3));
    const kept = await service.app.composition.inbox.find(event);
    expect(Buffer.from(kept?.body ?? []).equals(wireBytes(first))).to.equal(true);
  });

  it('takes two event ids for two events, however many of their digits agree', async () => {
    const bytes = (id: string) => Buffer.from(wireBytes(fresh('LONG')).toString().replace('"LONG"', id));
    const answers = [];
    for (const id of ['9007199254740992', '9007199254740993', '"9007199254740993"', '9007199254740992'])
      answers.push((await postWebhook(service.url, bytes(id))).json);
    expect(answers.map((answer) => Reflect.get(Object(answer), 'status'))).to.deep.equal([
      'accepted',
      'accepted',
      'duplicate',
      'duplicate',
    ]);
  });
});

describe('ids of 64 bits', () => {
  /** Two ids of one length that differ in their last digit. */
  const pair = fc
    .tuple(fc.bigInt({ min: 1n, max: 2n ** 64n / 10n - 1n }), fc.nat(9), fc.nat(9))
    .filter(([, a, b]) => a !== b)
    .map(([head, a, b]) => [`${head}${a}`, `${head}${b}`] as const);
  const places = ['event_id', 'payload_id', 'account', 'log', 'applicant'] as const;

  async function eventWith(place: (typeof places)[number], id: string) {
    const at = (name: string, other: string) => (place === name ? id : other);
    const ids = place === 'payload_id' ? `"payload_id":${id}` : `"event_id":${at('event_id', '1')}`;
    const text = `{"meta":{"event_type":"APPLICANT",${ids},"account":{"id":${at('account', '2')}}},"event":{"applicant":{"id":${at('applicant', '3')}},"applicant_log":{"id":${at('log', '4')}}}}`;
    const bytes = Buffer.from(text);
    const { event } = await incomingEvent({ name: 's', scope: undefined }, {}, { bytes, size: bytes.length }, 0);
    return { ...event, key: event.document === undefined ? null : defaultKey(viewOf(event.document, {})) };
  }

  it('that differ in one digit never share a dedupe key, a variant, a scope or a key', async () => {
    await fc.assert(
      fc.asyncProperty(pair, fc.constantFrom(...places), async ([one, other], place) => {
        const [a, b] = [await eventWith(place, one), await eventWith(place, other)];
        switch (place) {
          case 'event_id':
          case 'payload_id':
            expect(a.dedupeKey).to.not.equal(b.dedupeKey);
            break;
          case 'account':
            expect([a.dedupeKey === b.dedupeKey, a.scope === b.scope]).to.deep.equal([false, false]);
            break;
          case 'log':
            expect(a.variant).to.not.equal(b.variant);
            break;
          case 'applicant':
            expect([a.key, b.key]).to.deep.equal([`applicant/${one}`, `applicant/${other}`]);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('are one id as number and as text', async () => {
    await fc.assert(
      fc.asyncProperty(pair, async ([id]) => {
        const text = await eventWith('event_id', `"${id}"`);
        expect((await eventWith('event_id', id)).dedupeKey).to.equal(text.dedupeKey);
      }),
      { numRuns: 500 },
    );
  });
});
