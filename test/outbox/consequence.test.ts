import { expect } from 'chai';
import {
  asksForNext,
  consequenceOf,
  type HeldLane,
  laneBehind,
  type NextDelivery,
} from '../../src/outbox/settle/consequence.ts';
import { causeOf } from '../../src/outbox/cause.ts';
import type { Claim, Settlement } from '../../src/outbox/delivery.ts';

const claim: Claim = {
  laneId: 5,
  laneKey: 'a',
  token: 7,
  id: 40,
  target: 'zup',
  key: 'a',
  scope: 's',
  record: '{}',
  idempotencyKey: 'k',
  createdAt: 1000,
  progress: null,
  attempt: 3,
  counted: 2,
  triedSince: 1500,
  spent: 400,
  conflicts: 0,
  attemptBytes: 0,
  person: null,
  seal: null,
  keyText: null,
};
const summary = { ru: 'занято', en: 'busy' };
const ended = { startedAt: 2000, finishedAt: 2001, summary, exchanges: [], warnings: [] } as const;
const delivered: Settlement = { ...ended, outcome: 'delivered' };
const retry: Settlement = { ...ended, outcome: 'retry', dueAt: 9000, wait: 6999, cost: 'attempt', spends: 7000 };
const unknown: Settlement = { ...ended, outcome: 'unknown', dueAt: 2001, wait: 0, cost: 'interruption', spends: 0 };
const dead: Settlement = { ...ended, outcome: 'dead', reason: 'rejected' };

const lane: HeldLane = { id: 5, key: 'a', head: 2, tail: 6, interrupted: 0 };
const last: HeldLane = { ...lane, tail: 2 };
const alone: HeldLane = { id: 5, key: null, head: 1, tail: 1, interrupted: 0 };
const next = { pos: 4, ready: true };

