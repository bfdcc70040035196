import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { builtInFunctions } from '../../src/mapping/formulas/functions/built-in.ts';
import { unknownNames } from '../../src/mapping/names/formula-names.ts';
import { shapeOf } from '../../src/mapping/names/view-shapes.ts';
import { derivedFields } from './derived-fields.ts';
import { eventTypeName } from '../../src/huntflow/event-type.ts';
import { isObject, type Json, type JsonObject, objectAt } from '../../src/huntflow/json.ts';
import { type HuntflowView, viewOf } from '../../src/huntflow/view.ts';
import { faultsOf, read } from './sample.ts';

/** `offset message`, with `error` before what refuses the file. */
function faults(formula: string, events: readonly string[] = ['APPLICANT']): string[] {
  return unknownNames(formula, shapeOf(events)).map(
    ({ text, offset, level }) => `${level === 'error' ? 'error ' : ''}${offset} ${text.en.replace('formula: ', '')}`,
  );
}

const doubtful: readonly (readonly [formula: string, ...found: string[]])[] = [
  ['applicant.lastname', '10 these events have no "lastname", did you mean "last_name"?'],
  ['аpplicant.last_name', '0 "аpplicant" has letters of another alphabet that look the same: write "applicant" anew'],
  ['aplicant.last_name', '0 these events have no "aplicant", did you mean "applicant"?'],
  ['offer.id', '0 these events have no "offer"'],
  ['applicant.last_name.short', '20 these events have no "short"'],
  ['$upcase(applicant.last_name)', 'error 0 there is no function or variable $upcase, did you mean $uppercase?'],
  ['$uppercas("a")', 'error 0 there is no function or variable $uppercas, did you mean $uppercase?'],
  ['uppercase("a")', 'error 0 there is no function or variable uppercase, did you mean $uppercase?'],
  ['$nme & ($name := "a"; $name)', 'error 0 there is no function or variable $nme'],
  ['($name := "a"; $nam)', 'error 15 there is no function or variable $nam, did you mean $name?'],
  ['tags[colour = "x"].name', '5 these events have no "colour", did you mean "color"?'],
  ['applicant.(first_name & surname)', '24 these events have no "surname"'],
  ['applicant.{"a": fist_name}', '16 these events have no "fist_name", did you mean "first_name"?'],
  ['log.files^(nme).id', '11 these events have no "nme", did you mean "name"?'],
  ['$map(tags, function($tag) { aplicant.id })', '28 these events have no "aplicant", did you mean "applicant"?'],
  [
    '$transliterat(applicant.last_name)',
    'error 0 there is no function or variable $transliterat, did you mean $transliterate?',
  ],
  ['applicant.last_name ~> $uppercas', 'error 23 there is no function or variable $uppercas, did you mean $uppercase?'],
  ['$map(tags.name, $uppercas)', 'error 16 there is no function or variable $uppercas, did you mean $uppercase?'],
  ['false and $nonsense123()', 'error 10 there is no function or variable $nonsense123'],
  ['applicant.first_name.upper()', 'error 21 there is no function or variable upper'],
  // bound somewhere in the formula, but not where it stands
  ['$f & ($f := "a"; $f)', '0 there is no function or variable $f'],
  // whatever the text binds
  ['($eval("$rate := 2"); $rate)', '22 there is no function or variable $rate, did you mean $date?'],
  // it may be a function of the object
  [
    '$f({"code": 1}).code()',
    'error 0 there is no function or variable $f',
    '16 there is no function or variable code, did you mean $clone?',
  ],
  ['tags{name: $uppercase}.Резерв("a")', '23 there is no function or variable Резерв'],
  ['$$.aplicant', '3 these events have no "aplicant", did you mean "applicant"?'],
];

const fine: readonly string[] = [
  'applicant.last_name',
  'applicant.values.anything.at.all',
  'body.event.whatever',
  'changes.applicant_log.comment.from',
  'log.survey_questionary.id',
  'tags[0].name',
  'tags[name = "x"].color',
  '$map(tags, function($tag, $i) { $tag.name & $i })',
  '($f := function($x) { $x > 1 ? $f($x - 1) : $x }; $f(3))',
  'log.files.{"id": id}',
  'log.files@$f.{"x": $f.id}',
  'log.files#$i.{"x": $i}',
  'applicant ~> |$|{"a": 1}|',
  '*.id',
  '**.anything',
  '$exists(applicant.phone) and stage.id in [1, 2]',
  'vacancy.account_division.full_path[-1].name',
  '$candidateLink()',
  '$transliterate($fullName(applicant))',
  '$now()',
  'applicant.$string(id)',
  '[tags.name][0]',
  '$reduce(tags.name, function($a, $b) { $a & $b })',
  '$map(tags.name, $uppercase)',
  '($up := $uppercase; $map(tags.name, $up))',
  '($apply := function($f, $x) { $f($x) }; $apply($uppercase, applicant.last_name))',
  'applicant.last_name ~> $trim ~> $uppercase',
  '($first := $substring(?, 0, 1); $first(applicant.last_name))',
  '($even := function($n) { $n = 0 ? true : $odd($n - 1) }; $odd := function($n) { $n = 0 ? false : $even($n ' +
    '- 1) }; $even(4))',
  '(applicant.phone ? $p := applicant.phone : $p := "-"; $p)',
  'function($x) { $x }(1)',
  '(function($x) { ($y := $x; $y) })(1)',
  '$sort(tags, function($l, $r) { $l.name > $r.name }).name',
  'applicant.phone ?? $string(applicant.id)',
  'applicant.phone ?: "-"',
  '$each(applicant, function($v, $k) { $k })',
  '$sift(applicant, function($v) { $exists($v) })',
  'log.files#$i[$i = 0].id',
  '{"a": applicant.id}.a',
  'tags{color: name}',
  '$lookup(applicant, "x")',
  'event.type = "STATUS" ? log.status.name : stage.name',
];

