import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { parse } from 'yaml';
import { configSchema } from '../../src/config/schema.ts';
import { shippedAdapters } from '../../src/targets/target.ts';
import { validate } from '../../src/files/validation.ts';
import { compiled, faultsOf } from './compiled.ts';

const check = compiled('connector');
const target = (adapter: string, settings: unknown, more: object = {}) => ({
  targets: { it: { adapter, settings, ...more } },
});

describe('connector.schema.json', () => {
  it('takes values that come from the environment, whatever their type', () => {
    const config = {
      server: { port: '${PORT:-8080}', bodyLimit: '${LIMIT}' },
      database: { url: '${DATABASE_URL:-sqlite:../var/connector.db}' },
      log: { level: '${LEVEL:-info}' },
      sources: { huntflow: { unsigned: '${UNSIGNED:-false}', secrets: ['${SECRET}'] } },
      ...target(
        'csv',
        { folder: '${FOLDER}', header: '${HEADER}', encoding: '${ENCODING}' },
        { concurrency: '${MANY}', retry: { schedule: ['${FIRST}'], giveUp: '7d' } },
      ),
    };
    expect(faultsOf(check, config)).to.deep.equal([]);
  });

  it("takes an adapter of one's own with any settings", () => {
    for (const adapter of ['./my-adapters/sap.ts', 'C:\\adapters\\sap.js', '/opt/sap.ts'])
      expect(faultsOf(check, target(adapter, { anything: [1] }))).to.deep.equal([]);
  });

  const wrong: readonly (readonly [what: string, config: unknown])[] = [
    ['an unknown key', { zoneinfo: 'Europe/Moscow' }],
    ['an unknown key of a target', target('csv', { folder: 'x' }, { retries: 3 })],
    ['an adapter that is not there', target('cvs', {})],
    ['a target without its adapter', { targets: { it: { settings: {} } } }],
    ['an unknown setting of an adapter', target('csv', { folder: 'x', separator: ';' })],
    ['settings that lack what the adapter needs', { targets: { it: { adapter: 'rest' } } }],
    ['an encoding that the adapter does not know', target('csv', { folder: 'x', encoding: 'ebcdic' })],
    ['a duration without a unit', target('rest', { baseUrl: 'https://x.example' }, { timeout: 30 })],
    ['a duration with an unknown unit', { formulas: { deadline: '5 weeks' } }],
    ['a size that is none', { server: { bodyLimit: 'big' } }],
    ['a port out of range', { server: { port: 70_000 } }],
    ['a text where a number belongs', { server: { port: 'eighty' } }],
    ['a database of another make', { database: { url: 'mysql://x' } }],
    ['a list where a set of names belongs', { sources: [] }],
  ];
  for (const [what, config] of wrong)
    it(`refuses ${what}`, () => expect(faultsOf(check, config)).to.not.deep.equal([]));

  it('takes whatever the service takes', async () => {
    const adapters = await shippedAdapters();
    const known = (value: unknown): boolean => {
      const { value: cast, problems } = validate(configSchema, value);
      return (
        problems.length === 0 &&
        Object.values(cast?.targets ?? {}).every((one) => {
          const adapter = adapters.get(one.adapter);
          return adapter !== undefined && validate(adapter.settings, one.settings).problems.length === 0;
        })
      );
    };
    const base: unknown = parse(
      readFileSync('config/connector.yaml', 'utf8')
        .replaceAll(/\$\{\w+:-([^}]*)\}/g, '$1')
        .replace(/^ {2}# (unsigned|scope|stages)/gm, '  $1'),
    );
    const rich = [
      base,
      {
        zone: 'Asia/Yekaterinburg',
        mappings: 'x',
        formulas: { deadline: '2s' },
        log: { level: 'warn' },
        stages: { hired: 33, invited: ['Звонок'] },
        sources: { a: { secrets: [], unsigned: true, scope: 'main', stages: {} } },
        targets: {
          a: {
            adapter: 'csv',
            settings: { folder: 'x', name: '{id}.csv', columns: ['a'], header: false, mode: 'file' },
            concurrency: 2,
            rate: 0.5,
            order: 'none',
            unknown: 'look',
          },
          b: {
            adapter: 'rest',
            settings: { baseUrl: 'https://x.example', auth: { user: 'u', password: 'p' }, headers: { a: 1, b: null } },
            retry: { schedule: ['1s'], giveUp: '1d' },
          },
          c: {
            adapter: 'onec-odata',
            settings: {
              url: 'https://x.example/odata/standard.odata',
              settle: '1m',
              locks: ['x'],
              finds: { limit: 5 },
            },
            breaker: { after: 3, rest: '1s', restMax: '1m' },
          },
        },
      },
    ];
    let taken = 0;
    const odd = fc.constantFrom<unknown>(
      0,
      1,
      8080,
      1.5,
      '',
      'x',
      '10',
      '5s',
      '1.5h',
      '10mb',
      '{id}.csv',
      true,
      'true',
      'none',
      'strict',
      ';',
      'utf-8',
      'https://y.example',
      [],
      ['x'],
      {},
      { a: 'b' },
      undefined,
    );
    fc.assert(
      fc.property(fc.constantFrom(...rich), fc.array(fc.tuple(fc.nat(), odd), { maxLength: 3 }), (config, changes) => {
        let value = config;
        for (const [at, by] of changes) {
          const places = placesIn(value);
          value = replaced(value, places[at % places.length] ?? [], by);
        }
        if (!known(value)) return;
        taken += 1;
        expect(faultsOf(check, value), JSON.stringify(value)).to.deep.equal([]);
      }),
      { numRuns: 1500 },
    );
    expect(taken).to.be.greaterThan(200);
  });
});

function placesIn(value: unknown, place: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [place];
  return [
    ...(place.length === 0 ? [] : [place]),
    ...Object.entries(value).flatMap(([key, item]) => placesIn(item, [...place, key])),
  ];
}

function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value))
    return value
      .map((item: unknown, index) => (String(index) === key ? replaced(item, rest, by) : item))
      .filter((item) => item !== undefined);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, item]) => [name, name === key ? replaced(item, rest, by) : item])
      .filter(([, item]) => item !== undefined),
  );
}
