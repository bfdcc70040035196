import BetterSqlite from 'better-sqlite3';
import { expect } from 'chai';
import type { CommandResult } from '../support/serving.ts';
import { command } from '../support/serving.ts';
import { Service, writeFiles } from '../support/service.ts';
import { hire, postWebhook, withValue } from '../support/webhook.ts';
import { Workspace } from '../support/workspace.ts';

describe('person', function () {
  this.timeout(60_000);
  let workspace: Workspace;
  let config: string;

  const run = (...args: readonly string[]): Promise<CommandResult> =>
    command([...args, '--config', config], {}, workspace.folder);

  const named = (id: number, last: string, first: string) => {
    let document = hire(id);
    document = withValue(document, ['event', 'applicant', 'last_name'], last);
    document = withValue(document, ['event', 'applicant', 'first_name'], first);
    document = withValue(document, ['event', 'applicant', 'email'], `${id}@example.org`);
    return withValue(document, ['event', 'applicant', 'phone'], `+7 900 000-00-${id}`);
  };

  // Two of one surname, one of another.
  before(async () => {
    workspace = new Workspace();
    const service = await Service.start({}, {}, workspace);
    for (const document of [named(60, 'Ёлкина', 'Анна'), named(61, 'Елкина', 'Мария'), named(62, 'Дубов', 'Иван')])
      await postWebhook(service.url, document);
    await service.app.drain();
    await service.app.stop();
    config = writeFiles(workspace);
  });

  after(() => workspace.remove());

  it('is found by id, name, mail and phone, with one sentence on top', async () => {
    for (const who of ['60', 'ЕЛКИНА анна', '60@example.org', '8 (900) 000 00 60']) {
      const { code, out, err } = await run('person', who, '--json');
      expect(code, `${who}: ${err}`).to.equal(0);
      const road = JSON.parse(out);
      expect(road.applicant, who).to.equal('60');
      expect(road.scope).to.be.a('string').and.not.to.equal('');
      expect(road.sentence).to.match(/^reached staff-csv at \d\d:\d\d$/);
      expect(road.timeline.map(({ kind }: { kind: string }) => kind).toSorted()).to.deep.equal(['delivery', 'event']);
      expect(out, 'masked').not.to.match(/лкина|Анна/);
    }
    const said = await run('person', '60', '--lang', 'ru', '--reveal');
    expect(said.out)
      .to.match(/^60 Ёлкина Анна/)
      .and.to.match(/^в staff-csv дошло в \d\d:\d\d$/m);
  });

  it('lists several that fit and ends with 1, and so it does for nobody', async () => {
    const { code, out, err } = await run('person', 'Елкина', '--json');
    expect(code).to.equal(1);
    expect(err).to.include('several fit (2)');
    const { items } = JSON.parse(out);
    expect(items.map(({ applicant }: { applicant: string }) => applicant).toSorted()).to.deep.equal(['60', '61']);
    expect(out).not.to.match(/лкина/);
    const nobody = await run('person', 'Никтоев', '--json');
    expect([nobody.code, nobody.out]).to.deep.equal([1, '']);
  });

  it('narrows lists of deliveries by a name, which goes no further than the search', async () => {
    const listed = async (...words: readonly string[]): Promise<string[]> =>
      JSON.parse((await run('deliveries', 'list', '--json', ...words)).out).items.map(
        ({ applicant }: { applicant: string }) => applicant,
      );
    expect(await listed('--name', 'елкина')).to.deep.equal(['61', '60']);
    expect(await listed('--name', 'Дубов Иван')).to.deep.equal(['62']);
    expect(await listed('--name', 'Никтоев')).to.deep.equal([]);
    expect(await listed('--name', '62@example.org', '--state', 'dead')).to.deep.equal([]);
    const { code } = await run('deliveries', 'replay', '--name', 'елкина', '--yes', '--json');
    expect(code).to.equal(0);
    const { out } = await run('bulk', '--json');
    expect(JSON.parse(out).items[0]).to.include({ action: 'replay', total: 2 });
    expect(out).not.to.match(/лкина/i);
  });

  it('says which deliveries are not there', async () => {
    const { code, out, err } = await run('deliveries', 'retry', '404', '405', '--yes', '--json');
    expect(code).to.equal(1);
    expect(JSON.parse(out).refused.map(({ id, why }: { id: number; why: string }) => [id, why])).to.deep.equal([
      [404, 'there is no delivery 404'],
      [405, 'there is no delivery 405'],
    ]);
    expect(err).to.include('not done: 2');
  });

  it('says what retention has taken, and of whom, not that a mapping failed or nothing was sent', async () => {
    const file = new BetterSqlite(workspace.path('var', 'connector.db'));
    try {
      file.exec(`update deliveries set record = null where event_id = 3; update events set body = null where id = 3`);
      const delivery = JSON.parse((await run('deliveries', 'list', '--applicant', '62', '--json')).out).items[0];
      for (const shown of [await run('deliveries', 'show', String(delivery.id)), await run('events', 'show', '3')])
        expect(shown.out).to.include('it is gone: retention has cleared it away').and.not.include('mapping could not');
      for (const table of ['deliveries where event_id = 3', 'events where id = 3']) {
        file.exec(`delete from ${table}`);
        expect((await run('person', '62')).out).to.include('what was sent was cleared away by retention');
      }
    } finally {
      file.close();
    }
  });
});

describe('a person whose target cannot be reached', function () {
  this.timeout(60_000);
  const workspace = new Workspace();
  const said = async (...args: readonly string[]): Promise<string> =>
    (await command([...args, '--config', config], {}, workspace.folder)).out;
  let config = '';

  before(async () => {
    const settings = { adapter: 'csv', settings: { folder: 'nowhere', name: 'a.csv' } };
    const service = await Service.start({ config: { targets: { 'staff-csv': settings } } }, {}, workspace);
    await postWebhook(service.url, hire(60));
    await service.app.drain();
    await service.app.stop();
    config = writeFiles(workspace, { config: { targets: { 'staff-csv': settings } } });
  });

  after(() => workspace.remove());

  it('is told what is in the way and when it is tried again, and so are targets', async () => {
    expect(await said('person', '60')).to.match(/^staff-csv: .*nowhere.*, next try (?:at \d\d:\d\d|now)$/m);
    const russian = await said('person', '60', '--lang', 'ru');
    expect(russian).to.match(/^staff-csv: .*папк.*, следующая попытка (?:в \d\d:\d\d|сейчас)$/m);
    expect(russian)
      .to.match(/ доставка +\d/)
      .and.to.match(/ событие +\d/);
    expect(await said('targets')).to.match(/cannot be reached since \d\d:\d\d, next try (?:\d\d\.\d\d )?\d\d:\d\d/);
    expect(await said('targets', '--lang', 'ru')).to.match(
      /недоступна с \d\d:\d\d, следующая попытка (?:\d\d\.\d\d )?\d\d:\d\d/,
    );
    expect(await said('causes', '--lang', 'ru')).to.match(/ недоступна /);
    expect(await said('causes')).to.match(/^ {2}npx huntflow-connector deliveries retry --cause \w+/m);
  });

  it('is told of a pause', async () => {
    await said('targets', 'pause', 'staff-csv');
    expect(await said('person', '60')).to.match(/^staff-csv is paused$/m);
  });
});
