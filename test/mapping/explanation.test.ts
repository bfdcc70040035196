import { expect } from 'chai';
import { viewOf } from '../../src/huntflow/view.ts';
import { MappingEngine } from '../../src/mapping/thread/engine.ts';
import { conditions } from '../../src/mapping/record/wants.ts';
import { fixture } from '../support/fixtures.ts';
import { good, head, stages } from './sample.ts';

const view = viewOf(fixture('facts/04-status-hired').document, {});

describe('an explanation', () => {
  const engine = new MappingEngine({ deadline: 300 });

  after(() => engine.close());

  it('tells value and origin of every field', async () => {
    const mapping = await good(
      `${head}when: =true\nonce: =log.id\nrecord:\n  a: =applicant.last_name\n  b: 5\n  c: [ { d: { from: ` +
        `=applicant.birthday, as: datetime, max: 20, required: true } } ]\n`,
    );
    const { outcome, fields } = await engine.explain(mapping, view);
    expect(outcome).to.deep.equal(await engine.map(mapping, view));
    expect(fields).to.deep.equal([
      {
        path: ['when'],
        origin: 'formula',
        formula: '=true',
        from: undefined,
        steps: [],
        value: true,
        failure: undefined,
      },
      {
        path: ['once'],
        origin: 'formula',
        formula: '=log.id',
        from: undefined,
        steps: [],
        value: 9041,
        failure: undefined,
      },
      {
        path: ['record', 'a'],
        origin: 'formula',
        formula: '=applicant.last_name',
        from: undefined,
        steps: [],
        value: 'Иванова',
        failure: undefined,
      },
      {
        path: ['record', 'b'],
        origin: 'constant',
        formula: undefined,
        from: undefined,
        steps: [],
        value: 5,
        failure: undefined,
      },
      {
        path: ['record', 'c', 0, 'd'],
        origin: 'conversion',
        formula: '=applicant.birthday',
        from: '1990-05-01',
        steps: ['required', 'as datetime', 'max 20'],
        value: '1990-05-01T00:00:00',
        failure: undefined,
      },
    ]);
  });

  it('goes on behind a field that fails', async () => {
    const { outcome, fields } = await engine.explain(
      await good(`${head}record:\n  a: { from: =applicant.last_name, as: integer }\n  b: =1/0\n  c: =applicant.id\n`),
      view,
    );
    expect(outcome.outcome).to.equal('failed');
    expect(fields.map(({ from, value, failure }) => [from, value, failure?.en])).to.deep.equal([
      ['Иванова', undefined, '"a": a whole number is needed here'],
      [undefined, undefined, '"b": the result of the formula is no number: a division by zero or an overflow'],
      [undefined, 17, undefined],
    ]);
  });

  it('of an endless formula is its failure', async () => {
    const explanation = await engine.explain(
      await good(`${head}record:\n  a: '=($f := function() { $f() }; $f())'\n`),
      view,
    );
    expect(explanation).to.deep.include({ fields: [] });
    expect(explanation.outcome).to.include({ outcome: 'failed', key: 'applicant/17' });
  });

  it('shows which conditions of `on` hold', async () => {
    const mapping = await good(
      'mapping: m\non: { event: APPLICANT, type: [ STATUS, ADD ], action: EDIT, stage: hired }\nto: ' +
        'anything\nrecord: { a: 1 }\n',
    );
    expect(conditions(mapping, view, stages)).to.deep.equal([
      { name: 'event', wanted: ['APPLICANT'], actual: 'APPLICANT', holds: true },
      { name: 'type', wanted: ['STATUS', 'ADD'], actual: 'STATUS', holds: true },
      { name: 'action', wanted: ['EDIT'], actual: 'ADD', holds: false },
      { name: 'stage', wanted: ['hired'], actual: '33 Выход на работу', holds: true },
    ]);
  });
});
