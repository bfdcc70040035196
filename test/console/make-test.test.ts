import { expect } from 'chai';
import { parse } from 'yaml';
import { withTest } from '../../src/console/workbench/add-test.ts';
import { ask, at, listed } from '../support/console.ts';
import { expectDescribed } from '../support/described.ts';
import { plainNetwork } from '../support/plain-network.ts';
import { hireToCsv, Service } from '../support/service.ts';
import { hire, postWebhook, withValue } from '../support/webhook.ts';

const head = 'mapping: m # mine\nto: csv\n';
const test = { name: 'one more', given: { a: 'no' }, expect: 'skipped' };

/** Names of its tests, as a mapping file with those lines has them. */
const namesOf = (text: string | undefined): unknown => {
  const tests = at(parse(text ?? ''), 'tests');
  return Array.isArray(tests) ? tests.map((each) => at(each, 'name')) : undefined;
};

describe('a test that is written into a mapping file', () => {
  for (const [what, text, names] of [
    ['has none', head, ['one more']],
    ['has none and no last line end', head.trimEnd(), ['one more']],
    ['names them and has none', `${head}tests:\n`, ['one more']],
    ['has an empty list', `${head}tests: []\n`, ['one more']],
    ['has one', `${head}tests:\n  - name: first\n    expect: skipped\n`, ['first', 'one more']],
    ['has one at the margin', `${head}tests:\n- name: first\n  expect: skipped\nwhen: =true\n`, ['first', 'one more']],
    ['has one between braces', `${head}tests: [{ name: first, expect: skipped }]\n`, ['first', 'one more']],
    ['goes on behind them', `${head}tests:\n  - name: first\n\n# end\nwhen: =true\n`, ['first', 'one more']],
    [
      'ends its lines as Windows does',
      `${head}tests:\n  - name: first\n`.replaceAll('\n', '\r\n'),
      ['first', 'one more'],
    ],
  ] as const)
    it(`stands there where the file ${what}`, () => {
      const grown = withTest(text, test);
      expect(namesOf(grown)).to.deep.equal(names);
      expect(grown).to.include('mapping: m # mine');
      if (text.includes('when:')) expect(at(parse(grown ?? ''), 'when')).to.equal('=true');
      if (text.includes('# end')) expect(grown).to.include('# end');
    });

  it('stands nowhere where there is no line for it', () => {
    expect(withTest('{ mapping: m, to: csv }\n', test)).to.equal(undefined);
    expect(withTest('just words\n', test)).to.equal(undefined);
  });
});

describe('a kept event', function () {
  this.timeout(60_000);
  plainNetwork();
  let service: Service;

  before(async () => {
    service = await Service.start({ mappings: { 'hire-to-csv.yaml': hireToCsv } });
    await postWebhook(service.url, withValue(hire(1), ['event', 'applicant', 'last_name'], 'Преображенская'));
    await listed(service, '/deliveries');
  });
  after(() => service.stop());

  const make = (body: unknown, name = 'hire-to-csv') => ask(service, `/mappings/${name}/test`, { body });

  it('becomes a test of its mapping, which the mapping passes, without the person', async () => {
    const { status, json, text } = await make({ event: 1 });
    expect([status, at(json, 'expects')]).to.deep.equal([200, 'record']);
    expectDescribed((await ask(service, '/openapi.json')).json, 'post', '/mappings/{name}/test', json);
    expect(text).to.not.include('Преображенская');
    const grown = String(at(json, 'text'));
    expect(namesOf(grown)).to.include('APPLICANT STATUS ADD, from event 1');
    const preview = await ask(service, '/mappings/hire-to-csv/preview', { body: { event: 1, text: grown } });
    expect(at(preview.json, 'faults')).to.deep.equal([]);
    // The draft has it as well: a test is added to what somebody is writing.
    const other = await make({ event: 1, text: `# draft\n${grown}` });
    expect(at(other.json, 'text')).to.match(/^# draft\n/);
  });

  it('becomes none where there is no such event, mapping, or sound text', async () => {
    expect((await make({ event: 99 })).status).to.equal(404);
    expect((await make({ event: 1 }, 'nobody')).status).to.equal(404);
    const broken = await make({ event: 1, text: 'mapping: [' });
    expect([broken.status, at(broken.json, 'error', 'field')]).to.deep.equal([400, 'text']);
    const strict = hireToCsv.replace(/record:[\s\S]*/, 'record: { A: { from: =applicant.nothing, required: true } }\n');
    const failing = await make({ event: 1, text: strict });
    expect(failing.status).to.equal(409);
    expect(at(failing.json, 'error', 'text', 'en')).to.match(/there is no test/);
  });
});
