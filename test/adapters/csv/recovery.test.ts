import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { Csv } from '../../../adapters/csv.ts';
import { Journal } from '../../../adapters/drop/journal.ts';
import { StateLock } from '../../../adapters/drop/state-lock.ts';
import { adapterErrorKind } from '../../../src/adapter.ts';
import { expectFitForPeople, failureOf } from '../../conformance/adapter.ts';
import { parseCsv } from '../../support/csv-text.ts';
import { deliveryOf, toolsIn } from '../../support/delivery-context.ts';
import type { TestTools } from '../../support/delivery-context.ts';

describe('csv, when a writer was cut short', () => {
  let tools: TestTools;
  let file: string;
  let journal: string;

  beforeEach(() => {
    tools = toolsIn();
    file = path.join(tools.root, 'drop', 'rows.csv');
    journal = path.join(tools.root, 'state', 'journal');
  });

  afterEach(() => tools.dispose());

  /** One life of the process. */
  async function live<T>(work: (csv: Csv) => Promise<T>, settings: Readonly<Record<string, unknown>> = {}): Promise<T> {
    const csv = new Csv(
      Csv.settings.cast({ folder: 'drop', create: true, name: 'rows.csv', encoding: 'utf-8', ...settings }),
      tools,
    );
    try {
      return await work(csv);
    } finally {
      await csv.close();
    }
  }

  const put = async (id: number): Promise<string | undefined> =>
    live(async (csv) => (await csv.deliver({ n: `row ${id}` }, deliveryOf(id))).summary);
  const putAtOnce = async (ids: readonly number[]): Promise<unknown> =>
    live((csv) => Promise.all(ids.map((id) => csv.deliver({ n: `row ${id}` }, deliveryOf(id)))));

  /** As if the process had died before it could note the outcome. */
  function forgetOutcome(): void {
    const lines = readFileSync(journal, 'utf8').trimEnd().split('\n');
    expect(lines.pop()).to.include('"kind":"done"');
    writeFileSync(journal, `${lines.join('\n')}\n`);
  }

  it('knows a row that was written but not noted', async () => {
    await put(1);
    forgetOutcome();
    expect(await put(1)).to.equal('already there');
    expect(readFileSync(file, 'utf8')).to.equal('n\r\nrow 1\r\n');
  });

  it('writes a row that was meant but not written', async () => {
    await put(1);
    const size = statSync(file).size;
    await put(2);
    forgetOutcome();
    truncateSync(file, size);
    expect(await put(2)).to.equal('added to rows.csv');
    expect(readFileSync(file, 'utf8')).to.equal('n\r\nrow 1\r\nrow 2\r\n');
  });

  for (const cut of [1, 4, 6]) {
    it(`cuts off a row torn ${cut} bytes before its end and keeps those before`, async () => {
      await put(1);
      await putAtOnce([2, 3]);
      forgetOutcome();
      truncateSync(file, statSync(file).size - cut);
      expect(await put(4)).to.equal('added to rows.csv');
      expect(readFileSync(file, 'utf8')).to.equal('n\r\nrow 1\r\nrow 2\r\nrow 4\r\n');
      expect(await put(2)).to.equal('already there');
      expect(await put(3)).to.equal('added to rows.csv');
    });
  }

  it('cuts off a torn header', async () => {
    await put(1);
    forgetOutcome();
    truncateSync(file, 2);
    await put(1);
    expect(readFileSync(file, 'utf8')).to.equal('n\r\nrow 1\r\n');
  });

  it('cuts off blocks that a power cut left unwritten', async () => {
    await put(1);
    const size = statSync(file).size;
    await put(2);
    forgetOutcome();
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.fill(0, size + 2));
    expect(await put(2)).to.equal('added to rows.csv');
    expect(readFileSync(file, 'utf8')).to.equal('n\r\nrow 1\r\nrow 2\r\n');
  });

  it('ignores a torn line of its own journal', async () => {
    await put(1);
    appendFileSync(journal, '{"kind":"append","file":"');
    expect(await put(1)).to.equal('already there');
    expect(await put(2)).to.equal('added to rows.csv');
    expect(await put(2)).to.equal('already there');
  });

  const takings: readonly (readonly [string, () => void])[] = [
    ['deleted', () => unlinkSync(file)],
    ['renamed', () => renameSync(file, `${file}.taken`)],
    ['emptied', () => truncateSync(file)],
    [
      'replaced by a file of somebody else',
      () => {
        unlinkSync(file);
        writeFileSync(file, 'n\r\nforeign\r\nrow\r\n');
      },
    ],
    ['edited where the row was', () => writeFileSync(file, readFileSync(file, 'utf8').replace('row 2', 'ROW 2'))],
  ];
  for (const [what, take] of takings) {
    it(`asks a person about a row whose file was ${what}, touches nothing, and writes it on the next try`, async () => {
      await put(1);
      await put(2);
      forgetOutcome();
      take();
      const before = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
      const error = await failureOf(put(2));
      expect(adapterErrorKind(error)).to.equal('rejected');
      expectFitForPeople(error, ['row 2']);
      expect(existsSync(file) ? readFileSync(file, 'utf8') : undefined).to.equal(before);
      expect(await put(2)).to.equal('added to rows.csv');
      expect(await put(2)).to.equal('already there');
      expect(readFileSync(file, 'utf8')).to.equal(`${before || 'n\r\n'}row 2\r\n`);
    });
  }

  it('waits while the folder is not mounted, then settles', async () => {
    await put(1);
    forgetOutcome();
    const drop = path.join(tools.root, 'drop');
    renameSync(drop, `${drop}-away`);
    const error = await failureOf(put(1));
    expect(adapterErrorKind(error)).to.equal('unavailable');
    renameSync(`${drop}-away`, drop);
    expect(await put(1)).to.equal('already there');
  });

  it('takes back a row that the disk had no room for, and adds it later', function () {
    if (process.platform === 'win32') this.skip();
    // A limit on file sizes is what a full disk looks like: half of the last row is written, then the write fails.
    const script = `import { Csv } from ${JSON.stringify(new URL('../../../adapters/csv.ts', import.meta.url).href)};
      import { deliveryOf, toolsIn } from ${JSON.stringify(new URL('../../support/delivery-context.ts', import.meta.url).href)};
      const csv = new Csv(Csv.settings.cast({ folder: 'drop', create: true, name: 'rows.csv', encoding: 'utf-8' }), toolsIn(${JSON.stringify(tools.root)}));
      for (let id = 1; id < 9; id += 1) {
        try { await csv.deliver({ n: String(id).repeat(6000) }, deliveryOf(id)); } catch (error) { console.log(id, error.name, error.text.en); }
      }`;
    const { stdout, stderr } = spawnSync(
      'bash',
      ['-c', 'ulimit -f 32; exec "$0" --input-type=module-typescript -e "$1"', process.execPath, script],
      { encoding: 'utf8', cwd: fileURLToPath(new URL('../../..', import.meta.url)) },
    );
    expect(stderr).to.equal('');
    expect(
      stdout
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => line.split(' ').slice(0, 2).join(' ')),
    ).to.deep.equal(['6 UnavailableError', '7 UnavailableError', '8 UnavailableError']);
    expect(parseCsv(readFileSync(file, 'utf8')).map(([cell = '']) => `${cell[0]}${cell.length}`)).to.deep.equal([
      'n1',
      '16000',
      '26000',
      '36000',
      '46000',
      '56000',
    ]);
  });

  describe('in a file of its own', () => {
    const mode = { mode: 'file', name: 'hire-{id}.csv' };
    const publish = async (id: number): Promise<string | undefined> =>
      live(async (csv) => (await csv.deliver({ n: `row ${id}` }, deliveryOf(id))).summary, mode);
    const drop = (): string => path.join(tools.root, 'drop');

    it('each row appears whole', async () => {
      await publish(1);
      expect(readdirSync(drop())).to.deep.equal(['hire-1.csv']);
      expect(readFileSync(path.join(drop(), 'hire-1.csv'), 'utf8')).to.equal('n\r\nrow 1\r\n');
    });

    it('a published row is known, whether the file was taken or not', async () => {
      await publish(1);
      forgetOutcome();
      expect(await publish(1)).to.equal('already there');
      await publish(2);
      forgetOutcome();
      unlinkSync(path.join(drop(), 'hire-2.csv'));
      expect(await publish(2)).to.equal('already there');
      expect(readdirSync(drop())).to.deep.equal(['hire-1.csv']);
    });

    it('a row that was not renamed is published by the next try', async () => {
      await publish(1);
      const intent = readFileSync(journal, 'utf8').split('\n')[0] ?? '';
      forgetOutcome();
      const temporary = /"temporary":"([^"]+)"/.exec(intent)?.[1] ?? '';
      renameSync(path.join(drop(), 'hire-1.csv'), temporary);
      const { ctimeNs } = statSync(temporary, { bigint: true });
      writeFileSync(journal, readFileSync(journal, 'utf8').replace(/"changed":"\d+"/, `"changed":"${ctimeNs}"`));
      expect(await publish(1)).to.equal('added to hire-1.csv');
      expect(readdirSync(drop())).to.deep.equal(['hire-1.csv']);
    });

    it('a row that got its name, but whose hidden name is still there, is known', async () => {
      await publish(1);
      const temporary = /"temporary":"([^"]+)"/.exec(readFileSync(journal, 'utf8'))?.[1] ?? '';
      forgetOutcome();
      linkSync(path.join(drop(), 'hire-1.csv'), temporary);
      expect(await publish(1)).to.equal('already there');
      expect(readdirSync(drop())).to.deep.equal(['hire-1.csv']);
    });

    it('a row whose file was taken before its hidden name went is asked about', async () => {
      await publish(1);
      const temporary = /"temporary":"([^"]+)"/.exec(readFileSync(journal, 'utf8'))?.[1] ?? '';
      forgetOutcome();
      linkSync(path.join(drop(), 'hire-1.csv'), temporary);
      unlinkSync(path.join(drop(), 'hire-1.csv'));
      expect(adapterErrorKind(await failureOf(publish(1)))).to.equal('rejected');
      expect(readdirSync(drop())).to.deep.equal([]);
    });

    it('is found by its content when the journal is lost, also under the next name', async () => {
      mkdirSync(drop());
      writeFileSync(path.join(drop(), 'hire-1.csv'), 'theirs');
      await publish(1);
      unlinkSync(journal);
      expect(await publish(1)).to.equal('already there');
      unlinkSync(path.join(drop(), 'hire-1-2.csv'));
      expect(await publish(1)).to.equal('already there');
      expect(readdirSync(drop())).to.deep.equal(['hire-1.csv']);
    });

    describe('with a marker and a checksum', () => {
      const marked = { ...mode, ready: '.ready', checksum: 'sha256' };
      const publishMarked = async (id: number): Promise<string | undefined> =>
        live(async (csv) => (await csv.deliver({ n: `row ${id}` }, deliveryOf(id))).summary, marked);
      const names = ['hire-1.csv', 'hire-1.csv.ready', 'hire-1.csv.sha256'];

      it('says when it is ready and what it holds', async () => {
        await publishMarked(1);
        expect(readdirSync(drop()).toSorted()).to.deep.equal(names);
        const { status, stdout } = spawnSync('sha256sum', ['-c', 'hire-1.csv.sha256'], {
          cwd: drop(),
          encoding: 'utf8',
        });
        expect([status, stdout]).to.deep.equal([0, 'hire-1.csv: OK\n']);
      });

      it('gets them after a crash in between, unless its reader has it already', async () => {
        for (const [lost, then] of [
          [names.slice(1), names],
          [['hire-1.csv.ready'], names],
          [names, []],
        ] as const) {
          await publishMarked(1);
          forgetOutcome();
          for (const name of lost) unlinkSync(path.join(drop(), name));
          expect(await publishMarked(1)).to.equal('already there');
          expect(readdirSync(drop()).toSorted()).to.deep.equal(then);
          rmSync(path.dirname(journal), { recursive: true });
          rmSync(drop(), { recursive: true });
        }
      });
    });

    describe('with a running number', () => {
      const series = { mode: 'file', name: 'hire-{number}.csv' };
      const put = async (id: number): Promise<string | undefined> =>
        live(async (csv) => (await csv.deliver({ n: 'the same' }, deliveryOf(id))).summary, series);

      it('counts on over restarts, past what others have, and never takes equal content for its own', async () => {
        expect(await put(1)).to.equal('added to hire-000001.csv');
        unlinkSync(path.join(drop(), 'hire-000001.csv'));
        writeFileSync(path.join(drop(), 'hire-000002.csv'), 'n\r\nthe same\r\n');
        expect([await put(1), await put(2), await put(3)]).to.deep.equal([
          'already there',
          'added to hire-000003.csv',
          'added to hire-000004.csv',
        ]);
      });

      it('gives the number again of a row that was not published', async () => {
        await put(1);
        await put(2);
        const temporary = /"temporary":"([^"]+)"/.exec(readFileSync(journal, 'utf8').split('\n')[2] ?? '')?.[1] ?? '';
        forgetOutcome();
        renameSync(path.join(drop(), 'hire-000002.csv'), temporary);
        const { ctimeNs } = statSync(temporary, { bigint: true });
        const [first = '', done = '', intent = ''] = readFileSync(journal, 'utf8').split('\n');
        writeFileSync(journal, `${first}\n${done}\n${intent.replace(/"changed":"\d+"/, `"changed":"${ctimeNs}"`)}\n`);
        expect(await put(2)).to.equal('added to hire-000002.csv');
      });
    });

    it('a file that nobody has taken keeps its place', async () => {
      mkdirSync(drop());
      writeFileSync(path.join(drop(), 'hire-1.csv'), 'theirs');
      expect(await publish(1)).to.equal('added to hire-1-2.csv');
      expect(readFileSync(path.join(drop(), 'hire-1.csv'), 'utf8')).to.equal('theirs');
    });
  });
});

