import { expect } from 'chai';
import fc from 'fast-check';
import { fakeBody } from '../../src/fakes/body.ts';
import { isObject, type Json, type JsonObject } from '../../src/huntflow/json.ts';
import { viewOf } from '../../src/huntflow/view.ts';
import { fixture, huntflowFixtures } from '../support/fixtures.ts';

/** Keys of names and contacts, wherever they stand. */
const personalKey =
  /^(first|last|middle)_name$|^(phone|email|skype|displayName|whom_name|birthday|comment|reason_replacement)$/;
/** `name` is a person's below these, `value` a handle. */
const personalParent = /^(author|account_info|respondent|created_by|creator|attendees|user|social)$/;

interface Leaf {
  readonly path: string;
  readonly key: string;
  readonly parent: string;
  readonly value: Json;
}

function* leaves(value: Json, path = '', key = '', parent = ''): Generator<Leaf> {
  if (Array.isArray(value))
    for (const [index, item] of value.entries()) yield* leaves(item, `${path}[${index}]`, key, parent);
  else if (isObject(value))
    for (const [name, item] of Object.entries(value)) yield* leaves(item, `${path}.${name}`, name, key);
  else yield { path, key, parent, value };
}

const isPersonal = ({ key, parent }: Leaf) =>
  personalKey.test(key) || (personalParent.test(parent) && /^(name|value)$/.test(key));

function changed(value: Json, change: (leaf: Leaf) => Json, path = '', key = '', parent = ''): Json {
  if (Array.isArray(value)) return value.map((item, index) => changed(item, change, `${path}[${index}]`, key, parent));
  if (isObject(value))
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, changed(item, change, `${path}.${name}`, name, key)]),
    );
  return change({ path, key, parent, value });
}

/** Names and contacts as people write them, long enough to be recognised in any other text. */
const personal = fc.oneof(
  fc.stringMatching(/^[А-ЯЁ][а-яё]{5,12}(-[А-Я][а-я]{4,9})?$/),
  fc.stringMatching(/^[А-ЯЁ][а-яё]{5,9} [А-ЯЁ][а-яё]{4,9} [А-ЯЁ][а-яё]{6,9}$/),
  fc.stringMatching(/^[A-Z][a-z]{6,12}$/),
  fc.stringMatching(/^\+7 9\d{2} [1-9]\d{2}-\d{2}-\d{2}$/),
  fc.stringMatching(/^[78]9\d{9}$/),
  fc.stringMatching(/^\+(44|49|1|375|998)[1-9]\d{8,9}$/),
  fc.stringMatching(/^[a-z]{6,10}\.[a-z]{4,8}@[a-z]{5,9}\.(ru|com)$/),
  fc.stringMatching(/^[a-z]{6,10}_\d{2,4}$/),
  fc.stringMatching(/^https:\/\/t\.me\/[a-z_]{6,12}$/),
  fc.stringMatching(/^<p>[а-яё]{6,9} <a href="mailto:[a-z]{6}@x\.ru">[а-яё]{6,9}<\/a><\/p>$/),
);

/** What a reader could recognise: the whole, and every longer word or number of it. */
const tracesOf = (text: string) => [
  text,
  ...(text.replaceAll(/<\/?[a-z]+|href|mailto|https|\.(ru|com)\b/g, ' ').match(/[\p{L}]{6,}|\d{7,}/gu) ?? []),
];

