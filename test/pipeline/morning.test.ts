import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { HttpStandIn } from '../../stand-ins/http-stand-in.ts';
import { inForm } from '../support/form.ts';
import { program } from '../support/program.ts';
import { command, Serving } from '../support/serving.ts';
import { writeFiles } from '../support/service.ts';
import { until } from '../support/until.ts';
import { hire, postWebhook, withValue } from '../support/webhook.ts';
import { Workspace } from '../support/workspace.ts';

const mapping = (position: string) => `mapping: hire-to-zup
on: { event: APPLICANT, type: STATUS, action: ADD, stage: hired }
to: zup
record:
  path: /hires
  body:
    person: =applicant.id
    log: =log.id
    division: { from: =applicant.division, lookup: divisions }
    position: "${position}"
`;
/** The dictionary of the night has a division that 1C knows no more. */
const dictionary = (code: string) => `ключ;значение\nОтдел продаж;${code}\n`;
const decoyMapping = `mapping: hire-to-intranet
on: { event: APPLICANT, type: STATUS, action: ADD, stage: hired }
when: =applicant.id = 100
to: intranet
record: { path: /people, body: { person: =applicant.id } }
`;

const hires = inForm(160, 300);
const people = inForm(145, 280);
const misfits = 5;
const longPosition = 'Ведущий специалист отдела подбора, адаптации и развития персонала';

interface Cause {
  readonly id: string;
  readonly target: string;
  readonly kind: string;
  readonly deliveries: number;
  readonly people: number;
  readonly command: string;
  readonly advice: string;
}

interface Bulk {
  readonly id: number;
  readonly state: string;
  readonly total: number;
  readonly done: number;
  readonly left: number;
}

