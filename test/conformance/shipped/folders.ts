import { mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import { Csv } from '../../../adapters/csv.ts';
import { StateLock } from '../../../adapters/drop/state-lock.ts';
import { OnecXml } from '../../../adapters/onec-xml.ts';
import { toolsFor } from '../../../adapters/testing.ts';
import { SftpServer } from '../../support/sftp-server.ts';
import { conforming, noHttp } from './conforming.ts';
import type { CsvRecord } from '../../../adapters/csv/settings.ts';
import type { XmlRecord } from '../../../adapters/onec/xml-record.ts';
import type { AdapterClass } from '../../../src/adapter.ts';
import type { AdapterHarness, OwnFault } from '../../../adapters/testing.ts';

/** A folder of this machine that goes away with the one above it, as a share does. */
function folderHarness<R>(
  timeout: number,
  own: Pick<AdapterHarness<R>, 'adapterClass' | 'record' | 'refused' | 'secrets'> & {
    readonly settings: object;
    readonly effectsIn: (folder: string) => number;
  },
): AdapterHarness<R> {
  const tools = toolsFor({ timeout });
  const outer = path.join(tools.root, 'outer');
  mkdirSync(outer);
  const lock = new StateLock(tools.stateFolder());
  let held = false;
  const { settings, effectsIn, ...rest } = own;
  return {
    ...rest,
    settings: { folder: 'outer/drop', create: true, ...settings },
    tools,
    effects: () => effectsIn(path.join(outer, 'drop')),
    network: {
      cutOff: () => renameSync(outer, `${outer}-gone`),
      reconnect: () => renameSync(`${outer}-gone`, outer),
      hang: async () => {
        await lock.acquire(0);
        held = true;
      },
    },
    dispose: async () => {
      if (held) await lock.release();
    },
  };
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

const rowsIn = (folder: string): number =>
  filesIn(folder).reduce(
    (rows, name) => rows + readFileSync(path.join(folder, name), 'latin1').split('\r\n').length - 2,
    0,
  );

const disk = noHttp(
  {
    ru: 'папка этой машины отвечает не по HTTP; kill -9, полный диск и пропавший ресурс проверяют отдельные тесты',
    en: 'a folder of this machine speaks no HTTP; kill -9, a full disk and a lost share have tests of their own',
  },
  {},
);

export const csv = conforming(
  'csv',
  async (timeout): Promise<AdapterHarness<CsvRecord>> =>
    folderHarness(timeout, {
      adapterClass: Csv,
      settings: { encoding: 'windows-1251' },
      record: () => ({ Фамилия: 'Иванова', Телефон: '+7 900 000-00-00' }),
      refused: { Фамилия: 'Петрова 🙂', Телефон: '' },
      secrets: ['Иванова', 'Петрова', '000-00'],
      effectsIn: rowsIn,
    }),
  disk,
);

export const onecXmlFolder = conforming(
  'onec-xml, folder',
  async (timeout): Promise<AdapterHarness<XmlRecord>> =>
    folderHarness(timeout, {
      adapterClass: OnecXml,
      settings: { name: 'hire-{id}.xml' },
      record: (n) => ({ root: 'Hire', content: { '@id': n, ФИО: 'Иванова' } }),
      refused: { root: 'Hire', content: { '@id': 0, ФИО: 'Иванова\ud83d' } },
      secrets: ['Иванова'],
      effectsIn: (folder) => filesIn(folder).length,
    }),
  disk,
);

/** What the server does with the first request of one name. */
const trick = (server: SftpServer, name: string, how: Parameters<SftpServer['tricks']['set']>[1]): OwnFault => ({
  begin: () => void server.tricks.set(name, how),
  end: () => server.tricks.clear(),
});

async function sftp(timeout: number): Promise<AdapterHarness<CsvRecord>> {
  const tools = toolsFor({ timeout });
  const remote = path.join(tools.root, 'remote', 'in');
  mkdirSync(remote, { recursive: true });
  const server = await SftpServer.start(path.join(tools.root, 'remote'));
  const { port } = server;
  const never = (): void => undefined;
  return {
    adapterClass: csvClass,
    settings: {
      folder: 'in',
      mode: 'file',
      name: 'hire-{id}.csv',
      encoding: 'windows-1251',
      sftp: { host: '127.0.0.1', port, user: 'huntflow', password: server.password, hostKey: server.hostKey },
    },
    tools,
    record: (n) => ({ Фамилия: 'Иванова', Номер: n }),
    refused: { Фамилия: 'Петрова 🙂', Номер: 0 },
    secrets: ['Иванова', 'Петрова', server.password],
    effects: () => filesIn(remote).filter((name) => name.endsWith('.csv') && !name.startsWith('.')).length,
    network: {
      cutOff: () => server.stop(),
      reconnect: () => server.listen(port),
      hang: () => void server.tricks.set('LSTAT', never).set('OPEN', never),
    },
    faults: {
      'reset before anything is taken': trick(server, 'OPEN', (_answer, cut) => cut()),
      'drop after commit': trick(server, 'RENAME', (answer, cut) => {
        answer();
        cut();
      }),
      'silence after commit': trick(server, 'RENAME', (answer) => void [answer].length),
    },
    dispose: () => server.stop(),
  };
}

const csvClass: AdapterClass = Csv;

export const csvSftp = conforming(
  'csv, sftp',
  sftp,
  noHttp(
    { ru: 'SFTP — не HTTP', en: 'SFTP is no HTTP' },
    {
      'reset before anything is taken': undefined,
      'drop after commit': undefined,
      'silence after commit': undefined,
    },
  ),
);
