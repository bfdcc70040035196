import { expect } from 'chai';
import { fakeBody } from '../../src/fakes/body.ts';
import type { JsonObject } from '../../src/huntflow/json.ts';
import { eventShapes } from '../../src/huntflow/shapes/all.ts';
import { fieldsOf } from '../../src/huntflow/shapes/event-shape.ts';
import { viewOf } from '../../src/huntflow/view.ts';
import { huntflowFixtures } from '../support/fixtures.ts';

const described = eventShapes.flatMap((shape) => fieldsOf(shape).map(({ path }) => ({ event: shape.event, path })));

describe('the shapes of events', () => {
  it('have every part that the view names', () => {
    const missing = new Set<string>();
    for (const { document, event } of huntflowFixtures()) {
      if (!eventShapes.some((shape) => shape.event === event)) continue;
      const known = new Set(described.filter((field) => field.event === event).map(({ path }) => path[0]));
      for (const part of Object.keys(viewOf(document, { event })))
        if (!known.has(part)) missing.add(`${event} ${part}`);
    }
    expect([...missing]).to.deep.equal([]);
  });

  it('name nobody whom the fakes would leave as he is', () => {
    const people = described.filter(
      ({ event, path }) =>
        path.at(-1) === 'name' &&
        described.some(
          (other) => other.event === event && other.path.join('.') === [...path.slice(0, -1), 'email'].join('.'),
        ),
    );
    expect(people.length).to.be.above(10);
    for (const { path } of people) {
      const body = path.reduceRight<JsonObject | string>((inner, name) => ({ [name]: inner }), 'Кривошеина Ефросинья');
      if (typeof body === 'string') continue;
      expect(JSON.stringify(fakeBody(body)), path.join('.')).not.to.include('Кривошеина');
    }
  });
});
