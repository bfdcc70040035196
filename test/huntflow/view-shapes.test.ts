import { expect } from 'chai';
import { fakeBody } from '../../src/fakes/body.ts';
import { isObject, type Json, type JsonObject } from '../../src/huntflow/json.ts';
import { eventShapes } from '../../src/huntflow/shapes/all.ts';
import { type EventShape, fieldsOf } from '../../src/huntflow/shapes/event-shape.ts';
import { viewOf } from '../../src/huntflow/view.ts';
import { huntflowFixtures } from '../support/fixtures.ts';

const fields = eventShapes.flatMap((shape) => fieldsOf(shape).map((field) => ({ ...field, shape })));
const described = fields.map(({ shape, path }) => ({ event: shape.event, path }));

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

  it('say where a body keeps each part, and the view takes it from there', () => {
    for (const { event, places } of eventShapes)
      for (const [part, all] of Object.entries(places))
        for (const place of all.split(' ')) {
          const value = part === 'logType' ? 'WORD' : part === 'tags' ? [{ id: 7 }] : { id: 7 };
          const view = viewOf({ meta: {}, ...bodyWith(place.split('.'), value) }, { event });

          if (part === 'logType') expect(view.event.type, `${event} ${place}`).to.equal('WORD');
          else
            expect(Object.entries(view).find(([name]) => name === part)?.[1], `${event} ${part}`).to.deep.equal(value);
        }
  });

  it('tell every person and contact, and the fakes leave none as he is', () => {
    const personal = fields.filter(({ meaning }) =>
      ['person', 'first', 'last', 'middle', 'contact'].includes(meaning ?? ''),
    );
    expect(personal.length).to.be.above(90);
    for (const { shape, path, meaning } of personal) {
      const value = meaning === 'contact' ? 'efrosinja.krivosheina' : 'Кривошеина Ефросинья';
      const body = fakeBody(bodyOf(shape, path, value));
      expect(JSON.stringify(body), path.join('.')).not.to.match(/кривошеина|ефросинья|krivosheina/i);
    }
  });

  it('tell the words of Huntflow and of the organisation, and the fakes keep each', () => {
    const words = fields.filter(({ meaning }) => meaning === 'word');
    expect(words.length).to.be.above(150);
    for (const { shape, path } of words)
      expect(JSON.stringify(fakeBody(bodyOf(shape, path, 'word'))), path.join('.')).to.include('"word"');
  });

  it('leave no text without a meaning as it is', () => {
    const texts = fields.filter(
      ({ kind, meaning, path }) =>
        kind === 'text' && meaning === undefined && !/(^|_)id$|^domain$/.test(path.at(-1) ?? ''),
    );
    expect(texts.length).to.be.above(100);
    for (const { shape, path } of texts)
      expect(JSON.stringify(fakeBody(bodyOf(shape, path, 'Её мама больна'))), path.join('.')).not.to.include('больна');
  });

  it('call a name a person wherever an address stands beside it', () => {
    const unnamed = fields.filter(
      ({ path, meaning, shape }) =>
        path.at(-1) === 'name' &&
        meaning !== 'person' &&
        fields.some(
          (other) => other.shape === shape && other.path.join('.') === [...path.slice(0, -1), 'email'].join('.'),
        ),
    );
    expect(unnamed.map(({ path }) => path.join('.'))).to.deep.equal([]);
  });
});

/** A value at this path of a body. */
function bodyWith(path: readonly string[], value: Json): JsonObject {
  const body = path.reduceRight<Json>((inner, name) => ({ [name]: inner }), value);
  return isObject(body) ? body : {};
}

/** A webhook with this field alone, at the place on the wire that the shape gives its part. */
function bodyOf(shape: EventShape, [part = '', ...rest]: readonly string[], value: string): JsonObject {
  const place = Object.entries(shape.places)
    .find(([name]) => name === part)?.[1]
    .split(' ')[0];
  return bodyWith([...(place?.split('.') ?? ['event', part === 'stage' ? 'status' : part]), ...rest], value);
}
