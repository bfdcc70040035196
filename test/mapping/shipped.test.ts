import { expect } from 'chai';
import fc from 'fast-check';
import { formatFault } from '../../src/files/fault.ts';
import type { Json, JsonObject } from '../../src/huntflow/json.ts';
import { viewOf } from '../../src/huntflow/view.ts';
import { MappingEngine } from '../../src/mapping/thread/engine.ts';
import { type LoadedMappings, loadMappings } from '../../src/mapping/file/folder.ts';
import type { MapOutcome } from '../../src/mapping/record/outcome.ts';
import { runTests } from '../../src/mapping/test-run.ts';
import { wants } from '../../src/mapping/record/wants.ts';
import { huntflowFixtures } from '../support/fixtures.ts';
import { context, targets } from './sample.ts';

// `RANDOM_EVENTS=10000 npx mocha …` for the long form.
const randomEvents = Number(process.env['RANDOM_EVENTS'] ?? 400);
const stages = { hired: ['Выход на работу'] };

describe('shipped mappings', () => {
  const engine = new MappingEngine();
  const folders: LoadedMappings[] = [];

  before(async () => {
    for (const folder of ['mappings', 'mappings/examples']) folders.push(await loadMappings(folder, folder, context));
  });

  after(() => engine.close());

  const all = () => folders.flatMap(({ mappings }) => mappings);

  it('have no fault and no warning', () => {
    expect(folders.flatMap(({ faults }) => faults.map((fault) => formatFault(fault, 'en')))).to.deep.equal([]);
  });

  it('need the CSV folder alone in a fresh install', () => {
    expect(new Set(folders[0]?.mappings.map(({ to }) => to))).to.deep.equal(new Set(['staff-csv']));
  });

  it('bear Russian titles and tests; those of a stage test what is skipped too', () => {
    for (const { name, title, on, tests } of all()) {
      expect(title, name).to.match(/[а-яё]/i);
      expect(tests.length, name).to.be.greaterThan(1);
      if (on.stage.length > 0)
        expect(
          tests.map(({ expect: expected }) => expected),
          name,
        ).to.include('skipped');
    }
  });

  it('pass their own tests', async () => {
    for (const mapping of all()) {
      const target = targets.get(mapping.to);
      if (target === undefined) throw new Error(`${mapping.name} has a target`);
      const results = await runTests(mapping, { engine, stages, record: target.record });
      expect(results.flatMap(({ fault }) => (fault === undefined ? [] : [formatFault(fault, 'en')]))).to.deep.equal([]);
    }
  });

  it('map every fixture or say in a sentence why not', async () => {
    const outcomes: MapOutcome[] = [];
    for (const { document, event } of huntflowFixtures()) {
      const view = viewOf(document, { event });
      for (const mapping of all()) if (wants(mapping, view, stages)) outcomes.push(await engine.map(mapping, view));
    }
    expect(outcomes.filter(({ outcome }) => outcome === 'record').length).to.be.greaterThan(20);
    for (const outcome of outcomes) if (outcome.outcome === 'failed') expect(outcome.text.en).to.match(/^"[^"]+": /);
  });

  it('end random events mapped, skipped or failed with a sentence that quotes nothing', async () => {
    const bodies = huntflowFixtures().map(({ document }) => document);
    const secret = 'Секретова';
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...bodies),
        fc.infiniteStream(fc.nat(999)),
        fc.array(oddValue(secret), { minLength: 1, maxLength: 8 }),
        async (body, dice, odd) => {
          const view = viewOf(mutated(body, dice, odd), {});
          for (const mapping of all()) {
            const outcome = await engine.map(mapping, view);
            if (outcome.outcome !== 'failed') continue;
            expect(outcome.text.ru).to.match(/[а-яё]/i);
            expect(outcome.text.ru + outcome.text.en).not.to.include(secret);
            expect(outcome.text.en).not.to.match(/\n|    at |Error/);
          }
        },
      ),
      { numRuns: randomEvents, interruptAfterTimeLimit: randomEvents * 40 },
    );
  }).timeout(randomEvents * 100);
});

function oddValue(secret: string): fc.Arbitrary<Json> {
  const values: readonly Json[] = [
    null,
    '',
    ' ',
    secret,
    `${secret} 😀`,
    '\0',
    '\ud800',
    '=1+1',
    '__proto__',
    'я'.repeat(1_000_000),
    0,
    -0,
    1e308,
    1.5,
    true,
    [],
    {},
    [null],
    [[secret]],
    { id: { id: secret } },
    '2026-02-31',
    '0000-00-00',
    'constructor',
    ['a', 1, null],
  ];
  return fc.oneof(
    fc.constantFrom(...values),
    fc.jsonValue().map((value): Json => JSON.parse(JSON.stringify(value))),
  );
}

/** About one value in twelve is replaced, and one key in fifty left out. */
function mutated(body: JsonObject, dice: fc.Stream<number>, odd: readonly Json[]): JsonObject {
  const roll = (): number => dice.next().value ?? 0;
  const change = (value: Json): Json => {
    const rolled = roll();
    if (rolled < 80) return odd[rolled % odd.length] ?? null;
    if (Array.isArray(value)) return value.map(change);
    if (typeof value !== 'object' || value === null) return value;
    return object(value);
  };
  const object = (value: JsonObject): JsonObject =>
    Object.fromEntries(
      Object.entries(value).flatMap(([key, item]) => (roll() < 20 ? [] : [[key, change(item)] as const])),
    );
  return object(body);
}
