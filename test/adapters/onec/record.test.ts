import { expect } from 'chai';
import { recordSchema } from '../../../adapters/onec/record-schema.ts';
import { validate } from '../../../src/files/validation.ts';
import { hireOf, valuesOf, withdrawalOf } from './hire.ts';

const step = { upsert: 'Catalog_ФизическиеЛица', of: { kind: 'applicant', id: 17 } };

function problems(record: unknown): (readonly [string, string])[] {
  return validate(recordSchema, record).problems.map(({ path, text }) => [path.join('.'), text.en]);
}

describe('the record of onec-odata', () => {
  it('may be the shipped hire, its withdrawal, and have nulls wherever a formula found nothing', () => {
    expect(problems(hireOf(valuesOf(17)))).to.deep.equal([]);
    expect(problems(withdrawalOf(valuesOf(17)))).to.deep.equal([]);
    expect(
      problems({
        steps: [
          null,
          {
            ...step,
            as: null,
            of: { kind: 'x', id: null, role: null },
            also: null,
            after: null,
            match: null,
            marker: null,
            fields: null,
            rows: { С: null },
            keys: null,
            post: null,
          },
        ],
      }),
    ).to.deep.equal([]);
  });

  for (const [what, record, path, sentence] of [
    [
      'no verb',
      { steps: [{ as: 'x' }] },
      'steps.0',
      'a step has exactly one verb with the name of a set: upsert, create, draft or withdraw',
    ],
    [
      'two verbs',
      { steps: [{ ...step, draft: 'Document_X' }] },
      'steps.0',
      'a step has exactly one verb with the name of a set: upsert, create, draft or withdraw',
    ],
    [
      'a verb with something else',
      { steps: [{ upsert: 'Физлица' }] },
      'steps.0.upsert',
      'this must be the name of a set of 1C, for example Catalog_ФизическиеЛица',
    ],
    [
      'a misspelled key',
      { steps: [{ ...step, feilds: {} }] },
      'steps.0.feilds',
      'unknown key "feilds", did you mean "fields"?',
    ],
    [
      'a list for a value',
      { steps: [{ ...step, fields: { А: [1] } }] },
      'steps.0.fields.А',
      'this must be one value, not a list',
    ],
    [
      'an object that is no value',
      { steps: [{ ...step, fields: { А: { reff: 'x' } } }] },
      'steps.0.fields.А',
      'this must be a value, { ref: step }, { find: Set, by: { field: value } }, { file: address or id } or { empty: true }',
    ],
    [
      'empty: false',
      { steps: [{ ...step, fields: { А: { empty: false } } }] },
      'steps.0.fields.А.empty',
      'empty can only be true',
    ],
    [
      'another word for missing',
      { steps: [{ ...step, fields: { А: { find: 'Catalog_X', by: { Б: 1 }, missing: 'skip' } } }] },
      'steps.0.fields.А.missing',
      'missing is reject or empty',
    ],
    ['rows that are a text', { steps: [{ ...step, rows: { С: 'x' } }] }, 'steps.0.rows.С', 'this must be a list'],
    [
      'another name without a kind',
      { steps: [{ ...step, also: [{ id: 1 }] }] },
      'steps.0.also.0.kind',
      'this must be a text',
    ],
    [
      'match that is no list of lists',
      { steps: [{ ...step, match: ['ИНН'] }] },
      'steps.0.match.0',
      'this must be a list',
    ],
    ['post that is a text', { steps: [{ ...step, post: 'yes' }] }, 'steps.0.post', 'this must be true or false'],
    ['no steps', {}, 'steps', 'there is no step: at least one is needed, with upsert, create, draft or withdraw'],
    [
      'an empty list of steps',
      { steps: [] },
      'steps',
      'there is no step: at least one is needed, with upsert, create, draft or withdraw',
    ],
    ['another key beside steps', { steps: [step], stpes: [] }, 'stpes', 'unknown key "stpes", did you mean "steps"?'],
  ] as const) {
    it(`is refused with ${what}, in a sentence that shows no value`, () => {
      expect(problems(record)).to.deep.equal([[path, sentence]]);
    });
  }
});
