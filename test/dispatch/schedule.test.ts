import { expect } from 'chai';
import fc from 'fast-check';
import { afterFailure, afterHold, closed, holdTime, permission } from '../../src/dispatch/breaker.ts';
import { Pace } from '../../src/dispatch/pace.ts';
import { isGivenUp, retryDelay } from '../../src/dispatch/retry-schedule.ts';
import type { BreakerState } from '../../src/targets/target-state.ts';

const schedules = fc.array(fc.integer({ min: 1, max: 3_600_000 }), { minLength: 1, maxLength: 6 });
const never = { giveUp: 1, attempts: 1, statuses: {} };
const chance = fc.double({ min: 0, max: 0.999999, noNaN: true });

describe('the retry schedule', () => {
  it('waits each interval of the list, then the last one again and again, a fifth more or less', () => {
    fc.assert(
      fc.property(schedules, fc.integer({ min: 1, max: 50 }), chance, (schedule, failed, random) => {
        const planned = schedule[failed - 1] ?? schedule.at(-1) ?? 0;
        const delay = retryDelay({ schedule, ...never }, failed, undefined, () => random);
        expect(delay).to.be.within(Math.floor(planned * 0.8), Math.ceil(planned * 1.2));
      }),
    );
  });

  it('does not bring back at one time what failed at one time', () => {
    const delays = [0, 0.25, 0.5, 0.75].map((random) =>
      retryDelay({ schedule: [10_000], ...never }, 1, undefined, () => random),
    );
    expect(new Set(delays).size).to.equal(4);
  });

  it('asks no sooner than the target said, but never waits more than a day for it', () => {
    fc.assert(
      fc.property(schedules, chance, fc.double({ min: -10, max: 1e9, noNaN: true }), (schedule, random, retryAfter) => {
        const delay = retryDelay({ schedule, ...never }, 1, retryAfter, () => random);
        expect(delay).to.be.at.least(Math.floor(Math.min(retryAfter * 1000, 86_400_000)));
        expect(delay).to.be.at.most(86_400_000);
        expect(delay).to.be.at.least(Math.floor((schedule[0] ?? 0) * 0.8));
      }),
    );
    for (const odd of [NaN, Infinity, -Infinity])
      expect(retryDelay({ schedule: [1000], ...never }, 1, odd, () => 0.5)).to.equal(1000);
  });

  it('gives up when attempts and the waits between them would take longer than the limit', () => {
    const retry = { giveUp: 60_000, attempts: 1000 };
    expect(isGivenUp(retry, { counted: 1, spent: 55_000 }, 5000)).to.equal(false);
    expect(isGivenUp(retry, { counted: 1, spent: 55_000 }, 5001)).to.equal(true);
  });

  it('gives up after so many attempts, however little time has passed', () => {
    const retry = { giveUp: 60_000, attempts: 3 };
    expect([1, 2, 3, 4].map((counted) => isGivenUp(retry, { counted, spent: 0 }, 1))).to.deep.equal([
      false,
      false,
      true,
      true,
    ]);
  });
});