describe('a body with invented persons', () => {
  const bodies = huntflowFixtures().map(({ document }) => document);

  it('has another value wherever a fixture names or reaches a person', () => {
    let seen = 0;
    for (const { name, document } of huntflowFixtures()) {
      const fakes = new Map([...leaves(fakeBody(document))].map((leaf) => [leaf.path, leaf.value]));
      for (const leaf of leaves(document)) {
        if (!isPersonal(leaf) || typeof leaf.value !== 'string' || leaf.value.trim() === '') continue;
        seen += 1;
        expect(fakes.get(leaf.path), `${name}${leaf.path}`).to.be.a('string').and.not.equal(leaf.value);
      }
    }
    expect(seen).to.be.greaterThan(500);
  });

  it('shows nothing of a name or contact, whatever it is and wherever else it stands', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...bodies),
        fc.array(personal, { minLength: 4, maxLength: 4 }),
        fc.boolean(),
        (body, values, elsewhere) => {
          let at = 0;
          const used = new Set<string>();
          const next = (): string => {
            const value = values[at++ % values.length] ?? '';
            used.add(value);
            return value;
          };
          const filled = changed(body, (leaf) => {
            if (isPersonal(leaf) && leaf.value !== null) return next();
            // the same person in a text that stays as a rule: the name of a division, a stage, a file
            return elsewhere && used.size > 0 && leaf.key === 'name' && typeof leaf.value === 'string'
              ? `Отдел: ${[...used][0] ?? ''}`
              : leaf.value;
          });
          const shown = JSON.stringify(fakeBody(isObject(filled) ? filled : {})).toLowerCase();
          for (const trace of [...used].flatMap(tracesOf))
            expect(shown).to.not.include(JSON.stringify(trace).slice(1, -1).toLowerCase());
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('is the same for the same body, and has the same fakes in other bodies', () => {
    const body = fixture('facts/04-status-hired').document;
    expect(fakeBody(body)).to.deep.equal(fakeBody(body));
    const [one, other] = ['facts/04-status-hired', 'facts/24-survey-answered'].map(
      (name) => viewOf(fakeBody(fixture(name).document), {}).applicant,
    );
    for (const key of ['last_name', 'first_name', 'phone', 'email', 'birthday'])
      expect(one?.[key]).to.equal(other?.[key]);
  });

  it('keeps ids, the vocabulary of Huntflow and of the organisation, and the shape', () => {
    const { document } = fixture('facts/04-status-hired');
    const [before, after] = [viewOf(document, {}), viewOf(fakeBody(document), {})];
    expect(after.event).to.deep.equal({ ...before.event, created: '2025-11-21T12:30:00+03:00' });
    expect(after.stage).to.deep.equal({ id: 33, name: 'Выход на работу' });
    expect(after.vacancy?.['account_division']).to.deep.equal(before.vacancy?.['account_division']);
    expect(after.vacancy?.['position']).to.equal('Бухгалтер');
    expect(after.applicant?.['id']).to.equal(17);
    expect(after.tags).to.deep.equal(before.tags);
    for (const { document: body } of huntflowFixtures()) {
      expect([...leaves(fakeBody(body))].map(({ path, value }) => `${path} ${typeof value}`)).to.deep.equal(
        [...leaves(body)].map(({ path, value }) => `${path} ${typeof value}`),
      );
    }
  });

  it('takes a name in a text of the organisation out with it', () => {
    const body: JsonObject = {
      event: {
        applicant: { last_name: 'Приёмкин' },
        applicant_log: { status: { name: 'Звонок' }, rejection_reason: { name: 'Приёмкин передумал' } },
      },
    };
    const [, , reason] = [...leaves(fakeBody(body))].map(({ value }) => value);
    expect(reason)
      .to.match(/^[А-ЯЁ][а-яё]{7} [а-яё]{9}$/)
      .and.not.include('Приёмкин');
  });

  it('reads odd documents without a throw', () => {
    const document = fc
      .object({
        key: fc.oneof(fc.string(), fc.constantFrom('name', 'phone', 'values', 'id', 'from', '__proto__', 'birthday')),
        maxDepth: 4,
        withNullPrototype: false,
      })
      .map((value): JsonObject => JSON.parse(JSON.stringify(value)));
    fc.assert(
      fc.property(document, (body) => {
        expect(Object.keys(fakeBody(body))).to.deep.equal(Object.keys(body));
      }),
      { numRuns: 500 },
    );
  });
});
