import { existsSync, mkdirSync, readdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { Csv } from '../../../adapters/csv.ts';
import { adapterErrorKind } from '../../../src/adapter.ts';
import { validate } from '../../../src/files/validation.ts';
import { expectFitForPeople, failureOf } from '../../conformance/adapter.ts';
import { deliveryOf, toolsIn } from '../../support/delivery-context.ts';
import { SftpServer } from '../../support/sftp-server.ts';
import type { TestTools } from '../../support/delivery-context.ts';
import { pause } from '../../support/pause.ts';

describe('csv to an SFTP server', function () {
  this.timeout(20_000);
  let tools: TestTools;
  let server: SftpServer;
  let remote: string;
  const open: Csv[] = [];

  beforeEach(async () => {
    tools = toolsIn(undefined, { timeout: 1500 });
    remote = path.join(tools.root, 'remote', 'in');
    mkdirSync(remote, { recursive: true });
    server = await SftpServer.start(path.join(tools.root, 'remote'));
  });

  afterEach(async () => {
    for (const csv of open.splice(0)) await csv.close();
    await server.stop();
    tools.dispose();
  });

  const sftpSettings = (own: object = {}) => ({ ...server.settings, ...own });

  function csvWith(settings: object = {}, own: object = {}): Csv {
    const all = { folder: 'in', mode: 'file', name: 'hire-{id}.csv', encoding: 'utf-8', ...settings };
    const csv = new Csv(Csv.settings.cast({ ...all, sftp: sftpSettings(own) }), tools);
    open.push(csv);
    return csv;
  }

  const put = async (csv: Csv, id: number, n = `row ${id}`): Promise<string | undefined> =>
    (await csv.deliver({ n }, deliveryOf(id))).summary;
  const files = () => readdirSync(remote).toSorted();
  async function refusal(work: Promise<unknown>): Promise<string> {
    const error = await failureOf(work);
    expect(adapterErrorKind(error)).to.equal('unavailable');
    expectFitForPeople(error, [server.password]);
    return error.text.en;
  }

  it('writes whole files, with marker and checksum, however long', async () => {
    const csv = csvWith({ ready: '.ready', checksum: 'md5' });
    expect(await put(csv, 1, 'x'.repeat(200_000))).to.equal('added to hire-1.csv');
    expect(files()).to.deep.equal(['hire-1.csv', 'hire-1.csv.md5', 'hire-1.csv.ready']);
    expect(readFileSync(path.join(remote, 'hire-1.csv'), 'utf8')).to.equal(`n\r\n${'x'.repeat(200_000)}\r\n`);
  });

  it('replaces nothing: another name for other content, none for the same', async () => {
    writeFileSync(path.join(remote, 'hire-1.csv'), 'theirs');
    writeFileSync(path.join(remote, 'hire-2.csv'), 'n\r\nrow 2\r\n');
    expect(await put(csvWith(), 1)).to.equal('added to hire-1-2.csv');
    expect(await put(csvWith(), 2)).to.equal('already there');
    expect(readFileSync(path.join(remote, 'hire-1.csv'), 'utf8')).to.equal('theirs');
    expect(files()).to.deep.equal(['hire-1-2.csv', 'hire-1.csv', 'hire-2.csv']);
  });

  it('knows after a lost answer that the file got its name, also when its reader took it', async () => {
    for (const taken of [false, true]) {
      const id = taken ? 2 : 1;
      const csv = csvWith();
      server.tricks.set('RENAME', (answer, cut) => {
        cut();
        answer();
      });
      expect(await refusal(put(csv, id))).to.include('connection broke');
      expect(existsSync(path.join(remote, `hire-${id}.csv`))).to.equal(true);
      if (taken) unlinkSync(path.join(remote, 'hire-2.csv'));
      expect(await put(csv, id)).to.equal('already there');
    }
    expect(files()).to.deep.equal(['hire-1.csv']);
  });

  it('writes again what was cut before it got its name', async () => {
    for (const [id, request] of ['OPEN', 'WRITE', 'CLOSE', 'RENAME'].entries()) {
      const csv = csvWith();
      server.tricks.set(request, (_answer, cut) => cut());
      await refusal(put(csv, id));
      expect(await put(csv, id), request).to.equal(`added to hire-${id}.csv`);
    }
    expect(files()).to.have.length(4);
  });

  it('waits no longer than a request may take, and then for the next try', async () => {
    const csv = csvWith();
    server.tricks.set('WRITE', () => undefined);
    expect(await refusal(put(csv, 1))).to.include('did not answer in time');
    expect(await put(csv, 1)).to.equal('added to hire-1.csv');
    const { port } = server;
    await server.stop();
    expect(await refusal(put(csv, 2))).to.include(`sftp://127.0.0.1:${port}`);
  });

  it('publishes no half of a file when the server carries out a rename late, after its session broke', async () => {
    const csv = csvWith();
    let late: (() => void) | undefined;
    server.tricks.set('RENAME', (answer, cut) => {
      late = answer;
      cut();
    });
    await refusal(put(csv, 1));
    // At the moment at which the next try has begun to write.
    server.tricks.set('WRITE', (answer) => {
      late?.();
      answer();
    });
    expect(await put(csv, 1)).to.equal('added to hire-1.csv');
    expect(files()).to.deep.equal(['hire-1.csv']);
    expect(readFileSync(path.join(remote, 'hire-1.csv'), 'utf8')).to.equal('n\r\nrow 1\r\n');
  });

  it('knows that a file is out when the late rename comes while it is taken back', async () => {
    const csv = csvWith({ ready: '.ready' });
    let late: (() => void) | undefined;
    server.tricks.set('RENAME', (answer, cut) => {
      late = answer;
      cut();
    });
    await refusal(put(csv, 1));
    server.tricks.set('RENAME', (answer) => {
      late?.();
      answer();
    });
    expect(await put(csv, 1)).to.equal('already there');
    expect(files()).to.deep.equal(['hire-1.csv', 'hire-1.csv.ready']);
  });

  it('knows that a file was taken back when it breaks off right after that', async () => {
    const csv = csvWith();
    server.tricks.set('RENAME', (_answer, cut) => cut());
    await refusal(put(csv, 1));
    server.tricks.set('RENAME', (answer, cut) => {
      cut();
      answer();
    });
    await refusal(put(csv, 1));
    expect(await put(csv, 1)).to.equal('added to hire-1.csv');
    expect(files()).to.deep.equal(['hire-1.csv']);
  });

  it('keeps one session for all that it asks, also where the server offers no flushing', async () => {
    const csv = csvWith();
    await Promise.all([1, 2, 3].map((id) => put(csv, id)));
    server.tricks.set('LSTAT', (answer) => void pause(1000).then(answer));
    await put(csv, 4);
    server.tricks.set('LSTAT', (answer) => void pause(1000).then(answer));
    expect(await put(csv, 5)).to.equal('added to hire-5.csv');
    expect(server.sessions).to.equal(1);
  });

  it('waits no longer for a server that lets it in and opens no session', async () => {
    server.tricks.set('SESSION', () => undefined);
    const csv = csvWith();
    expect(await refusal(put(csv, 1))).to.include('did not answer in time');
    expect(await put(csv, 1)).to.equal('added to hire-1.csv');
  });

  it('leaves nothing of a file that its disk did not take', async () => {
    const csv = csvWith();
    server.tricks.set('WRITE', () => {
      throw Object.assign(new Error('full'), { code: 'ENOSPC' });
    });
    await refusal(put(csv, 1)).catch(() => undefined);
    expect(await put(csv, 1)).to.equal('added to hire-1.csv');
    expect(files()).to.deep.equal(['hire-1.csv']);
  });

  it('gives nothing to another server, and says who it is', async () => {
    const hostKey = `SHA256:${'A'.repeat(43)}`;
    expect(await refusal(put(csvWith({}, { hostKey }), 1)))
      .to.include(server.hostKey)
      .and.include('Nothing was sent');
    expect(files()).to.deep.equal([]);
  });

  it('says in check what is wrong: the password, the folder', async () => {
    const check = async (csv: Csv) =>
      JSON.stringify(await csv.check({ mappings: [], signal: new AbortController().signal }));
    expect(await check(csvWith())).to.equal('[]');
    expect(await check(csvWith({}, { password: 'wrong-password' }))).to.include('the server refuses the user');
    expect(await check(csvWith({ folder: 'missing' }))).to.include('/missing: the server has no such folder');
  });

  it('answers a server that asks for the password as a question', async () => {
    server.asks = true;
    expect(await put(csvWith(), 1)).to.equal('added to hire-1.csv');
    expect(await refusal(put(csvWith({}, { password: 'wrong-password' }), 2))).to.include('refuses the user');
  });

  it('says that a server knows outdated encryption alone', async () => {
    const old = await SftpServer.start(path.join(tools.root, 'remote'), { kex: ['diffie-hellman-group1-sha1'] });
    expect(await refusal(put(csvWith({}, old.settings), 1))).to.include('no common encryption');
    await old.stop();
  });

  it('says that a key is none, and where there is none', async () => {
    writeFileSync(path.join(tools.root, 'no.key'), 'not a key');
    expect(await refusal(put(csvWith({}, { password: '', key: 'no.key' }), 1))).to.include(
      'no.key: this is no private key',
    );
    expect(await refusal(put(csvWith({}, { password: '', key: 'missing.key' }), 1)))
      .to.include('missing.key')
      .and.include('ENOENT');
  });

  it('makes a folder only where it is told to', async () => {
    expect(await refusal(put(csvWith({ folder: 'new' }), 1))).to.include('create: true');
    await put(csvWith({ folder: 'new', create: true }), 1);
    expect(readdirSync(path.join(tools.root, 'remote', 'new'))).to.deep.equal(['hire-1.csv']);
  });

  it('asks in its settings for whole files, a host key and credentials', () => {
    const faults = (settings: object) =>
      validate(Csv.settings, { folder: 'in', mode: 'file', sftp: sftpSettings(), ...settings }).problems.length;
    expect(faults({})).to.equal(0);
    for (const wrong of [
      { mode: 'append' },
      { sftp: sftpSettings({ hostKey: 'aa:bb' }) },
      { sftp: sftpSettings({ password: '' }) },
      { sftp: { host: 'x' } },
    ])
      expect(faults(wrong), JSON.stringify(wrong)).to.be.greaterThan(0);
  });
});
