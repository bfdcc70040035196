import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { fixture } from '../support/fixtures.ts';
import { hireToCsv, writeFiles } from '../support/service.ts';
import { command, failingServe, type CommandResult, Serving } from '../support/serving.ts';
import { until } from '../support/until.ts';
import { hire } from '../support/webhook.ts';
import { Workspace } from '../support/workspace.ts';

const failing = `mapping: broken
on: { event: APPLICANT, type: STATUS, action: ADD, stage: hired }
to: other-csv
record: { Номер: =$number("no number") }
`;

const csv = (folder: string) => ({
  adapter: 'csv',
  settings: { folder: `../${folder}`, create: true, name: 'rows.csv' },
});

describe('commands', function () {
  this.timeout(60_000);
  let workspace: Workspace;
  let config: string;
  let serving: Serving;
  let second: CommandResult;

  const run = (...args: readonly string[]) => command([...args, '--config', config], {}, workspace.folder);
  async function json(...args: readonly string[]) {
    const result = await run(...args);
    expect(result.err).to.equal('');
    expect(result.code, args.join(' ')).to.equal(0);
    return JSON.parse(result.out);
  }

  before(async () => {
    workspace = new Workspace();
    config = writeFiles(workspace, {
      config: { targets: { 'staff-csv': csv('staff'), 'other-csv': csv('other') } },
      mappings: { 'hire-to-csv.yaml': hireToCsv, 'failing.yaml': failing },
    });
    serving = await new Serving(config).ready();
    const files = [hire(1), hire(1, { retry: 1 }), hire(2), fixture('facts/28-unknown-event-type').document].map(
      (document, index) => {
        const path = workspace.path(`body-${index}.json`);
        writeFileSync(path, JSON.stringify(document, null, 2));
        return path;
      },
    );
    writeFileSync(workspace.path('broken.json'), '{"half":');
    for (const file of [...files, workspace.path('broken.json')]) {
      // one after the other, for their ids
      const sent = await run('send', file, '--url', serving.url, '--json');
      expect(sent.code, sent.err).to.equal(0);
      expect(JSON.parse(sent.out)).to.have.property('status', 200);
    }
    await Promise.all([serving.said('"msg":"delivered"', 2), serving.said('mapping failed for an event', 2)]);
    second = await failingServe(config);
  });

  after(async () => {
    await serving.kill();
    workspace.remove();
  });

  it('refuse a second serve on the same database, and say why', () => {
    expect(second.code).to.equal(1);
    expect(second.err).to.include('another huntflow-connector serves this database already');
    expect(second.err).not.to.match(/\n\s+at /);
  });

  it('list events newest first, with exactly the fields of the contract', async () => {
    const list = await json('events', 'list', '--json');
    expect(list).to.have.keys('items', 'next');
    expect(list.next).to.equal(null);
    expect(
      list.items.map((item: { readonly id: number; readonly state: string }) => [item.id, item.state]),
    ).to.deep.equal([
      [4, 'failed'],
      [3, 'skipped'],
      [2, 'mapped'],
      [1, 'mapped'],
    ]);
    expect(list.items[3]).to.include.keys('id', 'source', 'event', 'type', 'action', 'state', 'receivedAt');
    expect(list.items[3]).to.include.keys('stage', 'key', 'log');
    expect(list.items[3]).to.include({
      id: 1,
      source: 'huntflow',
      event: 'APPLICANT',
      type: 'STATUS',
      action: 'ADD',
      state: 'mapped',
    });
    expect(new Date(list.items[3].receivedAt).toISOString()).to.equal(list.items[3].receivedAt);
    const [two, mapped, none] = await Promise.all([
      json('events', 'list', '--json', '--limit', '2'),
      json('events', 'list', '--json', '--state', 'mapped', '--event', 'APPLICANT', '--source', 'huntflow'),
      json('events', 'list', '--json', '--source', 'nobody'),
    ]);
    expect(two.items.map((item: { readonly id: number }) => item.id)).to.deep.equal([4, 3]);
    expect(mapped.items).to.have.length(2);
    expect(none).to.deep.equal({ items: [], next: null });
  });

  it('list deliveries newest first, with the fields of the contract', async () => {
    const { items, next } = await json('deliveries', 'list', '--json');
    expect(next).to.equal(null);
    expect(items.map((item: { readonly id: number }) => item.id)).to.deep.equal([4, 3, 2, 1]);
    for (const item of items)
      expect(item).to.include.all.keys(
        'id',
        'eventId',
        'mapping',
        'target',
        'key',
        'state',
        'attempts',
        'dueAt',
        'lastError',
        'createdAt',
      );
    const [dead] = items.filter(
      (item: { readonly mapping: string; readonly eventId: number }) => item.mapping === 'broken' && item.eventId === 1,
    );
    expect(dead).to.include({
      eventId: 1,
      target: 'other-csv',
      key: 'applicant/1',
      state: 'dead',
      attempts: 0,
      dueAt: null,
      reason: 'mapping failed',
    });
    expect(dead.lastError).to.be.a('string');
    const [done] = items.filter(
      (item: { readonly mapping: string; readonly eventId: number }) =>
        item.mapping === 'hire-to-csv' && item.eventId === 2,
    );
    expect(done).to.include({ state: 'delivered', attempts: 1, lastError: null, key: 'applicant/2' });
    const filters = [
      ['--state', 'dead', '--mapping', 'broken', '--limit', '1'],
      ['--key', 'applicant/2', '--target', 'staff-csv', '--event', '2'],
    ];
    for (const found of await Promise.all(filters.map((filter) => json('deliveries', 'list', '--json', ...filter))))
      expect(found.items).to.have.length(1);
  });

  it('show one event or delivery as one object, masked unless --reveal', async () => {
    const hidden = ['Сидоров', 'Пётр', 'ivanova', '900 000', '1990-05-01'];
    const delivered = (await json('deliveries', 'list', '--json', '--state', 'delivered')).items[0].id;
    const [event, delivery, ...others] = await Promise.all([
      run('events', 'show', '1', '--json'),
      run('deliveries', 'show', String(delivered), '--json'),
      run('events', 'show', '1'),
      run('deliveries', 'show', String(delivered)),
    ]);
    for (const { out, code, err } of [event, delivery, ...others]) {
      expect([code, err]).to.deep.equal([0, '']);
      for (const word of hidden) expect(out).not.to.include(word);
    }
    expect(JSON.parse(event.out)).to.include({ id: 1, state: 'mapped', event: 'APPLICANT' });
    // words of the organisation are nobody's
    for (const word of ['Бухгалтерия', 'Выход на работу', 'STATUS']) expect(event.out).to.include(word);
    expect(JSON.parse(delivery.out))
      .to.include({ id: delivered, state: 'delivered' })
      .and.to.have.property('record')
      .that.includes({ Лог: '••••••' });
    expect(JSON.parse(delivery.out).attemptLog).to.have.length(1);
    const [revealed, record, unreadable] = await Promise.all([
      run('events', 'show', '1', '--json', '--reveal'),
      run('deliveries', 'show', String(delivered), '--reveal'),
      run('events', 'show', '4', '--json'),
    ]);
    expect(revealed.out).to.include('Сидоров').and.to.include('+7 900 000-00-00');
    expect(record.out).to.include('Сидоров');
    expect(unreadable.out).to.include('valid JSON');
  });

  it('exit 1 with one sentence when there is nothing of that name', async () => {
    const cases = [
      ['deliveries', 'cancel', '999'],
      ['targets', 'pause', 'nobody'],
      ['map', 'nobody', 'body-0.json'],
      ['deliveries', 'retry'],
      ['send', 'body-0.json', '--source', 'nobody'],
    ];
    for (const { args, code, out, err } of await Promise.all(
      cases.map(async (args) => ({ args, ...(await run(...args)) })),
    )) {
      expect([code, out.replaceAll(/Tried.*|Cancelled.*|\n/g, '')], args.join(' ')).to.deep.equal([1, '']);
      expect(err, args.join(' '))
        .to.match(/\S/)
        .and.not.to.match(/\n\s+at /);
    }
  });

  it('exit non-zero for what they do not know', async () => {
    const cases = [
      ['nonsense'],
      ['events', 'list', '--nonsense'],
      ['events', 'show', 'x'],
      ['deliveries', 'list', '--state', 'odd'],
    ];
    for (const { args, code, out } of await Promise.all(
      cases.map(async (args) => ({ args, ...(await run(...args)) })),
    )) {
      expect([code !== 0, out], args.join(' ')).to.deep.equal([true, '']);
    }
  });

  it('print the record of a mapping and send nothing', async () => {
    const before = (await json('events', 'list', '--json')).items.length;
    const { code, out } = await run('map', 'hire-to-csv', 'body-2.json');
    expect(code).to.equal(0);
    expect(JSON.parse(out)).to.deep.equal({ Кандидат: 2, Лог: 100_002, Фамилия: 'Сидоров' });
    const [failed, skipped] = await Promise.all([
      run('map', 'broken', 'body-2.json'),
      run('map', 'hire-to-csv', 'body-3.json'),
    ]);
    expect(failed.code).to.equal(1);
    expect([skipped.code, skipped.out]).to.deep.equal([0, '']);
    expect((await json('events', 'list', '--json')).items).to.have.length(before);
  });

  it('list targets, pause and resume them from another folder too', async () => {
    const [list, plain] = await Promise.all([json('targets', '--json'), run('targets')]);
    expect(list.next).to.equal(null);
    expect(
      list.items.map((item: { readonly name: string; readonly state: string; readonly dead: number }) => [
        item.name,
        item.state,
        item.dead,
      ]),
    ).to.deep.equal([
      ['staff-csv', 'active', 0],
      ['other-csv', 'active', 2],
    ]);
    expect(plain.out).to.match(/^TARGET +ADAPTER +STATE/);
    expect((await run('targets', 'pause', 'staff-csv')).code).to.equal(0);
    expect((await json('targets', 'list', '--json')).items[0]).to.include({ state: 'paused' });
    expect((await run('targets', 'resume', 'staff-csv')).code).to.equal(0);
    expect((await json('targets', 'list', '--json')).items[0]).to.include({ state: 'active' });
  });

  it('print tables for people', async () => {
    const [events, deliveries] = await Promise.all([run('events', 'list'), run('deliveries', 'list')]);
    expect(events.out)
      .to.match(/^ID +RECEIVED +SOURCE/)
      .and.to.match(
        /\n1 +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d +huntflow +APPLICANT +STATUS +ADD +.*applicant\/\d+ +\d+ +mapped\n/,
      );
    expect(deliveries.out)
      .to.match(/^ID +EVENT +MAPPING/)
      .and.to.include('dead (mapping failed)');
  });

  it('retry and cancel dead letters, by id or by filter', async () => {
    const dead = async () =>
      (await json('deliveries', 'list', '--json', '--state', 'dead')).items.map(
        (each: { readonly id: number }) => each.id,
      );
    const [last, first] = await dead();
    expect(await json('deliveries', 'cancel', String(first), '--json')).to.deep.include({
      cancelled: [first],
      refused: [],
    });
    expect((await run('deliveries', 'cancel', String(first))).code).to.equal(1);
    expect(await json('deliveries', 'retry', '--state', 'dead', '--json')).to.deep.include({
      retried: [last],
      refused: [],
    });
    await until('the mapping has failed again', async () => (await dead()).length === 1, 20_000);
    expect(await dead()).to.deep.equal([last]);
  });

  it('speak Russian to a Russian', async () => {
    expect((await command(['events', 'show', '999', '--config', config], { LC_ALL: 'ru_RU.UTF-8' })).err).to.equal(
      'события 999 нет\n',
    );
  });

  it('put Russian headings over lists with --lang ru, and the same keys into --json', async () => {
    const lists = [
      ['events', 'list'],
      ['deliveries', 'list'],
      ['deliveries', 'show', '1'],
      ['targets'],
      ['stages'],
      ['map', 'hire-to-csv', 'body-2.json', '--explain'],
      ['replay', '1', '--mapping', 'hire-to-csv', '--dry-run'],
    ];
    const headings = await Promise.all(
      lists.map(async (args) => (await run(...args, '--lang', 'ru')).out.split('\n')[0] ?? ''),
    );
    for (const [index, heading] of headings.entries())
      expect(heading, lists[index]?.join(' ')).to.match(/^[А-Я][А-Я ]+$/);
    expect(headings[1]).to.match(/^НОМЕР +СОБЫТИЕ +МАППИНГ +ЦЕЛЬ +КЛЮЧ +СОСТОЯНИЕ +ПОПЫТОК +СРОК +ПОСЛЕДНЯЯ ОШИБКА$/);
    expect(await json('targets', '--json', '--lang', 'ru')).to.deep.equal(await json('targets', '--json'));
  });

  it('keep names and secrets out of the log of the service', () => {
    for (const hidden of ['Сидоров', 'Пётр', 'ivanova', '900 000', 'secret-of-the-tests'])
      expect(serving.log).not.to.include(hidden);
    expect(serving.log).to.include('mapping failed for an event');
  });
});
