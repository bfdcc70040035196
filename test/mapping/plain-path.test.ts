import { expect } from 'chai';
import jsonata from 'jsonata';
import { viewOf } from '../../src/huntflow/view.ts';
import { plain } from '../../src/mapping/formulas/plain.ts';
import { pathSteps, readPath } from '../../src/mapping/formulas/plain-path.ts';
import { huntflowFixtures } from '../support/fixtures.ts';

describe('plain paths', () => {
  it('give what jsonata gives, for every path of every fixture', async () => {
    const formulas = new Map<string, jsonata.Expression>();
    let compared = 0;
    for (const { document, event } of huntflowFixtures()) {
      const view = viewOf(document, { event });
      for (const path of [...pathsOf(view, []), 'nothing', 'applicant.nothing.more', 'event.event.length']) {
        const steps = pathSteps(path);
        if (steps === undefined) throw new Error(`${path} is a plain path`);
        const value = readPath(view, steps);
        if (value === undefined) continue;
        const formula = formulas.get(path) ?? jsonata(path);
        formulas.set(path, formula);
        const expected: unknown = await formula.evaluate(view);
        expect(value, path).to.deep.equal(plain(expected) ?? null);
        compared += 1;
      }
    }
    expect(compared).to.be.greaterThan(1000);
  });

  it('leave lists, objects, variables, functions and keywords to jsonata', () => {
    const { document, event } = huntflowFixtures().find(({ name }) => name === 'facts/04-status-hired') ?? {};
    if (document === undefined) throw new Error('the hire fixture is there');
    const view = viewOf(document, { event });
    for (const path of ['tags', 'tags.name', 'applicant', 'applicant.social.value'])
      expect(readPath(view, pathSteps(path) ?? []), path).to.equal(undefined);
    for (const formula of ['$x', 'a + b', 'true', 'a.true', 'a.*', 'a[0]', '"a"', 'a and b', 'Имя', '`a b`', '5'])
      expect(pathSteps(formula), formula).to.equal(undefined);
  });

  it('do not see what objects inherit', () => {
    const view = viewOf({ event: {} }, {});
    for (const path of ['constructor', 'event.toString', 'body.__proto__'])
      expect(readPath(view, pathSteps(path) ?? []), path).to.equal(null);
  });
});

function pathsOf(value: unknown, steps: readonly string[]): string[] {
  if (typeof value !== 'object' || value === null) return [steps.join('.')];
  const entries = Array.isArray(value) ? [] : Object.entries(value).filter(([key]) => pathSteps(key) !== undefined);
  return [
    ...(steps.length > 0 ? [steps.join('.')] : []),
    ...entries.flatMap(([key, item]) => pathsOf(item, [...steps, key])),
  ];
}
