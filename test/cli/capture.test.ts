import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { parse, parseAllDocuments } from 'yaml';
import { fixture } from '../support/fixtures.ts';
import { hireToCsv, writeFiles } from '../support/service.ts';
import { command, Serving } from '../support/serving.ts';
import { Workspace } from '../support/workspace.ts';

const names = `mapping: names
on: { event: APPLICANT }
when: =$exists(log.employment_date)
to: staff-csv
record:
  ФИО: =$fullName(applicant)
  Телефон: { from: =applicant.phone, as: phone }
  СНИЛС: { from: =applicant.values.snils, as: snils }
  ИНН: { from: =applicant.values.inn, as: inn }
  Рождение: { from: =applicant.birthday, as: date, required: true }
  Отдел: =vacancy.account_division.name
  Комментарий: =log.comment
`;

const positions = `mapping: positions
on: { event: APPLICANT, type: STATUS }
to: staff-csv
record: { Должность: { from: =applicant.position, lookup: positions, else: reject } }
tests: []
`;

const originals = [
  'Иванова',
  'Анна',
  'Сергеевна',
  'ivanova',
  '900 000-00-00',
  '1990-05-01',
  '112-233-445',
  '500100732259',
  'Петрова',
  'petrova',
  'Выходит первого',
  'store.huntflow',
  'Василёк',
];

describe('capture', function () {
  this.timeout(60_000);
  let workspace: Workspace;
  let config: string;
  const files = { names: 'names.yaml', 'hire-to-csv': 'hire-to-csv.yaml', positions: 'positions.yaml' } as const;

  const run = (...args: readonly string[]) => command(['capture', ...args, '--config', config], {}, workspace.folder);

  before(async () => {
    workspace = new Workspace();
    config = writeFiles(workspace, {
      mappings: { 'names.yaml': names, 'hire-to-csv.yaml': hireToCsv, 'positions.yaml': positions },
    });
    mkdirSync(workspace.path('mappings', 'dictionaries'));
    writeFileSync(workspace.path('mappings', 'dictionaries', 'positions.yaml'), 'Бухгалтер: Accountant\n');
    const serving = await new Serving(config).ready();
    try {
      for (const name of ['facts/04-status-hired', 'facts/10-comment-with-status', 'facts/23-response']) {
        const sent = await command(['send', fixture(name).path, '--url', serving.url, '--config', config]);
        expect(sent.code, sent.err).to.equal(0);
      }
      writeFileSync(workspace.path('broken.json'), '{"half":');
      await command(['send', workspace.path('broken.json'), '--url', serving.url, '--config', config]);
    } finally {
      await serving.kill();
    }
  });

  after(() => workspace.remove());

  it('prints a test for each mapping that takes the event, without an original name, contact or number', async () => {
    const { out, err, code } = await run('1');
    for (const original of originals) expect(out + err).to.not.include(original);
    const documents = parseAllDocuments(out).map((document) => document.toJS());
    expect(documents).to.have.length(2);
    expect(out).to.include('# names').and.to.include('# hire-to-csv');
    for (const { tests } of documents)
      expect(tests[0])
        .to.have.all.keys('name', 'given', 'expect')
        .and.to.have.property('name', 'APPLICANT STATUS ADD, from event 1');
    // the third mapping looks the candidate's own position up, and the invented one is in no dictionary
    expect(code).to.equal(1);
    expect(err)
      .to.match(/"positions": .*not in the dictionary "positions"/)
      .and.not.match(/\n\s+at /);
  });

  it('prints tests that pass where they belong', async () => {
    for (const mapping of ['names', 'hire-to-csv'] as const) {
      for (const event of ['1', '2']) {
        const { out, code, err } = await run(event, '--mapping', mapping);
        expect(code, err).to.equal(0);
        const file = workspace.path('mappings', files[mapping]);
        const [, entry = ''] = /^---\n# \S+\ntests:\n([^]*)$/.exec(out) ?? [];
        appendFileSync(file, `${readFileSync(file, 'utf8').includes('\ntests:') ? '' : 'tests:\n'}${entry}`);
      }
      const tested = await command(['test', mapping, '--config', config], {}, workspace.folder);
      expect(tested.out + tested.err).to.equal(`✔ ${mapping}: 2\n`);
      expect(
        parse(readFileSync(workspace.path('mappings', files[mapping]), 'utf8')).tests.map(
          (test: { readonly expect: unknown }) => typeof test.expect,
        ),
      ).to.deep.equal(['object', 'string']);
    }
  });

  it('keeps the form of what it replaces', async () => {
    const { tests } = parse((await run('1', '--mapping', 'names')).out);
    expect(tests[0].expect).to.include({ Отдел: 'Бухгалтерия' });
    expect(tests[0].expect['ФИО']).to.match(/^[А-ЯЁ][а-яё]+а [А-ЯЁ][а-яё]+[ая] [А-ЯЁ][а-яё]+вна$/);
    expect(tests[0].expect['Телефон']).to.match(/^\+7900000\d{4}$/);
    expect(tests[0].expect['Рождение']).to.match(/^1995-\d\d-\d\d$/);
  });

  it('writes the body as a file of its own, once, and names it from where the mapping lies', async () => {
    const { out, code } = await run('1', '--mapping', 'names', '--file', 'mappings/fixtures');
    expect(code).to.equal(0);
    expect(parse(out).tests[0].given).to.equal('fixtures/applicant-status-1.json');
    const path = workspace.path('mappings', 'fixtures', 'applicant-status-1.json');
    const written = readFileSync(path, 'utf8');
    for (const original of originals) expect(written).to.not.include(original);
    expect((await run('1', '--mapping', 'names', '--file', 'mappings/fixtures')).code).to.equal(0);
    writeFileSync(path, '{}');
    const refused = await run('1', '--mapping', 'names', '--file', 'mappings/fixtures');
    expect([refused.code, refused.out]).to.deep.equal([1, '']);
    expect(refused.err).to.include('there already');
    expect(readFileSync(path, 'utf8')).to.equal('{}');
  });

  it('shows a skip for an event that no mapping takes', async () => {
    const { out, err, code } = await run('3');
    expect([code, err.includes('no mapping takes this event')]).to.deep.equal([0, true]);
    expect(parse(out).tests[0]).to.include({ expect: 'skipped', name: 'RESPONSE ADD, from event 3' });
    expect(out).to.not.include('Хочу у вас работать');
    const named = await run('3', '--mapping', 'names');
    expect([named.code, parse(named.out).tests[0].expect]).to.deep.equal([0, 'skipped']);
  });

  it('says in a sentence what it cannot capture, and writes nothing', async () => {
    for (const args of [['999'], ['4'], ['1', '--mapping', 'nobody']]) {
      const { code, out, err } = await run(...args, '--file', 'nowhere');
      expect([code, out], args.join(' ')).to.deep.equal([1, '']);
      expect(err)
        .to.match(/\S/)
        .and.not.match(/\n\s+at /);
    }
    expect(existsSync(workspace.path('nowhere'))).to.equal(false);
    expect(readdirSync(workspace.path('mappings'))).to.include('names.yaml');
  });
});