describe('csv journal', () => {
  let tools: TestTools;
  let folder: string;

  beforeEach(() => {
    tools = toolsIn();
    folder = tools.stateFolder();
  });

  afterEach(() => tools.dispose());

  async function note(journal: Journal, ...keys: string[]): Promise<void> {
    await journal.refresh();
    for (const key of keys) {
      await journal.write(
        [
          {
            kind: 'append',
            file: '/drop/a.csv',
            identity: '1',
            offset: 0,
            rows: [
              { key: null, length: 3, hash: 'x' },
              { key, length: 1, hash: 'y' },
            ],
          },
          { kind: 'done', file: '/drop/a.csv', rows: 2 },
        ],
        false,
      );
    }
  }

  it('stays small and remembers the last keys', async () => {
    const limits = { keys: 50, size: 4000 };
    const journal = new Journal(folder, limits);
    await journal.refresh();
    await journal.write(
      [
        { kind: 'publish', file: '/drop/b', folder: '1', temporary: '/drop/.b', key: 'first', number: 41 },
        { kind: 'done', file: '/drop/b', rows: 1 },
      ],
      false,
    );
    await note(journal, ...Array.from({ length: 500 }, (_none, index) => `key-${index}`));
    expect(statSync(path.join(folder, 'journal')).size).to.be.below(5000);
    await journal.close();
    const later = new Journal(folder, limits);
    await later.refresh();
    expect(later.memory.lastNumber).to.equal(41);
    expect([449, 450, 499].map((index) => later.memory.hasWritten(`key-${index}`))).to.deep.equal([false, true, true]);
    await later.close();
  });

  it('sees what another process noted, also after that one compacted it', async () => {
    const one = new Journal(folder);
    await note(one, 'a');
    const two = new Journal(folder, { keys: 100, size: 300 });
    await note(two, 'b');
    await one.refresh();
    expect(one.memory.hasWritten('b')).to.equal(true);
    await note(two, 'c', 'd', 'e');
    await one.refresh();
    expect(['a', 'b', 'c', 'd', 'e'].map((key) => one.memory.hasWritten(key))).to.deep.equal([
      true,
      true,
      true,
      true,
      true,
    ]);
    await one.close();
    await two.close();
  });

  it('keeps doubts through compaction', async () => {
    const journal = new Journal(folder, { keys: 100, size: 600 });
    await journal.refresh();
    await journal.write(
      [
        {
          kind: 'append',
          file: '/drop/a.csv',
          identity: '1',
          offset: 0,
          rows: [{ key: 'lost', length: 1, hash: 'y' }],
        },
        { kind: 'doubt', file: '/drop/a.csv' },
      ],
      false,
    );
    await note(journal, 'a', 'b', 'c', 'd');
    await journal.close();
    const later = new Journal(folder);
    await later.refresh();
    expect(later.memory.isDoubtful('lost')).to.equal(true);
    expect(readFileSync(path.join(folder, 'journal'), 'utf8')).to.include('"kept"');
    await later.close();
  });
});

