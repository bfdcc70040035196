import { existsSync, readdirSync } from 'node:fs';
import { expect } from 'chai';
import { RestingWorker } from '../../src/process/resting-worker.ts';
import { workerBeside } from '../../src/process/worker-place.ts';
import { until } from '../support/until.ts';

interface Echo {
  readonly asked: string;
  readonly pid: number;
  readonly secret: string | undefined;
}

describe('a worker for rare heavy work', function suite() {
  this.timeout(60_000);
  const made: RestingWorker<string, Echo>[] = [];
  const worker = (lives: 'in a thread' | 'in a process', rest = 60_000, deadline = 60_000) => {
    const file = workerBeside(import.meta.url, './echo');
    const one = new RestingWorker<string, Echo>({ file, name: 'echo', lives, memory: 64, deadline, rest });
    made.push(one);
    return one;
  };
  afterEach(() => Promise.all(made.splice(0).map((each) => each.close())));

  it('has a process of its own, which sees no secret, and outlives a request that throws', async () => {
    const own = worker('in a process');
    process.env['HUNTFLOW_SECRET'] = 'hidden';
    const { pid, secret } = await own.ask('one').finally(() => delete process.env['HUNTFLOW_SECRET']);
    expect([pid === process.pid, secret]).to.deep.equal([false, undefined]);
    const error: unknown = await own.ask('throw').catch((thrown: unknown) => thrown);
    expect(error).to.include({ name: 'RangeError', message: 'no such thing', code: 'ERR_THING' });
    expect(await own.ask('two')).to.include({ asked: 'two', pid });
  });

  it('goes on with another process when one dies over a request, which alone is lost', async () => {
    const own = worker('in a process');
    const [first, lost, last] = await Promise.allSettled([own.ask('one'), own.ask('die'), own.ask('two')]);
    expect(first.status === 'fulfilled' && first.value.asked).to.equal('one');
    expect(lost.status === 'rejected' && lost.reason).to.include({ name: 'ThreadLostError' });
    expect(last.status === 'fulfilled' && last.value.asked).to.equal('two');
  });

  it('ends a process that rests, and one that outstays its deadline', async () => {
    const { pid } = await worker('in a process', 1).ask('one');
    await until('it has ended', () => !isAlive(pid));
    const error: unknown = await worker('in a process', 60_000, 0)
      .ask('late')
      .catch((thrown: unknown) => thrown);
    expect(error).to.include({ name: 'ThreadLostError' });
  });

  it('works in a thread where the system starts no process', async () => {
    const own = worker('in a process');
    const node = process.execPath;
    process.execPath = '/nowhere/node';
    const { asked, pid } = await own.ask('one').finally(() => (process.execPath = node));
    expect([asked, pid]).to.deep.equal(['one', process.pid]);
  });
});

/** A process that has ended and was waited for is no more. */
function isAlive(pid: number): boolean {
  return existsSync('/proc') ? readdirSync('/proc').includes(String(pid)) : process.kill(pid, 0);
}
