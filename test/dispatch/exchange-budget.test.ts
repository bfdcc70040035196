import { expect } from 'chai';
import fc from 'fast-check';
import { exchangesWithin } from '../../src/dispatch/exchange-budget.ts';
import type { RecordedExchange } from '../../src/outbox/delivery.ts';

const perAttempt = 256 * 1024;
const perDelivery = 4 * 1024 ** 2;
const bytes = (exchanges: readonly RecordedExchange[]) => Buffer.byteLength(JSON.stringify(exchanges));

const body = fc
  .tuple(fc.constantFrom('a', 'ж', '•', '"', '\u0001', '\ud800'), fc.integer({ min: 0, max: 8193 }))
  .map(([character, length]) => character.repeat(length));
const side = fc.record({ summary: fc.string({ maxLength: 40 }), body: fc.option(body) });
const many: fc.Arbitrary<RecordedExchange[]> = fc.array(fc.record({ sent: side, received: fc.option(side) }), {
  maxLength: 50,
  size: 'max',
});
const taken = fc.oneof(fc.constant(0), fc.integer({ min: perDelivery - 2 * perAttempt, max: perDelivery + 10 }));

const exchange = (number: number, length: number): RecordedExchange => ({
  sent: { summary: `POST /${number}`, body: 'x'.repeat(length) },
  received: { summary: '200', body: 'y'.repeat(length) },
});
const dropped = (exchanges: readonly RecordedExchange[]) =>
  exchanges
    .flatMap(({ sent, received }) => [sent.body, received?.body])
    .map((each) => each?.includes('not kept') === true);

describe('the room for exchanges', () => {
  it('is 256 KB for an attempt and what is left of 4 MB, whatever the bodies are made of', () => {
    fc.assert(
      fc.property(many, taken, (exchanges, already) => {
        const kept = exchangesWithin(exchanges, already);
        const bare = bytes(exchangesWithin(exchanges, perDelivery));
        expect(bytes(kept)).to.be.at.most(Math.max(Math.min(perAttempt, perDelivery - already), bare));
        for (const [index, { sent, received }] of kept.entries()) {
          const before = exchanges[index];
          expect([sent.summary, received?.summary]).to.deep.equal([before?.sent.summary, before?.received?.summary]);
          for (const [now, was] of [
            [sent.body, before?.sent.body],
            [received?.body, before?.received?.body],
          ])
            if (now !== was) expect(now).to.match(/не сохранено.*not kept/);
        }
        expect(kept).to.have.length(exchanges.length);
      }),
      { numRuns: 30, endOnFailure: true },
    );
  });

  it('changes nothing that fits', () => {
    const exchanges = Array.from({ length: 15 }, (_none, number) => exchange(number, 8193));
    expect(bytes(exchanges)).to.be.within(240_000, perAttempt);
    expect(exchangesWithin(exchanges, perDelivery - perAttempt)).to.equal(exchanges);
  });

  it('goes to the last bodies first, which say why an attempt failed', () => {
    const exchanges = Array.from({ length: 20 }, (_none, number) => exchange(number, 8000));
    const gone = dropped(exchangesWithin(exchanges, 0));
    const first = gone.indexOf(false);
    expect(first).to.be.within(7, 10);
    expect(gone).to.deep.equal(gone.map((_each, index) => index < first));
  });

  it('is used up once earlier attempts have taken it, but for bodies shorter than the words in their place', () => {
    const exchanges = [exchange(1, 5000), exchange(2, 10)];
    for (const already of [perDelivery, perDelivery + 100_000])
      expect(dropped(exchangesWithin(exchanges, already))).to.deep.equal([true, true, false, false]);
    expect(exchangesWithin([{ sent: { summary: 'GET /', body: null }, received: null }], perDelivery)).to.deep.equal([
      { sent: { summary: 'GET /', body: null }, received: null },
    ]);
  });
});