describe('the morning after a night of 500s and 400s', function () {
  this.timeout(180_000);
  let workspace: Workspace;
  let zup: HttpStandIn;
  let intranet: HttpStandIn;
  let service: Serving;
  let config: string;
  /** Keys that the target has seen: what was cut short by a kill comes again with its own. */
  const known = new Set<string>();
  /** What the target has taken: person and log, in the order taken. */
  const taken: { readonly person: number; readonly log: number }[] = [];
  const divisions = new Set(['10']);

  const run = (...args: readonly string[]) => command([...args, '--config', config], {}, workspace.folder);
  async function items<T>(...args: readonly string[]): Promise<readonly T[]> {
    const { out, err } = await run(...args, '--json');
    expect(out, err).not.to.equal('');
    const listed: { readonly items: readonly T[] } = JSON.parse(out);
    return listed.items;
  }

  /** The records of a cause are made anew in a process of its own, so slowly that it can be stopped halfway. */
  function paced(cause: string): { readonly code: Promise<number | null>; kill(): void } {
    const words = [
      'deliveries',
      'remap',
      '--cause',
      cause,
      '--yes',
      '--pace',
      `${inForm(15, 30)}/s`,
      '--config',
      config,
    ];
    const child = spawn(process.execPath, [program('src/main.ts'), ...words], { stdio: 'ignore' });
    return {
      code: new Promise((resolve) => child.on('close', (code) => resolve(code))),
      kill: () => void child.kill('SIGKILL'),
    };
  }

  before(async () => {
    workspace = new Workspace();
    zup = await HttpStandIn.start(({ body, headers }, response) => {
      const { person, log, division, position } = JSON.parse(body);
      if (String(position).length > 50) response.writeHead(400).end('{"error":"Должность"}');
      else if (!divisions.has(division)) response.writeHead(500).end('{"error":"Подразделение"}');
      else {
        const key = String(headers['idempotency-key']);
        if (!known.has(key)) taken.push({ person, log });
        known.add(key);
        response.end('{}');
      }
    });
    intranet = await HttpStandIn.start((_arrival, response) => void response.writeHead(422).end('{}'));
    config = writeFiles(workspace, {
      config: {
        targets: {
          zup: {
            adapter: 'rest',
            settings: { baseUrl: zup.url },
            concurrency: 20,
            retry: { schedule: ['10ms'], giveUp: '1h', attempts: 2 },
            breaker: { after: 100_000, rest: '10ms', restMax: '20ms' },
          },
          intranet: { adapter: 'rest', settings: { baseUrl: intranet.url } },
        },
      },
      mappings: { 'hire-to-zup.yaml': mapping('=applicant.position'), 'hire-to-intranet.yaml': decoyMapping },
    });
    mkdirSync(workspace.path('mappings', 'dictionaries'));
    writeFileSync(workspace.path('mappings', 'dictionaries', 'divisions.csv'), dictionary('09'));
    service = await new Serving(config).ready();
    for (let number = 0; number < hires; number += 1) {
      const position = number < misfits ? longPosition : 'Бухгалтер';
      const hired = withValue(hire(number, { key: number % people }), ['event', 'applicant', 'position'], position);
      const document = withValue(hired, ['event', 'applicant', 'division'], 'Отдел продаж');
      expect((await postWebhook(service.url, document)).status).to.equal(200);
    }
  });

  after(async () => {
    await service.kill();
    await Promise.all([zup.stop(), intranet.stop()]);
    workspace.remove();
  });

  it('is two causes with their people, mended by a dictionary and a mapping, and every hire arrives once', async () => {
    // What failed stands still: its causes, and who waits behind it.
    const causes = await until(
      'the night is over',
      async () => {
        const found = (await items<Cause>('causes')).filter(({ target }) => target === 'zup');
        const dead = (await items('deliveries', 'list', '--state', 'dead', '--target', 'zup', '--limit', 'all')).length;
        return dead === people ? found : undefined;
      },
      60_000,
    );
    expect(
      causes.map(({ kind, deliveries, people: whom }) => `${kind} ${deliveries} ${whom}`).toSorted(),
    ).to.deep.equal([`rejected ${misfits} ${misfits}`, `unavailable ${people - misfits} ${people - misfits}`]);
    const [down, refused] = ['unavailable', 'rejected'].map((kind) => causes.find((cause) => cause.kind === kind));
    if (down === undefined || refused === undefined) throw new Error('there are two causes');
    expect((await items('blocked')).length).to.equal(hires - people);

    // The dictionary gets the division of today: the records are made anew by it. With a pace, aborted halfway.
    writeFileSync(workspace.path('mappings', 'dictionaries', 'divisions.csv'), dictionary('10'));
    await service.said('mappings loaded', 2);
    expect(down.command).to.equal(`huntflow-connector deliveries retry --cause ${down.id}`);
    expect(down.advice).to.include('remap');
    // What waits behind was made by the dictionary of the night as well.
    const behind = await run('deliveries', 'remap', '--state', 'blocked', '--target', 'zup', '--yes', '--json');
    expect(behind.code, behind.err).to.equal(0);
    expect(JSON.parse(behind.out).bulk).to.include({ total: hires - people, done: hires - people });
    const remade = paced(down.id);
    const first = await until(
      'a part is done',
      async () => (await items<Bulk>('bulk')).find(({ state, done }) => state === 'running' && done >= 20),
      60_000,
    );
    expect(first.total).to.equal(people - misfits);
    expect((await run('bulk', 'abort', String(first.id))).code).to.equal(0);
    expect(await remade.code).to.equal(1);
    const [aborted] = await items<Bulk>('bulk');
    expect(aborted?.state).to.equal('aborted');
    expect(aborted?.left).to.be.greaterThan(0);

    // Begun again; whoever runs it and the service die, and the service goes on when it is back.
    const again = paced(down.id);
    await until(
      'it goes on',
      async () => (await items<Bulk>('bulk')).find(({ state, done }) => state === 'running' && done >= 10),
      60_000,
    );
    again.kill();
    await service.kill();
    expect(taken.length).to.be.lessThan(hires - misfits);
    service = await new Serving(config).ready();

    // The five need another record: the mapping is mended, and they are made anew in their places.
    writeFileSync(workspace.path('mappings', 'hire-to-zup.yaml'), mapping('=$substring(applicant.position, 0, 40)'));
    await service.said('mappings loaded', 2);
    expect(refused.command).to.equal(`huntflow-connector deliveries remap --cause ${refused.id}`);
    const remapped = await run('deliveries', 'remap', '--cause', refused.id, '--yes', '--json');
    expect(remapped.code, remapped.err).to.equal(0);
    expect(JSON.parse(remapped.out).bulk).to.include({ total: misfits, done: misfits, failed: 0 });

    await until('all have arrived', () => taken.length >= hires, 60_000);
    await until('nothing is owed', async () => (await items('causes')).length === 1, 60_000);
    const logs = taken.map(({ log }) => log);
    expect(new Set(logs).size, 'each once').to.equal(hires);
    expect(logs, 'and no more').to.have.length(hires);
    for (const [person, own] of Map.groupBy(taken, (each) => each.person))
      expect(
        own.map(({ log }) => log),
        `of ${person} in their order`,
      ).to.deep.equal(own.map(({ log }) => log).toSorted((a, b) => a - b));
    expect((await items<Bulk>('bulk')).map(({ state }) => state).toSorted()).to.deep.equal([
      'aborted',
      'done',
      'done',
      'done',
    ]);

    // What nobody asked for was not touched.
    const dead = await items<{ target: string; attempts: number }>('deliveries', 'list', '--state', 'dead');
    expect(dead.map(({ target, attempts }) => [target, attempts])).to.deep.equal([['intranet', 1]]);
  });
});