describe('names in formulas', () => {
  for (const [formula, ...found] of doubtful)
    it(`finds ${formula}`, () => expect(faults(formula)).to.deep.equal(found));
  for (const formula of fine) it(`finds nothing in ${formula}`, () => expect(faults(formula)).to.deep.equal([]));

  it('takes what any of several events has', () => {
    expect(faults('applicant.last_name & offer.id', ['APPLICANT', 'OFFER'])).to.deep.equal([]);
    expect(faults('request.id', ['APPLICANT', 'OFFER'])).to.have.length(1);
  });

  it('does not judge events it does not know', () => {
    expect(faults('whatever.there.is', ['NEW-EVENT'])).to.deep.equal([]);
  });

  it('stands in the file at the very name', async () => {
    expect(
      await faultsOf(
        'mapping: m\non: { event: APPLICANT }\nto: anything\nrecord:\n  Фамилия: { from: =$trim(applicant.lastname) }\n',
      ),
    ).to.deep.equal(['5:37 warning: formula: these events have no "lastname", did you mean "last_name"?']);
  });

  it('refuse the file when it is a function that nothing binds', async () => {
    const text =
      'mapping: m\non: { event: APPLICANT }\nto: anything\nrecord: { a: 1, b: =$uppercas(applicant.last_name) }\n';
    expect(await faultsOf(text)).to.deep.equal([
      '4:21 formula: there is no function or variable $uppercas, did you mean $uppercase?',
    ]);
    expect((await read(text)).mapping).to.equal(undefined);
  });

  it('do not refuse the file when Huntflow may have added the field', async () => {
    expect(
      (await read('mapping: m\non: { event: APPLICANT }\nto: anything\nrecord: { a: =applicant.fresh }\n')).mapping,
    ).not.to.equal(undefined);
  });

  it('know every function of the installed JSONata', () => {
    const source = readFileSync('node_modules/jsonata/jsonata.js', 'utf8');
    const bound = new Set([...source.matchAll(/(?:staticFrame|environment)\.bind\('(\w+)'/g)].map(([, name]) => name));
    expect(bound.size).to.be.greaterThan(60);
    expect(bound).to.deep.equal(new Set<string>(builtInFunctions));
  });

  it('know every field of every fixture', () => {
    for (const [event, fields] of Object.entries(derivedFields()))
      for (const path of fields) expect(isKnown(event, path), `${event} ${path}`).to.equal(true);
  });

  it("know every field of both documents' examples and tables", () => {
    const documented: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = JSON.parse(
      readFileSync(new URL('../fixtures/documents/documented-fields.json', import.meta.url), 'utf8'),
    );
    for (const [version, events] of Object.entries(documented))
      for (const [name, fields] of Object.entries(events)) {
        const event = eventTypeName(name);
        const view = viewOf(bodyWith(fields, version === '2.0' ? event : undefined), { event });
        const unknown = pathsOf(view).filter((path) => !isKnown(event, path));
        expect(unknown, `${version} ${event}`).to.deep.equal([]);
      }
  });
});

/** Table rows that the documents themselves got wrong (facts/huntflow.md 3). */
function bodyWith(fields: readonly string[], event: string | undefined): JsonObject {
  const body: Record<string, Json> = {};
  for (const field of fields.toSorted()) put(body, field.split('.'));
  return event === undefined ? body : { ...body, meta: { event_type: event, ...objectAt(body, 'meta') } };
}

function put(into: Record<string, Json>, [key = '', ...rest]: readonly string[]): void {
  const inner: Record<string, Json> = { ...(isObject(into[key]) ? into[key] : {}) };
  if (rest.length > 0) put(inner, rest);
  into[key] = rest.length === 0 && !isObject(into[key]) ? 'x' : inner;
}

/** All but what is the same under another name: the body. */
function pathsOf(view: HuntflowView): string[] {
  const paths: string[] = [];
  const walk = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, item] of Object.entries(value)) {
      const at = path === '' ? key : `${path}.${key}`;
      paths.push(at);
      if (at !== 'body') walk(item, at);
    }
  };
  walk(view, '');
  return paths;
}

function isKnown(event: string, path: string): boolean {
  let shape = shapeOf([event]);
  for (const name of path.split('.')) {
    const next = shape?.fields.get(name);
    if (next === undefined) return shape?.open === true;
    shape = next;
  }
  return true;
}