describe('the breaker', () => {
  const settings = { after: 3, rest: 1000, restMax: 5000 };
  const limits = { restMax: settings.restMax, timeout: 1000 };

  it('lets everything through until so many failures in a row, then rests, twice as long after each failed probe', () => {
    let now = 100_000;
    let state: BreakerState = closed;
    for (let failure = 1; failure < settings.after; failure += 1) {
      state = afterFailure(settings, state, now, false);
      expect(permission(state, now, limits)).to.equal('go');
    }
    for (const [index, length] of [1000, 2000, 4000, 5000, 5000].entries()) {
      state = afterFailure(settings, state, now, index > 0);
      expect(state).to.include({ is: 'resting', length, until: now + length });
      expect(permission(state, now + length - 1, limits), 'while it rests').to.equal('hold');
      expect(permission(state, now + length, limits), 'after the rest').to.equal('probe');
      now += length;
    }
  });

  it('does not rest longer for attempts that began before it rested', () => {
    let state: BreakerState = closed;
    for (let failure = 0; failure < 10; failure += 1) state = afterFailure(settings, state, 100_000 + failure, false);
    expect(state).to.include({ length: 1000, until: 101_002, failures: 10 });
  });

  it('attempts nothing for a paused target', () => {
    expect(permission({ is: 'paused', since: 1, by: null, reason: null }, 100_000, limits)).to.equal('hold');
  });

  it('ends a rest that ends further away than it lasts, for the clock was ahead when it began', () => {
    const hour = 3_600_000;
    for (const leap of [hour, 24 * hour, 400 * 24 * hour]) {
      expect(permission({ is: 'resting', failures: 3, until: leap, length: 1000 }, 0, limits)).to.equal('probe');
      expect(permission({ is: 'held', failures: 0, until: leap + 60_001, length: 60_000 }, 0, limits)).to.equal(
        'probe',
      );
    }
    const long: BreakerState = { is: 'resting', failures: 3, until: 90_000, length: 90_000 };
    expect(permission(long, 0, limits), 'restMax was made shorter').to.equal('probe');
    expect(permission({ ...long, is: 'held' }, 0, limits), 'the target asked for it').to.equal('hold');
  });

  it('gives a probe the time that a request may take', () => {
    const state: BreakerState = { is: 'resting', failures: 3, until: 30_000, length: 1000 };
    expect(permission(state, 0, { ...limits, timeout: 30_000 })).to.equal('hold');
  });

  it('holds a target for as long as it asks, an hour at most, and longer when it asks again and again', () => {
    expect([undefined, NaN, Infinity, -5, 0, 0.2, 30, 1e9].map((asked) => holdTime(asked, 10_000))).to.deep.equal([
      10_000, 10_000, 10_000, 1000, 1000, 1000, 30_000, 3_600_000,
    ]);
    let state: BreakerState = closed;
    for (const length of [1000, 2000, 4000, 5000]) {
      state = afterHold(settings, state, 100_000, 1000, true);
      expect(state).to.include({ is: 'held', length, until: 100_000 + length, failures: 0 });
    }
    expect(afterHold(settings, state, 100_000, 60_000, true)).to.include({ length: 60_000 });
  });

  it('heeds the longest of several holds that were asked for at once', () => {
    const long = afterHold(settings, closed, 100_000, 30_000, false);
    expect(afterHold(settings, long, 100_001, 2000, false)).to.equal(long);
    expect(afterHold(settings, long, 100_001, 40_000, false)).to.include({ until: 140_001 });
  });
});

describe('the pace', () => {
  /** Begins as many as it may every `step` milliseconds and notes when. */
  function begun(
    perSecond: number | undefined,
    {
      step = 1,
      until = 10_000,
      most = 50,
    }: { readonly step?: number; readonly until?: number; readonly most?: number } = {},
  ): number[] {
    const pace = new Pace(perSecond);
    const times: number[] = [];
    const start = Date.parse('2026-12-01T09:00:00Z');
    for (let now = 0; now < until; now += step) {
      const count = pace.allowed(start + now, most);
      pace.spend(count);
      for (let each = 0; each < count; each += 1) times.push(now);
    }
    return times;
  }

  it('begins no more in any second than it may, also at the start', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.2, max: 60, noNaN: true }), fc.integer({ min: 1, max: 80 }), (perSecond, step) => {
        const times = begun(perSecond, { step });
        const worst = Math.max(
          ...times.map((time) => times.filter((other) => other >= time && other < time + 1000).length),
        );
        expect(worst).to.be.at.most(Math.ceil(perSecond) + Math.ceil(perSecond / 10));
      }),
      { numRuns: 40 },
    );
  });

  it('comes close to what it may', () => {
    for (const perSecond of [0.5, 1, 3, 10, 50])
      expect(begun(perSecond, { step: 7 }).length, String(perSecond)).to.be.within(
        Math.floor(perSecond * 10 * 0.9),
        Math.ceil(perSecond * 10) + 1,
      );
  });

  it('saves nothing up while there is nothing to do', () => {
    const pace = new Pace(10);
    pace.spend(pace.allowed(1_000_000, 1));
    expect(pace.allowed(1_060_000, 50)).to.equal(1);
  });

  it('goes on when the clock is set back', () => {
    const pace = new Pace(10);
    pace.spend(pace.allowed(4_000_000, 1));
    expect(pace.allowed(1_000_000, 50)).to.equal(1);
    pace.spend(1);
    expect(pace.allowed(1_000_000, 50)).to.equal(0);
  });

  it('keeps to nothing when nothing is set', () => {
    expect(new Pace(undefined).allowed(1, 50)).to.equal(50);
  });
});
