import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect } from 'chai';
import { viewOf } from '../../src/huntflow/view.ts';
import { MappingEngine } from '../../src/mapping/thread/engine.ts';
import type { Mapping } from '../../src/mapping/file/mapping.ts';
import { fixture } from '../support/fixtures.ts';
import { good, head } from './sample.ts';

const view = viewOf(fixture('facts/04-status-hired').document, {});

function mapping(formula: string, rest = ''): Promise<Mapping> {
  return good(`${head}${rest}\nrecord:\n  a: |\n    =${formula}\n`);
}

const endless = '($f := function() { $f() }; $f())';
const heavyExpression = '$match("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", /(a+)+$/)';

describe('the mapping engine', () => {
  let engine: MappingEngine;

  beforeEach(() => {
    engine = new MappingEngine({ deadline: 300 });
  });

  afterEach(() => engine.close());

  it('maps a mapping of plain paths in place, and others in a thread, alike', async () => {
    const expected = { outcome: 'record', record: { a: 'Иванова' }, key: 'applicant/17', once: null };
    expect(await engine.map(await mapping('applicant.last_name & ""'), view)).to.deep.equal(expected);
    expect(await engine.map(await mapping('applicant.last_name'), view)).to.deep.equal(expected);
  });

  it('applies to a small event in place what cannot run long, and nothing else', async () => {
    const threads: unknown[] = [];
    const started = (message: unknown) => void threads.push(message);
    subscribe('worker_threads', started);
    try {
      const expected = { outcome: 'record', record: { a: 'ИВАНОВА А' }, key: 'applicant/17', once: null };
      const bounded = await mapping('$uppercase(applicant.last_name & " " & $substring(applicant.first_name, 0, 1))');
      const open = await mapping('$map(applicant.last_name, $uppercase) & " А"');
      expect(await engine.map(bounded, view, 5_000)).to.deep.equal(expected);
      expect(threads).to.have.length(0);
      expect(await engine.map(open, view, 5_000)).to.deep.equal(expected);
      expect(threads).to.have.length(1);
      expect(await engine.map(bounded, view, 100_000)).to.deep.equal(expected);
    } finally {
      unsubscribe('worker_threads', started);
    }
  });

  it('answers in the order of the calls, thousands at a time', async () => {
    const last = await mapping('$uppercase(applicant.last_name)');
    const first = await mapping('$uppercase(applicant.first_name)');
    const answered: number[] = [];
    await Promise.all(
      Array.from({ length: 3000 }, async (_, index) => {
        const outcome = await engine.map(index % 2 === 0 ? last : first, view);
        expect(outcome).to.deep.include({ record: { a: index % 2 === 0 ? 'ИВАНОВА' : 'АННА' } });
        answered.push(index);
      }),
    );
    expect(answered).to.deep.equal(answered.toSorted((a, b) => a - b));
  });

  for (const [fact, formula] of [
    ['an endless formula', endless],
    ['a catastrophic regular expression', heavyExpression],
    // jsonata-js/jsonata#833: of each [f1] becomes [0-9]+
    ['a picture of a time that backtracks', `$toMillis("${'1'.repeat(60)}x", "${'[f1]'.repeat(12)}y")`],
  ] as const) {
    it(`ends ${fact} at the deadline; the calls before and behind it are answered`, async () => {
      const fine = await mapping('applicant.last_name & ""');
      const stuck = await mapping(formula);
      const outcomes = await Promise.all([fine, stuck, fine, stuck, fine].map((each) => engine.map(each, view)));
      expect(outcomes.map(({ outcome }) => outcome)).to.deep.equal(['record', 'failed', 'record', 'failed', 'record']);
      expect(outcomes[1])
        .to.have.nested.property('text.en')
        .that.matches(/did not end within 300 ms/);
    });
  }

  it('counts the deadline from the begin of a call, not from its place in the queue', async () => {
    const busy = await mapping('$count([1..20000].($ * 2))');
    const calls = 30;
    await engine.map(busy, view);
    const began = performance.now();
    const outcomes = await Promise.all(Array.from({ length: calls }, () => engine.map(busy, view)));
    expect(performance.now() - began).to.be.greaterThan(300);
    expect(outcomes.map(({ outcome }) => outcome)).to.deep.equal(outcomes.map(() => 'record'));
  });

  it('does not count the time that a busy machine gives to others', async function () {
    this.timeout(180_000);
    const work = await mapping('$count([1..20000].($ * 2))');
    await engine.map(work, view);
    const spinners = Array.from({ length: 12 }, () => new Worker('for (;;);', { eval: true }));
    try {
      const outcomes = await Promise.all(Array.from({ length: 3 }, () => engine.map(work, view)));
      expect(outcomes.map(({ outcome }) => outcome)).to.deep.equal(outcomes.map(() => 'record'));
    } finally {
      await Promise.all(spinners.map((each) => each.terminate()));
    }
  });

  it('does not count the time this thread is busy', async () => {
    const fine = await mapping('applicant.last_name & ""');
    await engine.map(fine, view);
    const outcome = engine.map(fine, view);
    await Promise.resolve();
    const until = performance.now() + 900;
    while (performance.now() < until) {
      /* the event loop stands still */
    }
    expect(await outcome).to.have.property('outcome', 'record');
  });

  it('tells the key of a call that was ended', async () => {
    expect(await engine.map(await mapping(endless), view)).to.include({ outcome: 'failed', key: 'applicant/17' });
    expect(await engine.map(await mapping(endless, 'key: =applicant.id'), view)).to.include({
      outcome: 'failed',
      key: '17',
    });
    expect(await engine.map(await mapping('1', `key: '=${endless}'`), view)).to.include({
      outcome: 'failed',
      key: 'applicant/17',
    });
  });

  it('survives formulas that eat memory, each at the cost of its own event', async () => {
    const bombs = [
      '$map([1..1000000], function($i) { [1..1000000] })',
      '($f := function($s) { [$s, $f($s)] }; $f([1..1000]))',
      '($f := function($s) { $f($s & $s) }; $f("aaaaaaaaaa"))',
      '$uppercase($pad("a", 500000000))',
      '($s := $pad("a", 9000000); $split($s & $s, ""))',
      '$join($map([1..4000], function() { $pad("a", 100000) }))',
      '($a := [1..100000]; $map($a, function() { $zip($a, $a, $a, $a) }))',
      '($f := function($a) { $f($append($a, [$a])) }; $f([1..50000]))',
    ];
    const fine = await mapping('applicant.last_name & ""');
    for (const bomb of bombs) {
      const outcomes = await Promise.all([fine, await mapping(bomb), fine].map((each) => engine.map(each, view)));
      expect(
        outcomes.map(({ outcome }) => outcome),
        bomb,
      ).to.deep.equal(['record', 'failed', 'record']);
    }
  }).timeout(60_000);

  it('gives formulas nothing of the process', async () => {
    const formula =
      '$keys($) & $string($exists(process)) & $string($exists($eval("$globalThis"))) & ' +
      '$string($exists($lookup($, "constructor")))';
    const outcome = await engine.map(await mapping(`$string([${formula.split(' & ').slice(1).join(', ')}])`), view);
    expect(outcome).to.deep.include({ record: { a: '["false","false","false"]' } });
  });

  it('keeps a formula from changing what the next one sees', async () => {
    const twice = await good(
      `${head}record:\n  a: '=$append(tags, [1])'\n  b: '=applicant ~> |$|{"last_name": "x"}|'\n  c: ` +
        `=applicant.last_name\n  d: =$count(tags)\n`,
    );
    expect(await engine.map(twice, view)).to.deep.nested.include({ 'record.c': 'Иванова', 'record.d': 1 });
  });

  it('ends its thread after a while without calls, and starts another for the next one', async () => {
    const threads: Worker[] = [];
    const started = (message: unknown) =>
      threads.push(...[Reflect.get(Object(message), 'worker')].filter((worker) => worker instanceof Worker));
    subscribe('worker_threads', started);
    const resting = new MappingEngine({ rest: 50 });
    try {
      const formula = await mapping('applicant.last_name & ""');
      await resting.map(formula, view);
      expect(threads).to.have.length(1);
      const [first] = threads;
      if (first === undefined) throw new Error('no thread was started');
      await once(first, 'exit');
      expect(await resting.map(formula, view)).to.deep.include({ record: { a: 'Иванова' } });
      expect(threads).to.have.length(2);
    } finally {
      unsubscribe('worker_threads', started);
      await resting.close();
    }
  });

  it('rejects what is open and what comes later once it is closed', async () => {
    const open = engine.map(await mapping(endless), view);
    await engine.close();
    for (const call of [open, engine.map(await mapping('1'), view)]) {
      expect(
        await call.then(
          () => 'answered',
          (error: Error) => error.message,
        ),
      ).to.match(/closed/);
    }
  });

  it('compiles hundreds of versions of a file without keeping them', async () => {
    for (let version = 0; version < 450; version += 50) {
      const mappings = await Promise.all(Array.from({ length: 50 }, (_, index) => mapping(`${version + index} + 0`)));
      const outcomes = await Promise.all(mappings.map((each) => engine.map(each, view)));
      expect(outcomes.map((outcome) => outcome.outcome === 'record' && outcome.record['a'])).to.deep.equal(
        mappings.map((_, index) => version + index),
      );
    }
  });
});
