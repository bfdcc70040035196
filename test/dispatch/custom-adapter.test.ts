import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { loadConfig } from '../../src/config/load-config.ts';
import { loadTargets } from '../../src/targets/target.ts';
import { Clock } from '../support/clock.ts';
import { plainNetwork } from '../support/plain-network.ts';
import { writeScriptedAdapter } from '../support/scripted-adapter.ts';
import { Service, type ServiceFiles, writeFiles } from '../support/service.ts';
import { until } from '../support/until.ts';
import { hire, postWebhook, withValue } from '../support/webhook.ts';
import { Workspace } from '../support/workspace.ts';

const mapping = (target: string) => `mapping: to-${target}
on: { event: APPLICANT, type: STATUS, action: ADD, stage: hired }
to: ${target}
record: { id: =log.id, does: =log.comment }
`;

describe('a custom adapter', () => {
  plainNetwork();
  let workspace: Workspace;
  let clock: Clock;
  let service: Service;

  beforeEach(() => {
    workspace = new Workspace();
    writeScriptedAdapter(workspace);
    clock = new Clock();
  });

  afterEach(async () => {
    writeFileSync(workspace.path('journal.go'), '');
    await service?.app.stop();
    workspace.remove();
  });

  const target = (values: object = {}) => ({
    adapter: '../scripted.ts',
    settings: { journal: '../journal' },
    retry: { schedule: ['10s', '1m'], giveUp: '10m' },
    breaker: { after: 1000 },
    ...values,
  });

  /** Not started: stages move when a test says so, and the clock with them. */
  async function open(targets: Readonly<Record<string, object>> = { scripted: target() }): Promise<void> {
    const files: ServiceFiles = {
      config: { targets },
      mappings: Object.fromEntries(Object.keys(targets).map((name) => [`${name}.yaml`, mapping(name)])),
    };
    service = await Service.create(files, { now: clock.now, random: () => 0.5 }, workspace);
    await service.app.composition.database.migrate();
    expect(
      await service.app.composition.mappings.load(),
      service.app.composition.mappings.faults.map(({ text }) => text.en).join(),
    ).to.equal(Object.keys(targets).length);
  }

  let events = 0;

  /** An event for applicant `key`, whose record says what the adapter does. */
  async function give(does: string, key = (events += 1)): Promise<void> {
    events += 1;
    const { inbox } = service.app.composition;
    const body = Buffer.from(
      JSON.stringify(withValue(hire(events, { key }), ['event', 'applicant_log', 'comment'], does)),
    );
    await inbox.keep({
      source: 'huntflow',
      scope: 's',
      event: 'APPLICANT',
      type: 'STATUS',
      action: 'ADD',
      dedupeKey: undefined,
      variant: '',
      receivedAt: clock.now(),
      body,
      bodySize: body.length,
      headers: {},
      error: undefined,
    });
  }

  const list = async () => (await service.app.composition.outbox.list({})).toReversed();
  const only = async () => {
    const [delivery] = await list();
    if (delivery === undefined) throw new Error('no delivery');
    return { ...delivery, log: await service.app.composition.outbox.attempts(delivery.id) };
  };
  const journal = () =>
    existsSync(workspace.path('journal')) ? readFileSync(workspace.path('journal'), 'utf8').trim().split('\n') : [];

  it('is loaded from a file outside of this project and delivers', async () => {
    await open();
    await give('nothing special');
    await service.app.drain();
    expect(await only()).to.include({ state: 'delivered', attempts: 1 });
    expect((await only()).log[0]).to.deep.include({
      number: 1,
      outcome: 'delivered',
      summary: { ru: 'done', en: 'done' },
    });
  });

  it('has its settings and mappings checked against its own schemas, with their places', async () => {
    const config = writeFiles(workspace, {
      config: {
        targets: {
          scripted: target({ settings: { jurnal: 'x', wait: 'long' } }),
          missing: { adapter: '../nothing.ts' },
          odd: { adapter: '../odd.ts' },
          half: { adapter: '../half.ts' },
          broken: { adapter: '../broken.ts' },
          waiting: { adapter: '../waiting.ts' },
          csw: { adapter: 'csw' },
        },
      },
    });
    writeFileSync(workspace.path('odd.ts'), 'export const nothing = 1;\n');
    writeFileSync(workspace.path('half.ts'), "export default class { static type = 'half'; async deliver() {} }\n");
    writeFileSync(workspace.path('broken.ts'), 'export const a = 1;\nexport const b = ;\n');
    writeFileSync(workspace.path('waiting.ts'), 'await new Promise(() => undefined);\n');
    const loaded = loadConfig(config, {});
    if (loaded.config === undefined) throw new Error('the config has faults of its own');
    const { targets, faults: inConfig, held } = await loadTargets(loaded.config, loaded.document);
    const faults = [...inConfig, ...held.map(({ fault }) => fault)];
    expect(targets).to.deep.equal([]);
    expect(faults.every(({ line, column }) => line > 1 && column > 1)).to.equal(true);
    const words = faults.map(({ text }) => text.en).join('\n');
    expect(words)
      .to.match(/unknown key "jurnal", did you mean "journal"\?/)
      .and.to.match(/settings|wait/)
      .and.to.match(/the adapter file cannot be loaded/)
      .and.to.match(/must export by default a class .*missing: export default class/)
      .and.to.match(/half\.ts must export .*missing: settings, record/)
      .and.to.match(/broken\.ts: 2: /)
      .and.to.match(/waiting\.ts: not loaded after 10 s/)
      .and.to.match(/there is no adapter "csw", did you mean "csv"\?/);

    await open();
    writeFileSync(
      workspace.path('mappings', 'wrong.yaml'),
      mapping('scripted').replace('mapping: to-scripted', 'mapping: wrong').replace('id: =log.id', 'idd: =log.id'),
    );
    await service.app.composition.mappings.load();
    const inFile = service.app.composition.mappings.faults.filter(({ file }) => file.endsWith('wrong.yaml'));
    expect(inFile.map(({ line, column, text }) => `${line}:${column} ${text.en}`).join('\n')).to.match(/4:11 .*idd/);
  });

  it('makes a dead letter at once with RejectedError', async () => {
    await open();
    await give('reject');
    await service.app.drain();
    expect(await only()).to.deep.include({
      state: 'dead',
      reason: 'rejected',
      attempts: 1,
      dueAt: null,
      lastError: { ru: 'нельзя', en: 'not this one' },
    });
  });

  it('is tried again on schedule with UnavailableError, the last interval repeating, and given up in the end', async () => {
    await open();
    await give('later');
    await service.app.drain();
    const start = clock.now();
    const waits: number[] = [];
    for (;;) {
      const { state, dueAt } = await only();
      if (state !== 'pending' || dueAt === null) break;
      waits.push(dueAt - clock.now());
      clock.time = dueAt - 1;
      await service.app.drain();
      expect((await only()).log, 'not a moment sooner').to.have.length(waits.length);
      clock.time = dueAt;
      await service.app.drain();
    }
    expect(waits).to.deep.equal([10_000, ...Array.from({ length: 9 }, () => 60_000)]);
    const { state, reason, log } = await only();
    expect({ state, reason, outcomes: log.map(({ outcome }) => outcome) }).to.deep.equal({
      state: 'dead',
      reason: 'gave up',
      outcomes: [...waits.map(() => 'retry'), 'dead'],
    });
    expect(clock.now() - start).to.be.at.most(600_000);
  });

  it('is given up after so many attempts, however little time has passed, and gets as many anew from a person', async () => {
    await open({ scripted: target({ retry: { schedule: ['1s'], giveUp: '30d', attempts: 3 } }) });
    await give('later');
    for (const outcomes of [
      ['retry', 'retry', 'dead'],
      ['retry', 'retry', 'dead', 'retry', 'retry', 'dead'],
    ]) {
      for (let round = 0; round < 5; round += 1) {
        await service.app.drain();
        clock.advance(1000);
      }
      const { id, state, reason, log } = await only();
      expect({ state, reason, outcomes: log.map(({ outcome }) => outcome) }).to.deep.equal({
        state: 'dead',
        reason: 'gave up',
        outcomes,
      });
      await service.app.composition.outbox.retry(id, clock.now());
    }
    expect(service.log.some((line) => line.includes('dead letter') && line.includes('gave up'))).to.equal(true);
  });

  it('is not asked before its own Retry-After', async () => {
    await open({ scripted: target({ retry: { schedule: ['1s'], giveUp: '7d' } }) });
    await give('much later');
    await service.app.drain();
    expect((await only()).dueAt).to.equal(clock.now() + 5_000_000);
  });

  it('leaves an unknown outcome with UncertainError', async () => {
    await open();
    await give('unsure');
    await service.app.drain();
    expect((await only()).log[0]).to.deep.include({
      outcome: (await only()).state === 'dead' ? 'dead' : 'unknown',
      summary: { ru: 'no answer came', en: 'no answer came' },
    });
    expect((await only()).reason).to.be.oneOf([null, 'unknown outcome']);
  });

  it('is given up as an unknown outcome when its last attempt was one', async () => {
    await open({ scripted: target({ retry: { schedule: ['1s'], attempts: 1 } }) });
    await give('unsure');
    await service.app.drain();
    expect(await only()).to.include({ state: 'dead', reason: 'unknown outcome', attempts: 1 });
  });

  it('is tried again after anything else it throws, of which class and place are kept and no word', async () => {
    await open();
    for (const does of ['bug', 'value', 'quote Сидоров, +7 900 000-00-00']) await give(does);
    await service.app.drain();
    const deliveries = await list();
    for (const { state, attempts } of deliveries)
      expect({ state, attempts }).to.deep.equal({ state: 'pending', attempts: 1 });
    const said =
      JSON.stringify(deliveries) +
      service.log.join('') +
      JSON.stringify((await service.app.composition.outbox.attempts(deliveries[2]?.id ?? 0))[0]?.summary);
    expect(said)
      .to.match(/failed unexpectedly: \w*Error/)
      .and.not.to.match(/Сидоров|900 000|cannot write/);
  });

  it('gets deliveries of one key in the order received, whatever fails in between', async () => {
    await open();
    const wanted: number[] = [];
    for (const does of ['second time', 'ok', 'second time', 'second time', 'ok']) {
      await give(does, 77);
      wanted.push(100_000 + events);
    }
    for (let round = 0; round < 8; round += 1) {
      await service.app.drain();
      clock.advance(60_000);
    }
    const lines = journal().map((line) => Number(line.split(' ')[0]));
    expect([...new Set(lines)]).to.deep.equal(wanted);
    expect(lines).to.deep.equal(lines.toSorted((a, b) => a - b));
    expect((await list()).every(({ state }) => state === 'delivered')).to.equal(true);
  });

  it('holds back its own key behind a dead letter and nothing else', async () => {
    await open();
    await give('reject', 78);
    await give('ok', 78);
    await give('ok', 79);
    await service.app.drain();
    expect((await list()).map(({ state, blocked }) => [state, blocked])).to.deep.equal([
      ['dead', false],
      ['pending', true],
      ['delivered', false],
    ]);
    const [first] = await list();
    await service.app.composition.outbox.cancel(first?.id ?? 0, clock.now());
    await service.app.drain();
    expect((await list()).map(({ state }) => state)).to.deep.equal(['cancelled', 'delivered', 'delivered']);
  });

  it('gets nothing while it is paused, and loses nothing by it', async () => {
    await open();
    await service.app.composition.states.pause('scripted', clock.now());
    await give('ok');
    await service.app.drain();
    expect([journal(), (await only()).attempts, (await only()).state]).to.deep.equal([[], 0, 'pending']);
    await service.app.composition.states.resume('scripted');
    await service.app.drain();
    expect((await only()).state).to.equal('delivered');
  });

  it('rests after failures in a row, costs no attempts meanwhile, and is probed with one delivery', async () => {
    await open({
      scripted: target({
        breaker: { after: 3, rest: '1m', restMax: '10m' },
        retry: { schedule: ['1s'] },
        concurrency: 1,
      }),
    });
    for (let each = 0; each < 6; each += 1) await give('later');
    await service.app.drain();
    expect(journal(), 'three failures, then it rests').to.have.length(3);
    clock.advance(59_000);
    await service.app.drain();
    expect(journal()).to.have.length(3);
    clock.advance(2000);
    await service.app.drain();
    expect(journal(), 'one probe').to.have.length(4);
    clock.advance(119_000);
    await service.app.drain();
    expect(journal(), 'rests twice as long').to.have.length(4);
    expect((await list()).every(({ state }) => state === 'pending')).to.equal(true);
  });

  it('does not hold up another target while it is slow', async () => {
    await open({ slow: target({ concurrency: 1 }), quick: target({ settings: { journal: '../quick' } }) });
    await service.app.start();
    writeFileSync(workspace.path('quick.go'), '');
    for (let number = 1; number <= 5; number += 1) {
      expect(
        (await postWebhook(service.url, withValue(hire(number), ['event', 'applicant_log', 'comment'], 'until told')))
          .status,
      ).to.equal(200);
    }
    await until(
      'the quick one has everything',
      async () => (await service.app.composition.outbox.list({ target: 'quick', state: 'delivered' })).length === 5,
    );
    expect(
      (await service.app.composition.outbox.list({ target: 'slow' })).map(({ state }) => state).toSorted(),
    ).to.deep.equal(['pending', 'pending', 'pending', 'pending', 'sending']);
  });

  it('holds what is owed to a target that is gone from the config, until it is back', async () => {
    await open();
    await give('later');
    await service.app.drain();
    await service.app.stop();
    service = await Service.start({ config: { targets: {} }, mappings: {} }, { now: clock.now }, workspace);
    clock.advance(3_600_000);
    await service.app.drain();
    expect(await only()).to.include({ state: 'pending', attempts: 1 });
    expect(service.log.some((line) => line.includes('a target that connector.yaml does not have'))).to.equal(true);
    await service.app.stop();
    await open();
    await service.app.drain();
    expect(await only()).to.include({ attempts: 2 });
  });
});
