import { expect } from 'chai';
import { answerOf } from '../../../adapters/onec/answer.ts';
import { passingOf } from '../../../adapters/onec/passing.ts';
import { sentences } from '../../../stand-ins/onec/sentences.ts';
import { isText } from '../../../src/text.ts';

const none = { busy: [], maintenance: [], rejected: [] };

describe('what a sentence of 1C means', () => {
  for (const sentence of sentences.busy)
    it(`busy: ${sentence.slice(0, 60)}`, () => expect(passingOf(sentence, none)).to.equal('busy'));

  for (const sentence of sentences.maintenance)
    it(`maintenance: ${sentence}`, () => expect(passingOf(sentence, none)).to.equal('maintenance'));

  for (const sentence of sentences.final)
    it(`rejected: ${sentence}`, () => expect(passingOf(sentence, none)).to.equal('rejected'));

  it('is what an installation says first', () => {
    const own = { busy: [/ждите/iu], maintenance: [/ночь/iu], rejected: [/deadlock in our module/iu] };

    expect(passingOf('Ждите', own)).to.equal('busy');
    expect(passingOf('Ночь', own)).to.equal('maintenance');
    expect(passingOf('Deadlock in our module', own)).to.equal('rejected');
  });
});

describe('an answer to a question of 1C', () => {
  const of = { kind: 'log', id: 9041 };
  const record = { steps: [null, { upsert: 'Catalog_Сотрудники', as: 'employee', of }] };
  const key = '01234567-89AB-4DEF-8123-456789ABCDEF';

  it('is kept under the name of the step, by its name or number', () => {
    for (const step of ['employee', '2'])
      expect(answerOf(record, step, key, undefined)).to.deep.include({
        entity: { kind: 'log', id: '9041', set: 'Catalog_Сотрудники' },
        name: key.toLowerCase(),
      });
    expect(answerOf(record, 'employee', undefined, undefined)).to.include({ name: 'new' });
  });

  it('is refused for no step and no key', () => {
    expect(isText(answerOf(record, 'order', key, undefined))).to.equal(true);
    expect(isText(answerOf(record, 'employee', '0001', undefined))).to.equal(true);
  });
});
