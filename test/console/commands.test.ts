import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import * as lines from '../../src/console/page/commands.ts';
import { ask, at, listed } from '../support/console.ts';
import { fixture } from '../support/fixtures.ts';
import { plainNetwork } from '../support/plain-network.ts';
import { hireToCsv, Service } from '../support/service.ts';
import { command } from '../support/serving.ts';
import { until } from '../support/until.ts';
import { hire, postWebhook } from '../support/webhook.ts';

/** A mapping that cannot take what comes: its dead letter has every action. */
const impossible = `mapping: impossible
on: { event: APPLICANT, type: STATUS, action: ADD, stage: hired }
to: staff-csv
order: none
record: { Фамилия: { from: =applicant.nothing, required: true } }
`;

const page = new URL('../../src/console/page/', import.meta.url);

describe('commands that the console offers', function () {
  this.timeout(120_000);
  plainNetwork();
  let service: Service;
  let config: string;

  before(async () => {
    service = await Service.start({ mappings: { 'impossible.yaml': impossible, 'hire-to-csv.yaml': hireToCsv } });
    config = service.workspace.path('config', 'connector.yaml');
    for (let number = 1; number <= 4; number += 1) await postWebhook(service.url, hire(number));
    await postWebhook(service.url, fixture('facts/04-status-hired').document);
    await until('all are mapped', async () => {
      const { json } = await ask(service, '/deliveries?state=dead');
      return at(json, 'items', 4) !== undefined;
    });
    await listed(service, '/deliveries?state=delivered');
  });
  after(() => service.stop());

  /** As it is pasted into a shell, with the config of this service; what changes more than one asks first. */
  const run = (text: string, ...more: readonly string[]) => {
    const words = execFileSync('sh', ['-c', `set -- ${text}; printf '%s\\0' "$@"`], { encoding: 'utf8' });
    const [npx, program, ...args] = words.split('\0').slice(0, -1);
    expect([npx, program]).to.deep.equal(['npx', 'huntflow-connector']);
    return command([...args, ...more, '--config', config], {}, service.workspace.folder);
  };

  const deadNow = async (): Promise<readonly number[] | undefined> => {
    const items = at((await ask(service, '/deliveries?state=dead')).json, 'items');
    return Array.isArray(items) && items.length > 1 ? items.map((item) => Number(at(item, 'id'))) : undefined;
  };
  const dead = () => until('some are dead', deadNow);

  /** Said of what there is to act on, not of the line: it was understood. */
  const understood = /nothing to mark|not everything could be mapped/;

  const { deliveriesLine, targetLine, personLine, mapLine } = lines;
  const runs: Readonly<Record<keyof typeof lines, () => Promise<readonly (readonly [string, ...string[]])[]>>> = {
    offeredLine: async () => {
      const cause = at((await ask(service, '/causes')).json, 'items', 0, 'command');
      return [[lines.offeredLine(String(cause)), '--yes']];
    },
    deliveriesLine: async () => {
      const [one = 0, two = 0] = await dead();
      return [
        [deliveriesLine('retry', [one], {})],
        [deliveriesLine('retry', [one, two], {}), '--yes'],
        [deliveriesLine('remap', [], { state: 'dead', target: 'staff-csv' }), '--yes'],
        [deliveriesLine('replay', [], { state: 'delivered', from: '2020-01-01' }), '--yes'],
        [deliveriesLine('cancel', [two], { state: 'dead', mapping: 'impossible' })],
      ];
    },
    seenLine: () => Promise.resolve([[lines.seenLine([1, 2])]]),
    bulkLine: async () => {
      const id = Number(at((await ask(service, '/bulk')).json, 'items', 0, 'id'));
      return [[lines.bulkLine(id, false)]];
    },
    targetLine: () => Promise.resolve([[targetLine('staff-csv', 'pause')], [targetLine('staff-csv', 'resume')]]),
    eventLine: () => Promise.resolve([[lines.eventLine(1)]]),
    replayLine: () => Promise.resolve([[lines.replayLine(1)]]),
    personLine: () => Promise.resolve([[personLine('1')]]),
    mapLine: () => Promise.resolve([[mapLine('hire-to-csv', 1)]]),
    captureLine: () => Promise.resolve([[lines.captureLine('hire-to-csv', 1)]]),
  };

  for (const [name, of] of Object.entries(runs))
    it(`run as they are copied: ${name}`, async () => {
      for (const [text, ...more] of await of()) {
        const { code, err } = await run(text, ...more);
        expect([text, code === 0 || understood.test(err)], err).to.deep.equal([text, true]);
      }
    });

  it('are there, for each action of a delivery', async () => {
    const [id] = await dead();
    const offered = at((await ask(service, `/deliveries/${id}`)).json, 'actions');
    expect(Array.isArray(offered) && offered.length).to.be.above(3);
    for (const each of Array.isArray(offered) ? offered : []) {
      const text = lines.offeredLine(String(at(each, 'command')));
      const { code, err, out } = await run(text, '--help');
      expect([text, code, err, out.startsWith('Usage: ')]).to.deep.equal([text, 0, '', true]);
    }
  });

  it('reach a running bulk', async () => {
    const preview = { action: 'retry', ids: await dead(), pace: 1, preview: true };
    const token = at((await ask(service, '/bulk', { body: preview })).json, 'token');
    const id = Number(at((await ask(service, '/bulk', { body: { token } })).json, 'id'));
    const { code, err } = await run(lines.bulkLine(id, true));
    expect([code, err]).to.deep.equal([0, '']);
    expect(at((await ask(service, `/bulk/${id}`)).json, 'state')).to.equal('aborted');
  });

  it('take names of any kind as they are meant', () => {
    const odd = "Склад №2; rm -rf '$HOME' `id`";
    for (const text of [
      targetLine(odd, 'pause'),
      personLine(odd),
      mapLine(odd, 1),
      deliveriesLine('retry', [], { key: odd }),
    ]) {
      const words = execFileSync('sh', ['-c', `set -- ${text}; printf '%s\\0' "$@"`], { encoding: 'utf8' }).split('\0');
      expect(words).to.include(odd);
    }
  });

  it('stand nowhere but in the one file that this test runs', () => {
    const written = readdirSync(page, { recursive: true, encoding: 'utf8' }).filter(
      (file) =>
        /\.tsx?$/.test(file) &&
        !file.endsWith('words.ts') &&
        file !== 'commands.ts' &&
        readFileSync(new URL(file, page), 'utf8').includes('npx '),
    );
    expect(written).to.deep.equal([]);
  });
});

