import { expect } from 'chai';
import { holdsFor } from '../../src/mapping/formulas/answer-formula.ts';
import { isBounded } from '../../src/mapping/formulas/bounded.ts';
import { Turns } from '../support/thread-time.ts';

const asking = (answer: unknown) => ({ answer, status: 200, headers: {} });

describe('a formula about an answer', function suite() {
  this.timeout(60_000);

  it('is asked in place or in a thread, with the same result', async () => {
    const view = asking({ ok: true, items: [{ code: 'A1' }], text: 'принято' });
    for (const source of ['answer.ok = true', '$contains(answer.text, /^прин/)'])
      for (const length of [10, 100_000]) expect(await holdsFor(source, view, length), source).to.equal(true);
    for (const source of ['answer.items', '$contains(answer.ok, /a/)', 'answer.nothing'])
      expect(await holdsFor(source, view, 10), source).to.equal(undefined);
  });

  it('with a regular expression that never ends stops nothing, and says neither yes nor no', async () => {
    const turns = new Turns();
    const view = asking({ text: `${'a'.repeat(60)}!` });
    expect(await holdsFor('$contains(answer.text, /^(a+)+$/)', view, 100, 3_000)).to.equal(undefined);
    expect(turns.end()).to.be.below(500);
  });
});

describe('a formula that cannot run long', () => {
  const quick = [
    'applicant.last_name',
    "applicant.last_name & ' ' & $uppercase(applicant.first_name)",
    "applicant.phones[type = 'mobile' and main].number",
    'applicant.externals[0].id',
    "$exists(log.x) and status > 1 ? { 'a': [b, c] } : null",
    "$replace(applicant.phone, '-', '')",
    "$join(applicant.tags, ', ')",
    'applicant.money.$string()',
    'answer.ok = true',
    "answer.status in ['ok', 'done']",
    '$fullName(applicant)',
    '$candidateLink()',
  ];
  const slow = [
    '$contains(a, /x+/)',
    '$replace(a, /x/, "")',
    '$contains(a, b)',
    '$replace(a, "x", b)',
    '$replace(a, "x", "xxxx")',
    '$join(a, b)',
    '$map(a, function($v) { $v })',
    'a ~> $trim()',
    '(a; b)',
    '($x := a; $x & $x)',
    'a^(b)',
    'a{b: $sum(c)}',
    'a.*.b',
    '**.b',
    'a.%.b',
    'a.($$.b)',
    'a[$$.b = c]',
    'a.[b, b]',
    'a.($ & $)',
    'a#$i.b',
    'a@$x.b',
    '[1..1000000]',
    '$eval(a)',
    '$pad(a, 1000000)',
    '$distinct(a)',
    '$each(a, $f)',
    '$substring(?, 1)',
    '|a|{"b": 1}|',
    `a${' & a'.repeat(300)}`,
  ];
  for (const source of quick) it(source, () => expect(isBounded(source)).to.equal(true));
  for (const source of slow) it(`is not ${source.slice(0, 40)}`, () => expect(isBounded(source)).to.equal(false));
});
