import { Writable } from 'node:stream';
import { expect } from 'chai';
import { LineAMinute } from '../../src/report/line-a-minute.ts';
import { createLog } from '../../src/report/log.ts';
import { Report } from '../../src/report/report.ts';
import { LogStream } from '../../src/report/log-stream.ts';
import { until } from '../support/until.ts';

describe('a log that nobody reads', () => {
  it('keeps a megabyte, drops the rest, and says how much that was once it is read again', async () => {
    const read: string[] = [];
    const waiting: (() => void)[] = [];
    const pipe = new Writable({
      decodeStrings: false,
      write(line: string, _encoding, done) {
        read.push(line);
        waiting.push(done);
      },
    });
    const log = new LogStream(pipe);
    for (let index = 0; index < 3000; index += 1) log.write(`${'x'.repeat(999)}\n`);
    expect(pipe.writableLength).to.be.within(1_000_000, 1_048_576);
    while (waiting.length > 0) {
      waiting.shift()?.();
      await Promise.resolve();
    }
    await until('all is read', () => {
      waiting.shift()?.();
      return read.some((line) => line.includes('dropped'));
    });
    const kept = read.filter((line) => line.startsWith('x')).length;
    const told: unknown = JSON.parse(read.find((line) => line.includes('dropped')) ?? '');
    expect(told).to.include({ level: 'warn', count: 3000 - kept });
  });

  it('stops nobody when its reader has gone or its disk is full', () => {
    const log = new LogStream(
      new Writable({
        write: (_line, _encoding, done) => done(Object.assign(new Error('gone'), { code: 'EPIPE' })),
      }),
    );
    for (let index = 0; index < 10; index += 1) log.write('line\n');
    const full = new Writable();
    full.write = () => {
      throw Object.assign(new Error('full'), { code: 'ENOSPC' });
    };
    new LogStream(full).write('line\n');
  });
});

describe('a loop that fails', () => {
  it('is told at once and then counted, also when it is one of each delivery', () => {
    const lines: string[] = [];
    const report = new Report(createLog('debug', { write: (line) => void lines.push(line) }));
    const full = Object.assign(new Error('full'), { code: 'SQLITE_FULL' });
    for (let number = 1; number <= 1000; number += 1) report.loopFailed(`delivery ${number}`, full);
    report.loopFailed('mapper', full);
    expect(lines.map((line) => JSON.parse(line).loop)).to.deep.equal(['delivery 1', 'mapper']);
    report.stopped();
    expect(JSON.parse(lines[2] ?? '{}')).to.include({ loop: 'delivery 1000', count: 999 });
  });
});

describe('one line a minute', () => {
  it('tells the first time at once and the others together, each kind by itself', async () => {
    const told: string[] = [];
    const lines = new LineAMinute(10);
    for (let index = 1; index <= 5; index += 1) lines.say('a', (count) => told.push(`a ${count} last ${index}`));
    lines.say('b', (count) => told.push(`b ${count}`));
    expect(told).to.deep.equal(['a 1 last 1', 'b 1']);
    await until('the minute is over', () => told.length === 3);
    expect(told[2]).to.equal('a 4 last 5');
  });
});