describe('the consequence of a settlement', () => {
  const of = (settlement: Settlement, place = lane, following?: NextDelivery) =>
    consequenceOf({ claim, settlement }, place, following);

  it('is an attempt that says how it went, whatever the outcome', () => {
    for (const settlement of [delivered, retry, unknown, dead]) {
      expect(of(settlement).attempt, settlement.outcome).to.deep.equal({
        delivery_id: 40,
        number: 3,
        started_at: 2000,
        finished_at: 2001,
        outcome: settlement.outcome,
        summary: JSON.stringify(summary),
        exchanges: '[]',
        warnings: '[]',
        seal: null,
      });
    }
    expect(of({ ...delivered, summary: null }).attempt.summary).to.equal(null);
  });

  it('is for a delivery that was taken that it is finished, without an error', () => {
    expect(of(delivered).delivery).to.deep.equal({
      id: 40,
      attempts: 3,
      bytes: 2,
      state: 'delivered',
      reason: null,
      finished_at: 2001,
      last_error: null,
      attention: null,
      cause: null,
    });
  });

  it('is for a delivery to be tried again that it stays open, with its last error', () => {
    for (const settlement of [retry, unknown]) {
      expect(of(settlement).delivery, settlement.outcome).to.deep.equal({
        id: 40,
        attempts: 3,
        bytes: 2,
        state: 'pending',
        reason: null,
        finished_at: null,
        last_error: JSON.stringify(summary),
        attention: null,
        cause: settlement === retry ? causeOf('zup', 'unavailable', summary).id : null,
      });
    }
  });

  it('is for a dead letter that it is finished, with its reason and its last error', () => {
    expect(of(dead).delivery).to.deep.equal({
      id: 40,
      attempts: 3,
      bytes: 2,
      state: 'dead',
      reason: 'rejected',
      finished_at: 2001,
      last_error: JSON.stringify(summary),
      attention: null,
      cause: causeOf('zup', 'rejected', summary).id,
    });
  });

  it('is the turn of the next delivery once the head is taken', () => {
    expect(of(delivered, lane, next).lane).to.deep.equal({ change: 'moved', id: 5, head: 4, dueAt: 2001 });
  });

  it('is a lane that stands still at a next delivery that cannot be sent', () => {
    expect(of(delivered, lane, { pos: 4, ready: false }).lane).to.deep.equal({
      change: 'moved',
      id: 5,
      head: 4,
      dueAt: null,
    });
  });

  it('is an idle lane when nothing waits, or all that waited was cancelled', () => {
    expect(of(delivered, last).lane).to.deep.equal({ change: 'moved', id: 5, head: 3, dueAt: null });
    expect(of(delivered, lane).lane).to.deep.equal({ change: 'moved', id: 5, head: 7, dueAt: null });
  });

  it('takes the lane of one delivery away with it, unless it is tried again or dead', () => {
    expect(of(delivered, alone).lane).to.deep.equal({ change: 'gone', id: 5 });
    for (const settlement of [retry, unknown, dead])
      expect(of(settlement, alone).lane.change, settlement.outcome).to.equal('stayed');
  });

  it('is a head that stays until it is due, at the cost of the retry budget or not', () => {
    expect(of(retry).lane).to.deep.equal({
      change: 'stayed',
      id: 5,
      dueAt: 9000,
      wait: 6999,
      interrupted: 0,
      adds: { attempts: 0, spent: 7000, conflicts: 0 },
    });
    expect(of(unknown).lane).to.deep.equal({
      change: 'stayed',
      id: 5,
      dueAt: 2001,
      wait: 0,
      interrupted: 1,
      adds: { attempts: -1, spent: 0, conflicts: 0 },
    });
  });

  it('is a lane blocked by its dead letter', () => {
    expect(of(dead).lane).to.deep.equal({
      change: 'stayed',
      id: 5,
      dueAt: null,
      wait: 0,
      interrupted: 0,
      adds: { attempts: 0, spent: 0, conflicts: 0 },
    });
  });

  it('counts attempts that end with their process in a row, until one ends otherwise', () => {
    const worn = { ...lane, interrupted: 48 };
    expect(of(unknown, worn).lane).to.deep.equal({
      change: 'stayed',
      id: 5,
      dueAt: 2001,
      wait: 0,
      interrupted: 49,
      adds: { attempts: -1, spent: 0, conflicts: 0 },
    });
    for (const settlement of [retry, dead, { ...unknown, cost: 'attempt' } satisfies Settlement])
      expect(of(settlement, worn).lane, settlement.outcome).to.include({ interrupted: 0 });
  });

  it('is a dead letter that says what to do when fifty in a row have ended with their process', () => {
    const { attempt, delivery, lane: after } = of(unknown, { ...lane, interrupted: 49 });
    const said = JSON.parse(attempt.summary ?? 'null');
    expect(said.ru).to.match(/50 раз подряд.*отмените доставку, иначе повторите$/);
    expect(said.en).to.match(/50 times in a row.*cancel the delivery if the record is there, else retry it$/);
    expect(attempt).to.deep.include({ number: 3, outcome: 'dead' });
    expect(delivery).to.deep.equal({
      id: 40,
      attempts: 3,
      bytes: 2,
      state: 'dead',
      reason: 'unknown outcome',
      finished_at: 2001,
      last_error: attempt.summary,
      attention: null,
      cause: causeOf('zup', 'unknown outcome', said).id,
    });
    expect(after).to.include({ change: 'stayed', dueAt: null });
  });

  it('has one cause with others of its kind, whatever their numbers and masked values, but not with others', () => {
    const id = (en: string, code?: string) =>
      causeOf('zup', 'rejected', { ru: en, en }, code === undefined ? {} : { code }).id;
    expect(id('422: department 17 of И•••••• А••• is unknown')).to.equal(id('422: department 9 of П•• is unknown'));
    expect(id('422: department is unknown')).not.to.equal(id('400: department is unknown'));
    expect(id('the field "A" is empty')).not.to.equal(id('the field "B" is empty'));
    expect(id('one sentence', 'department_unknown')).to.equal(id('another', 'department_unknown'));
    expect(of({ ...dead, reason: 'gave up' }).delivery.cause).to.equal(of(retry).delivery.cause);
  });

  it('costs nothing of any budget while the target holds it', () => {
    const held: Settlement = { ...retry, cost: 'held', spends: 0 };
    expect(of(held, { ...lane, interrupted: 48 }).lane).to.deep.equal({
      change: 'stayed',
      id: 5,
      dueAt: 9000,
      wait: 6999,
      interrupted: 48,
      adds: { attempts: -1, spent: 0, conflicts: 0 },
    });
  });

  it('keeps what a person should see of a delivery that was taken', () => {
    expect(of({ ...delivered, attention: [summary] }).delivery.attention).to.equal(JSON.stringify([summary]));
    expect(of({ ...delivered, attention: [] }).delivery.attention).to.equal(null);
  });

  it('adds the bytes of its exchanges, not their characters', () => {
    const exchanges = [{ sent: { summary: 'POST /a', body: 'жж' }, received: null }];
    expect(of({ ...retry, exchanges }).delivery.bytes).to.equal(JSON.stringify(exchanges).length + 2);
  });

  it('asks for the next delivery only when the head is taken and something stands behind it', () => {
    expect(asksForNext({ claim, settlement: delivered }, lane)).to.equal(true);
    expect(asksForNext({ claim, settlement: delivered }, last)).to.equal(false);
    for (const settlement of [retry, unknown, dead])
      expect(asksForNext({ claim, settlement }, lane), settlement.outcome).to.equal(false);
  });

  it('is the same for a lane whose head a person cancels', () => {
    for (const [place, following] of [
      [lane, next],
      [last, undefined],
      [alone, undefined],
    ] as const) {
      expect(laneBehind(place, following, 2001)).to.deep.equal(of(delivered, place, following).lane);
    }
  });
});
