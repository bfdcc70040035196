import { expect } from 'chai';
import fc from 'fast-check';
import { envelopeOf } from '../../src/huntflow/envelope.ts';
import { isObject } from '../../src/huntflow/json.ts';
import type { Json, JsonObject } from '../../src/huntflow/json.ts';
import { viewOf } from '../../src/huntflow/view.ts';
import { huntflowFixtures } from '../support/fixtures.ts';

const names = [
  'event',
  'meta',
  'applicant',
  'applicant_log',
  'vacancy',
  'vacancy_log',
  'applicant_offer',
  'account_applicant_offer',
  'account_applicant_offer_log',
  'vacancy_external',
  'applicant_external_response',
  'recruitment_evaluation',
  'survey_questionary',
  'survey',
  'vacancy_request',
  'vacancy_request_log',
  'status',
  'author',
  'account',
  'changes',
  'agreement',
  'pd_agreement',
  'applicant_tags',
  'id',
  'type',
  'state',
  'created',
  'event_id',
  'event_type',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
];

/** Documents as JSON.parse makes them: `__proto__` is a key of its own. */
const document: fc.Arbitrary<JsonObject> = fc
  .letrec<{ value: unknown; object: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 6, withCrossShrink: true },
      fc.oneof(fc.constant(null), fc.string(), fc.double({ noNaN: true }), fc.boolean(), fc.jsonValue({ maxDepth: 2 })),
      tie('object'),
      fc.array(tie('value'), { maxLength: 4 }),
    ),
    object: fc
      .array(
        fc.tuple(
          fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...names) }, { weight: 1, arbitrary: fc.string() }),
          tie('value'),
        ),
        { maxLength: 6 },
      )
      .map((entries) => Object.fromEntries(entries)),
  }))
  .object.map((value) => JSON.parse(JSON.stringify(value)));

const header = fc.option(fc.oneof(fc.constantFrom('APPLICANT', 'RESPONSE', 'OFFER', 'PING'), fc.string()), {
  nil: undefined,
});

function readBoth(body: JsonObject, event: string | undefined): void {
  const view = viewOf(body, { event });
  inspect(Object.values(view));
  const { retry, ...texts } = view.event;
  expect(typeof retry).to.be.oneOf(['number', 'undefined']);
  for (const text of Object.values(texts)) expect(text).to.be.a('string').with.length.above(0);
  const { whom, ...said } = envelopeOf(body, { event });
  for (const text of [...Object.values(said), whom?.applicant]) {
    if (text === undefined) continue;
    expect(text).to.be.a('string').with.length.within(1, 200);
    expect(text.isWellFormed() && !text.includes('\0')).to.equal(true);
  }
  expect(Object.keys(Object.prototype)).to.deep.equal([]);
}

/** No null, nothing undefined, nothing inherited. */
function inspect(value: unknown): void {
  if (value === null || value === undefined) throw new Error('a null was left');
  if (typeof value !== 'object') return;
  if (!Array.isArray(value)) expect(Object.getPrototypeOf(value)).to.equal(Object.prototype);
  for (const item of Object.values(value)) inspect(item);
}

function placesIn(value: Json, place: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [place];
  return [place, ...Object.entries(value).flatMap(([key, item]) => placesIn(item, [...place, key]))];
}

/** undefined takes the key away. */
function replaced(value: Json, [key, ...rest]: readonly string[], by: Json | undefined): Json {
  if (key === undefined) return by ?? {};
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      String(index) !== key ? [item] : rest.length === 0 ? (by ?? []) : [replaced(item, rest, by)],
    );
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, item]) => {
      if (name !== key) return [[name, item]];
      if (rest.length > 0) return [[name, replaced(item, rest, by)]];
      return by === undefined ? [] : [[name, by]];
    }),
  );
}

describe('hostile JSON', () => {
  it('is read without a throw, a null or a changed prototype, whatever the object', () => {
    fc.assert(fc.property(document, header, readBoth), { numRuns: 1000 });
  });

  it('is read the same way when a fixture has nulls, gaps and wrong types', () => {
    const fixtures = huntflowFixtures();
    const change = fc.tuple(
      fc.nat(),
      fc.oneof(
        fc.constant(undefined),
        fc.constantFrom<Json>(null, '', 'x', 0, 1e300, true, [], {}, [null], { id: null }),
      ),
    );
    fc.assert(
      fc.property(
        fc.nat(fixtures.length - 1),
        fc.array(change, { minLength: 1, maxLength: 4 }),
        header,
        (which, changes, event) => {
          let body: Json = fixtures[which]?.document ?? {};
          for (const [at, by] of changes) {
            const places = placesIn(body);
            body = replaced(body, places[at % places.length] ?? [], by);
          }
          if (isObject(body)) readBoth(body, event);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('keeps a key named __proto__ as a key', () => {
    const body: JsonObject = JSON.parse(
      '{"event": {"applicant": {"id": 1, "__proto__": {"last_name": "X", "gone": null}}}, "__proto__": ' +
        '{"meta": {"event_id": "7"}}}',
    );
    const view = viewOf(body, {});
    expect(view.event).to.not.have.property('id');
    expect(view.applicant?.['last_name']).to.equal(undefined);
    expect(JSON.stringify(view.applicant)).to.equal('{"id":1,"__proto__":{"last_name":"X"}}');
    expect(Object.keys(view.body)).to.deep.equal(['event', '__proto__']);
  });

  it('takes nulls out in one walk of any depth', () => {
    let deep: Json = { end: null, kept: 1 };
    for (let level = 0; level < 100_000; level += 1) deep = level % 2 === 0 ? [null, deep, null] : { deep, gone: null };
    let at: Json | undefined = viewOf({ deep }, {}).body['deep'];
    for (let level = 0; level < 100_000; level += 1) {
      expect(typeof at === 'object' && at !== null && Object.keys(at).length).to.equal(1);
      at = Array.isArray(at) ? at[0] : isObject(at) ? at['deep'] : undefined;
    }
    expect(at).to.deep.equal({ kept: 1 });
  });
});
