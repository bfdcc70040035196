import { expect } from 'chai';
import { Database } from '../../src/database/database.ts';
import { DatabaseClock } from '../../src/database/postgres/clock.ts';
import { closedPort } from '../../stand-ins/http-stand-in.ts';
import { sharedPostgres } from '../support/postgres.ts';
import { until } from '../support/until.ts';

const hour = 3_600_000;

describe('the clock of a PostgreSQL database', function () {
  this.timeout(60_000);
  let url: string;
  let database: Database;
  let clock: DatabaseClock;
  /** This machine's own clock. */
  let wall: () => number;
  /** While it stands still, a sample takes no time and is exact. */
  let tick: number;
  /** Milliseconds that the next samples seem to take. */
  let trip: number;
  let samples: number;
  let told: number[];

  before(async () => {
    url = await (await sharedPostgres()).createDatabase();
  });

  beforeEach(() => {
    database = new Database(url);
    wall = () => Date.now() + hour;
    tick = 5;
    trip = 0;
    samples = 0;
    told = [];
    let asked = false;
    clock = new DatabaseClock({
      database: () => {
        asked = true;
        return database;
      },
      differs: (seconds) => void told.push(seconds),
      wall: () => wall(),
      ticks: () => {
        if (asked) {
          tick += trip;
          samples += 1;
        }
        asked = false;
        return tick;
      },
      every: 1,
    });
  });

  afterEach(async () => {
    clock.stop();
    await database.close();
  });

  /** What the server says, asked past the clock; it runs on this machine and by its time. */
  const server = () => Date.now();

  it("is this machine's own before the first sample and the server's after it, in whole milliseconds", async () => {
    expect(clock.now()).to.be.closeTo(server() + hour, 1000);
    const before = server();
    await clock.sample();
    expect(clock.now()).to.be.within(before - 1, server() + 1);
    expect(Number.isSafeInteger(clock.now())).to.equal(true);
  });

  it('does not heed a leap of the wall clock', async () => {
    await clock.sample();
    const began = clock.now();
    wall = () => 0;
    tick += 20;
    expect(clock.now()).to.equal(began + 20);
  });

  it('takes the middle of the first round trip', async () => {
    trip = 2 * hour;
    await clock.sample();
    expect(clock.now()).to.be.closeTo(server() + hour, 1000);
  });

  it('is not moved by a slow round trip, which proves nothing against it', async () => {
    await clock.sample();
    const began = clock.now();
    trip = 4000;
    await clock.sample();
    expect(clock.now()).to.equal(began + 4000);
  });

  it('moves as far as a sample proves, forth and back', async () => {
    await clock.sample();
    tick += hour; // this process counted an hour that did not pass
    expect(clock.now()).to.be.closeTo(server() + hour, 1000);
    await clock.sample();
    expect(clock.now()).to.be.closeTo(server(), 1000);
    tick -= hour; // or none while one passed: its machine slept
    await clock.sample();
    expect(clock.now()).to.be.closeTo(server(), 1000);
    tick += hour;
    trip = hour / 2; // the server looked within this half hour
    await clock.sample();
    expect(clock.now()).to.be.closeTo(server() + hour / 2, 1000);
  });

  it('goes on as before when a sample fails', async () => {
    await clock.sample();
    const began = clock.now();
    await database.close();
    await clock.sample().then(
      () => expect.fail('it was sampled'),
      () => undefined,
    );
    tick += 20;
    expect(clock.now()).to.equal(began + 20);
  });

  it('does not start without the server', async () => {
    const nowhere = new Database(`postgres://postgres@127.0.0.1:${await closedPort()}/none`);
    const alone = new DatabaseClock({ database: () => nowhere, differs: () => undefined });
    await alone.start().then(
      () => expect.fail('it started'),
      () => undefined,
    );
    await nowhere.close();
  });

  it('tells how far this machine is ahead or behind, once for each notable change', async () => {
    const seen = async () => {
      const first = samples;
      await until('three more samples', () => samples > first + 2);
    };
    wall = () => clock.now() + hour;
    await clock.start();
    expect(told).to.deep.equal([3600]);
    wall = () => clock.now() + hour + 4000;
    await seen();
    expect(told, 'no news').to.deep.equal([3600]);
    wall = () => clock.now() - 6000;
    await seen();
    wall = () => clock.now();
    await seen();
    expect(told).to.deep.equal([3600, -6, 0]);
  });

  it('does not tell what nobody would notice', async () => {
    wall = () => clock.now() - 4000;
    await clock.start();
    expect(told).to.deep.equal([]);
  });

  it('asks no more once it is stopped', async () => {
    await clock.start();
    await until('a second sample', () => samples > 1);
    clock.stop();
    await database.close(); // lets a sample under way end
    const last = samples;
    database = new Database(url);
    let asked = 0;
    const other = new DatabaseClock({
      database: () => {
        asked += 1;
        return database;
      },
      differs: () => undefined,
      every: 1,
    });
    await other.start();
    await until('another has asked again and again', () => asked > 3);
    other.stop();
    expect(samples).to.equal(last);
  });
});
