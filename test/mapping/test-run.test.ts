import { expect } from 'chai';
import { mixed, number, object, type Schema } from 'yup';
import { formatFault } from '../../src/files/fault.ts';
import { MappingEngine } from '../../src/mapping/thread/engine.ts';
import { runTests } from '../../src/mapping/test-run.ts';
import { good, head, stages } from './sample.ts';

const hire = 'facts/04-status-hired.json';

describe('the tests inside of a mapping file', () => {
  const engine = new MappingEngine();

  after(() => engine.close());

  async function run(text: string, record: Schema = mixed()): Promise<string[]> {
    const results = await runTests(await good(text), { engine, stages, record });
    return results.map(({ test, fault }) => (fault === undefined ? `${test}: passes` : formatFault(fault, 'en')));
  }

  it('had no time on a busy machine, and is run again and said so', async () => {
    /** Stopped over its deadline so many times before it is let finish. */
    class Hurried extends MappingEngine {
      times = 0;

      override map(...given: Parameters<MappingEngine['map']>): ReturnType<MappingEngine['map']> {
        this.times -= 1;
        return this.times < 0
          ? super.map(...given)
          : Promise.resolve({ outcome: 'failed', slow: true, text: { ru: 'долго', en: 'no end' }, key: null });
      }
    }
    const hurried = new Hurried();
    const text = (expected: number) =>
      `${head}record: { a: =applicant.id }\ntests:\n  - { name: x, given: ${hire}, expect: { a: ${expected} } }\n`;
    const told = async (times: number, expected = 17) => {
      hurried.times = times;
      const [result] = await runTests(await good(text(expected)), { engine: hurried, stages, record: mixed() });
      return [result?.again?.level, result?.again?.text.en, result?.fault?.text.en.slice(0, 40), result?.undecided];
    };
    const warning = 'test "x" had no time and was run again: if the machine is not busy, simplify the formulas';
    expect(await told(0)).to.deep.equal([undefined, undefined, undefined, undefined]);
    expect(await told(1)).to.deep.equal(['warning', warning, undefined, false]);
    expect(await told(1, 18)).to.deep.equal(['warning', warning, 'test "x": "a": expected 18, got 17 (if t', false]);
    expect(await told(2)).to.deep.equal(['warning', warning, 'test "x": the mapping failed: no end', true]);
    await hurried.close();
  });

  const body = `${head}record:\n  a: =applicant.id\n  b: =applicant.skype\n  c: { d: [ 1, =applicant.last_name ] }\n`;

  it('pass whatever the order of keys, and with null for what is missing', async () => {
    expect(
      await run(
        `${body}tests:\n  - { name: x, given: ${hire}, expect: { c: { d: [ 1, Иванова ] }, a: 17 } }\n  - { name: y, given: ${hire}, expect: { a: 17, b: null, c: { d: [ 1, Иванова ], e: null } } }\n`,
      ),
    ).to.deep.equal(['x: passes', 'y: passes']);
  });

  it('show where expectation and result part', async () => {
    const text = `${body}tests:\n  - name: x\n    given: ${hire}\n    expect:\n      a: "17"\n      b: null\n      c: { d: [ 1, Петрова ] }\n      e: 5\n`;
    expect(await run(text)).to.deep.equal([
      'sample.yaml:12:10 test "x": "a": expected "17", got 17; "c.d[1]": expected "Петрова", got "Иванова"; "e": expected 5, got null (if that is meant, mend expect of the test)',
    ]);
  });

  it('stand at the nearest place when the expectation lacks a key', async () => {
    expect(await run(`${body}tests:\n  - name: x\n    given: ${hire}\n    expect:\n      a: 17\n`)).to.deep.equal([
      'sample.yaml:12:7 test "x": "c": expected null, got {"d":[1,"Иванова"]} (if that is meant, mend expect of the test)',
    ]);
  });

  it('expect events to be skipped, by on or by when', async () => {
    const text = (rest: string, expected: string) =>
      `mapping: sample\non: { event: APPLICANT, type: STATUS, action: ADD, stage: hired }\nto: ` +
      `anything\n${rest}\nrecord: { a: 1 }\ntests:\n  - { name: x, given: ${hire}, expect: ${expected} }\n  ` +
      `- { name: y, given: facts/10-comment-with-status.json, expect: skipped }\n`;
    expect(await run(text('', '{ a: 1 }'))).to.deep.equal(['x: passes', 'y: passes']);
    expect(await run(text('', 'skipped'))).to.deep.equal([
      'sample.yaml:7:59 test "x": it was expected to be skipped, but gave a record: on and when both take the event (event APPLICANT, type STATUS, action ADD, stage 33 Выход на работу)',
      'y: passes',
    ]);
    expect((await run(text('when: =false', '{ a: 1 }')))[0]).to.match(/a record was expected, but `when` gave false$/);
    expect((await run(text('when: =false', 'skipped')))[0]).to.equal('x: passes');
    expect((await run(text('when: =1', 'skipped')))[0]).to.match(
      /:7:23 test "x": the mapping failed: "when": the condition must give true or false$/,
    );
  });

  it('say when `on` does not take the event', async () => {
    expect(
      await run(`${body.replace('APPLICANT', 'OFFER')}tests:\n  - { name: x, given: ${hire}, expect: { a: 17 } }\n`),
    ).to.deep.equal([
      'sample.yaml:9:59 test "x": a record was expected, but `on` does not take this event (event: OFFER, and the event has "APPLICANT"): mend on, or the event of the test (given)',
    ]);
  });

  it('say which stage is meant and which the event has', async () => {
    const text =
      'mapping: sample\non: { event: APPLICANT, type: STATUS, action: ADD, stage: [ interview, 7 ] }\nto: anything\n' +
      `record: { a: 1 }\ntests:\n  - { name: x, given: ${hire}, expect: { a: 1 } }\n`;
    expect((await run(text))[0]).to.match(
      /take this event \(stage: interview \(Интервью\), 7, and the event has "33 Выход на работу"\): mend on, stages in connector\.yaml, or the event of the test \(given\)$/,
    );
  });

  it('take version 1.0 and bodies written in the file', async () => {
    expect(
      await run(
        `${head}record: { a: =applicant.id, b: =event.version }\ntests:\n  - { name: x, given: ` +
          `facts/30-version-1-status-hired.json, expect: { a: 17, b: "1.0" } }\n  - { name: y, given: { event: ` +
          `{ applicant: { id: 5 } } }, expect: { a: 5, b: "1.0" } }\n`,
      ),
    ).to.deep.equal(['x: passes', 'y: passes']);
  });

  it('check the record against the schema of the target too', async () => {
    const schema = object({ a: number().strict().max(5), b: mixed().nullable(), c: mixed() });
    const [line] = await run(
      `${body}tests:\n  - { name: x, given: ${hire}, expect: { a: 17, c: { d: [ 1, Иванова ] } } }\n`,
      schema,
    );
    expect(line).to.match(/^sample\.yaml:9:64 test "x": «a» must be at most 5$/);
  });

  describe('that name a part of the record', () => {
    const steps = `${head}record:
  steps:
    - { upsert: People, as: person, fields: { Имя: =applicant.first_name, Фамилия: =applicant.last_name } }
    - { upsert: Names, fields: { Имя: =applicant.first_name }, rows: [ { Тип: Телефон, Номер: 1 }, { Тип: Почта, Номер: 2 } ] }
    - { draft: Order, as: order, fields: { Сотрудник: { ref: person }, Отчество: =applicant.nothing } }
`;
    const partly = (expected: string) =>
      run(`${steps}tests:\n  - { name: x, given: ${hire}, expect: { partly: ${expected} } }\n`);

    for (const expected of [
      '{}',
      '{ steps: [ { as: order } ] }',
      '{ steps: [ { as: order, fields: { Сотрудник: { ref: person } } }, { as: person, fields: { Имя: Анна } } ] }',
      '{ steps: [ { draft: Order, fields: { Отчество: null } } ] }',
      '{ steps: [ { fields: { Фамилия: Иванова } } ] }',
      '{ steps: [ {}, { fields: { Имя: Анна } }, { as: order } ] }',
      '{ steps: [ { upsert: Names, rows: [ { Тип: Почта, Номер: 2 } ] } ] }',
    ])
      it(`compare what they name: ${expected}`, async () => {
        expect(await partly(expected)).to.deep.equal(['x: passes']);
      });

    it('show where it parts, at the place in the file', async () => {
      expect(await partly('{ steps: [ { as: person, fields: { Имя: Ольга } } ] }')).to.deep.equal([
        'sample.yaml:10:109 test "x": "steps[0].fields.Имя": expected "Ольга", got "Анна" (if that is meant, mend expect of the test)',
      ]);
      expect((await partly('{ steps: [ { as: nobody } ] }'))[0]).to.match(
        /"steps\[0\]": expected \{"as":"nobody"\}, got null \(if/,
      );
      expect((await partly('{ steps: [ { upsert: Names, rows: [] } ] }'))[0]).to.match(
        /"steps\[0\]\.rows": expected \[\]/,
      );
      expect(
        (
          await partly('{ steps: [ { fields: { Имя: Анна } }, { fields: { Имя: Анна } }, { fields: { Имя: Анна } } ] }')
        )[0],
      ).to.match(/"steps\[2\]\.fields\.Имя": expected "Анна", got null \(if/);
      expect((await partly('{ constructor: 1 }'))[0]).to.match(/"constructor": expected 1, got null \(if/);
    });

    it('may still have a column of that name', async () => {
      const text =
        `${head}record: { partly: 1, b: 2 }\ntests:\n  - { name: x, given: ${hire}, expect: { partly: 1, b: 2 ` +
        `} }\n`;
      expect(await run(text)).to.deep.equal(['x: passes']);
    });
  });
});
