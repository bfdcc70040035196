import { expect } from 'chai';
import { errorPlace } from '../../src/process/error-place.ts';

const person = 'Петров Пётр +79161234567';

describe('an unforeseen error in the log', () => {
  it('is its class, code and place, never its words', () => {
    const plain = errorPlace(new TypeError(`cannot read ${person}`));
    expect(plain).to.match(/^TypeError at \S*error-place\.test\.ts:\d+:\d+$/);
    const coded = errorPlace(Object.assign(new Error(person), { code: 'ENOSPC' }));
    expect(coded).to.match(/^Error ENOSPC at \S+:\d+:\d+$/);
  });

  it('says nothing that somebody could have put into its name, code, message or stack', () => {
    const sly = [
      Object.assign(new Error('x'), { name: person, code: person }),
      new Error(`x\n    at ${person} (/home/petrov.ts:1:1)\n    at /home/petrov.ts:1:1`),
      Object.assign(new Error('x'), { stack: `x\n    at ${person}` }),
      Object.assign(new Error('x'), { stack: person }),
      Object.assign(new Error('x'), { message: person }),
      Object.assign(new Error('x'), { message: 5, stack: 7 }),
    ];
    for (const error of sly) expect(errorPlace(error)).not.to.match(/Петров|petrov|7916/);
    for (const thrown of [person, null, undefined, 5, { person }]) expect(errorPlace(thrown)).not.to.include('Петров');
  });
});
