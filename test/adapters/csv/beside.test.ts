import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { Csv } from '../../../adapters/csv.ts';
import { Deliveries, toolsFor } from '../../../adapters/testing.ts';
import { RejectedError, UnavailableError } from '../../../src/adapter.ts';
import { validate } from '../../../src/files/validation.ts';
import { SftpServer } from '../../support/sftp-server.ts';
import type { TestTools } from '../../../adapters/testing.ts';

describe('A file beside a CSV row', () => {
  let tools: TestTools;
  let csv: Csv;
  let deliveries: Deliveries;
  let there = true;
  const files = (folder = 'drop') => readdirSync(path.join(tools.root, folder)).toSorted();
  const text = () => readFileSync(path.join(tools.root, 'drop', 'hires.csv'), 'utf8');

  beforeEach(() => {
    there = true;
    deliveries = new Deliveries();
    tools = toolsFor({
      attachment: async (file) => {
        if (!there) throw new UnavailableError('the file has not come yet');
        if (file === 404) throw new RejectedError('its address has run out');
        const at = tools.resolvePath('kept');
        writeFileSync(at, `CV ${file}`);
        return { path: at, size: 4, type: 'application/pdf' };
      },
    });
    csv = new Csv(Csv.settings.cast({ folder: 'drop', create: true, name: 'hires.csv', encoding: 'utf-8' }), tools);
  });

  afterEach(async () => {
    await csv.close();
    tools.dispose();
  });

  const row = (name: string | null, file: string | number = 5) => ({ Имя: 'Анна', Резюме: { file, name } });

  it('stands there before the row, which has its name', async () => {
    await csv.deliver(row('Анна CV.pdf'), deliveries.attempt(1));
    const file = files().find((name) => name !== 'hires.csv') ?? '';
    expect(file).to.match(/^Анна CV-[0-9a-f]{8}\.pdf$/);
    expect(readFileSync(path.join(tools.root, 'drop', file), 'utf8')).to.equal('CV 5');
    expect(text()).to.equal(`Имя;Резюме\r\nАнна;${file}\r\n`);
  });

  it('is there once however often it is tried, and each delivery has one of its own', async () => {
    for (const id of [1, 1, 2]) await csv.deliver(row('CV.pdf'), deliveries.attempt(id));
    expect(files()).to.have.length(3);
    expect(text().split('\r\n')).to.have.length(4);
  });

  it('leads out of no folder, hides nothing, and has an ending of its type without a name', async () => {
    const names = ['../../etc/passwd', '.hidden', 'a/b\\c:d.pdf', 'Я'.repeat(5000), 'x\u0000y.PDF', null, ''];
    for (const [id, name] of names.entries()) await csv.deliver(row(name), deliveries.attempt(id));
    expect(readdirSync(tools.root).toSorted()).to.deep.equal(['drop', 'kept', 'state']);
    for (const file of files())
      expect(file)
        .to.match(/^(?:hires\.csv|[^.][^/\\:]*-[0-9a-f]{8}\.[a-z0-9]+)$/)
        .and.to.have.length.below(120);
    expect(files()).to.have.length(names.length + 1);
  });

  it('that has not come holds its row back, and one that never will rejects it', async () => {
    there = false;
    const late: unknown = await csv.deliver(row('CV.pdf'), deliveries.attempt(1)).catch((error: unknown) => error);
    expect(late).to.be.instanceOf(UnavailableError);
    there = true;
    const gone: unknown = await csv.deliver(row('CV.pdf', 404), deliveries.attempt(2)).catch((error: unknown) => error);
    expect(gone).to.be.instanceOf(RejectedError);
    await csv.deliver(row('CV.pdf'), deliveries.attempt(1));
    expect(text().split('\r\n')).to.have.length(3);
  });

  it('is the one object that a cell may be', () => {
    const problems = (value: unknown) => validate(Csv.record, value).problems.length;
    expect(problems(row('CV.pdf'))).to.equal(0);
    for (const wrong of [{ file: null }, { file: {} }, { name: 'x' }, { file: 5, name: 'x', size: 1 }, [5]])
      expect(problems({ Резюме: wrong }), JSON.stringify(wrong)).to.equal(1);
  });

  it('goes to an SFTP server as well', async () => {
    mkdirSync(path.join(tools.root, 'remote', 'in'), { recursive: true });
    const server = await SftpServer.start(path.join(tools.root, 'remote'));
    const { port, password, hostKey } = server;
    const sftp = { host: '127.0.0.1', port, user: 'huntflow', password, hostKey };
    const settings = { folder: 'in', mode: 'file', name: 'hire-{id}.csv', encoding: 'utf-8', sftp };
    const far = new Csv(Csv.settings.cast(settings), tools);
    for (const id of [1, 1]) await far.deliver(row('CV.pdf'), deliveries.attempt(id));
    expect(files('remote/in').map((name) => name.replace(/[0-9a-f]{8}/, '…'))).to.deep.equal([
      'CV-….pdf',
      'hire-1.csv',
    ]);
    await far.close();
    await server.stop();
  });
});