/** Every shipped mapping in the long form, two of them in the short one. */
const shown = process.env['SOAK'] === undefined ? ['hire-to-csv', 'hire-to-1c'] : undefined;

describe('what the workbench shows of a mapping', function () {
  this.timeout(300_000);
  plainNetwork();
  let service: Service;

  before(async () => {
    const files: Record<string, string> = {};
    const nowhere = 'http://127.0.0.1:9';
    for (const folder of ['mappings/', 'mappings/examples/'])
      for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
        if (/^[\w-]+\.yaml$|^fixtures\/.*\.json$/.test(name)) files[name] = readFileSync(`${folder}${name}`, 'utf8');
    const retry = { schedule: ['1h'] };
    service = await Service.start({
      config: {
        stages: { hired: ['Выход на работу'], interview: ['Интервью'] },
        targets: {
          'staff-csv': {
            adapter: 'csv',
            settings: { folder: '../drop', create: true, name: 'hires.csv', encoding: 'utf-8' },
          },
          intranet: { adapter: 'rest', settings: { baseUrl: nowhere }, retry },
          zup: { adapter: 'onec-odata', settings: { url: `${nowhere}/odata`, user: 'x', password: 'y' }, retry },
          'zup-service': { adapter: 'onec-xml', settings: { url: `${nowhere}/hs/hire` }, retry },
          'zup-folder': { adapter: 'onec-xml', settings: { folder: '../xml', create: true } },
        },
      },
      mappings: files,
    });
    for (const [name, text] of Object.entries(files))
      if (name.endsWith(shown === undefined ? '.json' : 'applicant-status-hired.json'))
        await postWebhook(service.url, JSON.parse(text));
    await until('all is mapped', async () => (await service.app.composition.inbox.backlog()).count === 0, 60_000);
  });
  after(() => service.stop());

  it('is what the command map shows', async () => {
    const config = service.workspace.path('config', 'connector.yaml');
    const mappings = service.app.composition.mappings.current.map(({ name }) => name);
    expect(mappings).to.have.length.above(17);
    const events = at((await ask(service, '/events?limit=100')).json, 'items');
    const ids = (Array.isArray(events) ? events : []).map((event) => Number(at(event, 'id')));
    let records = 0;
    for (const name of shown ?? mappings) {
      let taken = false;
      for (const event of ids) {
        const { json } = await ask(service, `/mappings/${name}/preview`, { body: { event } });
        const mapped = at(json, 'mapped');
        if (at(mapped, 'outcome') !== 'record' || taken) continue;
        taken = true;
        records += 1;
        const { out } = await command(['map', name, String(event), '--explain', '--json', '--config', config]);
        expect(JSON.parse(out), name).to.deep.equal(mapped);
      }
    }
    expect(records).to.be.above(shown === undefined ? 14 : 1);
  });
});