describe('csv state lock', () => {
  let tools: TestTools;
  let lock: StateLock;
  let at: string;

  beforeEach(() => {
    tools = toolsIn();
    lock = new StateLock(tools.stateFolder());
    at = path.join(tools.root, 'state', 'lock');
  });

  afterEach(() => tools.dispose());

  it('is held by one at a time', async () => {
    await lock.acquire(0);
    const error = await failureOf(new StateLock(tools.stateFolder()).acquire(30));
    expect(adapterErrorKind(error)).to.equal('unavailable');
    await lock.release();
    await new StateLock(tools.stateFolder()).acquire(0);
  });

  it('is taken over from a process that died, at once', async () => {
    await lock.acquire(0);
    const mine: { pid: number; started: string | null; host: string } = JSON.parse(readFileSync(at, 'utf8'));
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    writeFileSync(at, JSON.stringify({ ...mine, pid: dead }));
    await lock.acquire(0);
    expect(JSON.parse(readFileSync(at, 'utf8'))).to.deep.equal(mine);
    // The id is in use again, by a process that began later.
    if (process.platform === 'linux') {
      writeFileSync(at, JSON.stringify({ ...mine, started: '1' }));
      await lock.acquire(0);
    }
    expect(readdirSync(tools.stateFolder())).to.deep.equal(['lock']);
  });

  it('of another machine is respected', async () => {
    writeFileSync(at, JSON.stringify({ pid: 1, started: null, host: 'elsewhere' }));
    expect(adapterErrorKind(await failureOf(lock.acquire(30)))).to.equal('unavailable');
  });
});
