import { expect } from 'chai';
import fc from 'fast-check';
import { conversionSchema, fileSchema } from '../../src/mapping/file/schema.ts';
import { validate } from '../../src/files/validation.ts';
import { compiled, faultsOf } from './compiled.ts';

const check = compiled('mapping');
const mapping = (more: object = {}) => ({
  mapping: 'hire',
  on: { event: 'APPLICANT' },
  to: 'zup',
  record: { a: '=applicant.id' },
  ...more,
});

describe('mapping.schema.json', () => {
  const right: readonly (readonly [what: string, value: unknown])[] = [
    [
      'formulas, constants, lists and nested maps',
      mapping({ record: { a: '=x', b: 1, c: null, d: [{ e: [true, '=y'] }], f: { g: { h: 'i' } } } }),
    ],
    [
      'conversions wherever they stand',
      mapping({
        record: {
          a: [{ from: '=x', as: 'date', required: true }],
          b: { c: { from: '=y', lookup: 'units', else: 'keep', max: 5, default: 0 } },
        },
      }),
    ],
    [
      'a stand-in for what a dictionary lacks',
      mapping({ record: { a: { from: '=y', lookup: 'units', else: '=applicant.id' } } }),
    ],
    [
      'events, types and actions that Huntflow may add one day',
      mapping({ on: { event: ['APPLICANT', 'NEWS'], type: 'SOON', action: ['ARCHIVE'], stage: [33, 'hired'] } }),
    ],
    ['a Russian name', mapping({ mapping: 'приём-в-1С' })],
    ['conditions as formula or constant', mapping({ when: true, key: null, once: '=log.id', order: 'none' })],
    [
      'bodies inside of tests',
      mapping({
        tests: [
          { name: 'x', given: { event: {} }, expect: 'skipped' },
          { name: 'y', given: 'a.json', expect: { a: 1 } },
        ],
      }),
    ],
  ];
  for (const [what, value] of right) {
    it(`takes ${what}`, () => {
      expect(validate(fileSchema, value).problems).to.deep.equal([]);
      expect(faultsOf(check, value)).to.deep.equal([]);
    });
  }

  const wrong: readonly (readonly [what: string, value: unknown])[] = [
    ['a file without what it needs', { mapping: 'hire' }],
    ['an unknown key', mapping({ titel: 'x' })],
    ['an unknown key of on', mapping({ on: { event: 'APPLICANT', stages: 'hired' } })],
    ['on without its event', mapping({ on: { type: 'STATUS' } })],
    ['an empty list of events', mapping({ on: { event: [] } })],
    ['a condition that is no formula', mapping({ when: 'applicant.id' })],
    ['an unknown order', mapping({ order: 'loose' })],
    ['a record that is a list', mapping({ record: [] })],
    ['an unknown conversion', mapping({ record: { a: { from: '=x', as: 'dat' } } })],
    ['an unknown key of a conversion deep inside', mapping({ record: { a: [{ b: { from: '=x', lenght: 5 } }] } })],
    ['a length that is none', mapping({ record: { a: { from: '=x', max: 0 } } })],
    ['a test without its expectation', mapping({ tests: [{ name: 'x', given: 'a.json' }] })],
    ['an expectation that is another word', mapping({ tests: [{ name: 'x', given: 'a.json', expect: 'skip' }] })],
    ['a name with a space', mapping({ mapping: 'to 1C' })],
  ];
  for (const [what, value] of wrong) it(`refuses ${what}`, () => expect(faultsOf(check, value)).to.not.deep.equal([]));

  it('agrees with the loader about every key outside of the record', () => {
    const odd = fc.constantFrom<unknown>(
      null,
      0,
      -1,
      1.5,
      '',
      ' ',
      'x',
      '=x',
      'strict',
      'skipped',
      true,
      [],
      ['x'],
      [1],
      [[]],
      {},
      { a: 1 },
    );
    const value = fc.record(
      {
        mapping: fc.oneof(fc.constant('hire'), odd),
        title: odd,
        on: fc.oneof(odd, fc.record({ event: odd, type: odd, stage: odd, extra: odd }, { requiredKeys: [] })),
        when: odd,
        to: odd,
        key: odd,
        order: odd,
        once: odd,
        record: fc.oneof(fc.constant({ a: 1 }), odd),
        extra: odd,
        tests: fc.oneof(
          odd,
          fc.array(fc.record({ name: odd, given: odd, expect: odd }, { requiredKeys: [] }), { maxLength: 2 }),
        ),
      },
      { requiredKeys: [] },
    );
    const some = fc
      .tuple(value, fc.subarray(['title', 'when', 'key', 'once', 'order', 'tests', 'extra', 'on', 'to', 'record']))
      .map(([all, kept]) => ({
        ...mapping(),
        ...Object.fromEntries(
          Object.entries(all)
            .filter(([key]) => kept.includes(key))
            .slice(0, 2),
        ),
      }));
    fc.assert(
      fc.property(some, (file) => {
        expect(faultsOf(check, file).length === 0, JSON.stringify(file)).to.equal(
          validate(fileSchema, file).problems.length === 0,
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('agrees with the loader about every key of a conversion', () => {
    const odd = fc.constantFrom<unknown>(
      null,
      0,
      3,
      1.5,
      '',
      'x',
      '=x',
      'date',
      'reject',
      true,
      [],
      {},
      { from: '=x' },
    );
    fc.assert(
      fc.property(
        fc.record(
          {
            from: fc.constant('=x'),
            as: odd,
            max: odd,
            default: odd,
            required: odd,
            lookup: odd,
            else: odd,
            extra: odd,
          },
          { requiredKeys: ['from'] },
        ),
        (conversion) => {
          expect(
            faultsOf(check, mapping({ record: { a: conversion } })).length === 0,
            JSON.stringify(conversion),
          ).to.equal(validate(conversionSchema, conversion).problems.length === 0);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
