import { expect } from 'chai';
import { isObject, listAt, objectAt, textAt, textOf, valueAt, without } from '../../src/huntflow/json.ts';
import type { JsonObject } from '../../src/huntflow/json.ts';

describe('looking into JSON', () => {
  it('sees own keys only', () => {
    for (const key of ['constructor', 'toString', '__proto__', 'absent'])
      expect(valueAt({}, key), key).to.equal(undefined);
    expect(valueAt(JSON.parse('{"__proto__": 1}'), '__proto__')).to.equal(1);
    expect(valueAt(undefined, 'a')).to.equal(undefined);
  });

  it('tells objects from lists, nulls and scalars', () => {
    expect([{}, [], null, 'a', 1, true, undefined].map(isObject)).to.deep.equal([
      true,
      false,
      false,
      false,
      false,
      false,
      false,
    ]);
    const body: JsonObject = { object: {}, list: [] };
    expect([
      objectAt(body, 'object'),
      objectAt(body, 'list'),
      listAt(body, 'list'),
      listAt(body, 'object'),
    ]).to.deep.equal([{}, undefined, [], undefined]);
  });

  it('takes texts and numbers for text', () => {
    expect(['a', ' ', 0, -1.5, '', null, true, {}, [], Infinity, undefined].map(textOf)).to.deep.equal([
      'a',
      ' ',
      '0',
      '-1.5',
      ...Array.from({ length: 7 }, () => undefined),
    ]);
    expect(textAt({ id: 17 }, 'id')).to.equal('17');
  });

  it('leaves keys out of a copy', () => {
    const object: JsonObject = JSON.parse('{"a": 1, "__proto__": 2, "b": 3}');
    expect(JSON.stringify(without(object, ['a']))).to.equal('{"__proto__":2,"b":3}');
    expect(Object.keys(object)).to.deep.equal(['a', '__proto__', 'b']);
  });
});
