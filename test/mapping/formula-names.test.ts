import { expect } from 'chai';
import { unknownNames } from '../../src/mapping/formulas/formula-names.ts';
import { shapeOf, viewShapes } from '../../src/mapping/file/view-shapes.ts';
import { derivedShapes } from './derived-shapes.ts';
import { faultsOf } from './sample.ts';

function warnings(formula: string, events: readonly string[] = ['APPLICANT']): string[] {
  return unknownNames(formula, shapeOf(events)).map(({ text, offset }) => `${offset} ${text.en.replace('formula: ', '')}`);
}

const doubtful: readonly (readonly [formula: string, ...found: string[]])[] = [
  ['applicant.lastname', '10 these events have no "lastname", did you mean "last_name"?'],
  ['aplicant.last_name', '0 these events have no "aplicant", did you mean "applicant"?'],
  ['offer.id', '0 these events have no "offer"'],
  ['applicant.last_name.short', '20 these events have no "short"'],
  ['$upcase(applicant.last_name)', '0 there is no function or variable $upcase, did you mean $uppercase?'],
  ['$uppercas("a")', '0 there is no function or variable $uppercas, did you mean $uppercase?'],
  ['uppercase("a")', '0 there is no function or variable uppercase, did you mean $uppercase?'],
  ['$nme & ($name := "a"; $name)', '0 there is no function or variable $nme'],
  ['($name := "a"; $nam)', '15 there is no function or variable $nam, did you mean $name?'],
  ['tags[colour = "x"].name', '5 these events have no "colour", did you mean "color"?'],
  ['applicant.(first_name & surname)', '24 these events have no "surname"'],
  ['applicant.{"a": fist_name}', '16 these events have no "fist_name", did you mean "first_name"?'],
  ['log.files^(nme).id', '11 these events have no "nme", did you mean "name"?'],
  ['$map(tags, function($tag) { aplicant.id })', '28 these events have no "aplicant", did you mean "applicant"?'],
  ['$$.aplicant', '3 these events have no "aplicant", did you mean "applicant"?'],
];

const fine: readonly string[] = [
  'applicant.last_name', 'applicant.values.anything.at.all', 'body.event.whatever', 'changes.applicant_log.comment.from', 'log.survey_questionary.id',
  'tags[0].name', 'tags[name = "x"].color', '$map(tags, function($tag, $i) { $tag.name & $i })', '($f := function($x) { $x > 1 ? $f($x - 1) : $x }; $f(3))',
  'log.files.{"id": id}', 'log.files@$f.{"x": $f.id}', 'log.files#$i.{"x": $i}', 'applicant ~> |$|{"a": 1}|', '*.id', '**.anything', '$exists(applicant.phone) and stage.id in [1, 2]',
  'vacancy.account_division.full_path[-1].name', '$candidateLink()', '$transliterate($fullName(applicant))', '$now()', 'applicant.$string(id)', '[tags.name][0]',
  '$reduce(tags.name, function($a, $b) { $a & $b })', '{"a": applicant.id}.a', 'tags{color: name}', '$lookup(applicant, "x")', 'event.type = "STATUS" ? log.status.name : stage.name',
];

describe('names in formulas', () => {
  for (const [formula, ...found] of doubtful) it(`warns of ${formula}`, () => expect(warnings(formula)).to.deep.equal(found));
  for (const formula of fine) it(`does not warn of ${formula}`, () => expect(warnings(formula)).to.deep.equal([]));

  it('takes what any of several events has', () => {
    expect(warnings('applicant.last_name & offer.id', ['APPLICANT', 'OFFER'])).to.deep.equal([]);
    expect(warnings('request.id', ['APPLICANT', 'OFFER'])).to.have.length(1);
  });

  it('does not judge events it does not know', () => {
    expect(warnings('whatever.there.is', ['NEW-EVENT'])).to.deep.equal([]);
  });

  it('stands in the file at the very name', async () => {
    expect(await faultsOf('mapping: m\non: { event: APPLICANT }\nto: anything\nrecord:\n  Фамилия: { from: =$trim(applicant.lastname) }\n')).to.deep.equal([
      '5:37 warning: formula: these events have no "lastname", did you mean "last_name"?',
    ]);
  });

  it('know the shape of every fixture, no more and no less', () => {
    const current = Object.fromEntries(Object.entries(viewShapes).map(([name, notation]) => [name, notation.trim().replaceAll(/\s+/g, ' ')]));
    expect(current).to.deep.equal(derivedShapes());
  });
});
