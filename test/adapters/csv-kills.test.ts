import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { Csv } from '../../adapters/csv.ts';
import { toolsIn } from '../support/delivery-context.ts';
import { inForm, seed } from '../support/form.ts';
import { SftpServer } from '../support/sftp-server.ts';
import { until } from '../support/until.ts';
import { pause } from '../support/pause.ts';

const child = fileURLToPath(new URL('../support/csv-lanes-child.ts', import.meta.url));
const lanes = 25;
const rowsOfLane = inForm(12, 400);
const lives = inForm(2, 60);

/** Python's csv is a reader that is not ours: it prints lane and row of each record, file by file. */
const reader = `
import csv, glob, os, sys
files = [f for f in glob.glob(os.path.join(sys.argv[1], '*.csv'))]
for name in sorted(files, key=lambda f: (len(f), f)):
    with open(name, encoding='utf-8-sig', newline='') as file:
        rows = list(csv.reader(file, delimiter=';', strict=True))
    assert rows[0] == ['lane', 'row', 'text'], rows[0]
    for lane, row, text in rows[1:]:
        assert text == 'строка "%s";\\nиз %s' % (row, 'x' * (int(row) % 61)), text
        print(lane, row)
`;

/** One life of the writer; it ends by a kill or when all is delivered. Returns whether that was the end. */
async function live(
  root: string,
  settings: object,
  next: number[],
  milliseconds: number | undefined,
): Promise<boolean> {
  const args = [child, root, JSON.stringify(settings), String(rowsOfLane), ...next.map(String)];
  const writer = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let [output, faults] = ['', ''];
  writer.stderr.on('data', (chunk: Buffer) => {
    faults += chunk.toString();
  });
  writer.stdout.on('data', (chunk: Buffer) => {
    if (output === '' && milliseconds !== undefined) void pause(milliseconds).then(() => writer.kill('SIGKILL'));
    output += chunk.toString();
  });
  const code = await new Promise((resolve) => writer.once('close', resolve));
  expect(faults).to.equal('');
  for (const line of output.split('\n').slice(0, -1)) {
    const [lane = 0, row = 0] = line.split(' ').map(Number);
    next[lane] = row + 1;
  }
  return code === 0;
}

/** What waits for more rows becomes ready when it is old. */
async function endBatch(root: string, settings: object): Promise<void> {
  const csv = new Csv(
    Csv.settings.cast({ folder: 'drop', create: true, ...settings }),
    toolsIn(root, { now: () => Date.UTC(2027, 0, 1) }),
  );
  csv.start();
  const isWhole = () => readdirSync(path.join(root, 'drop')).every((name) => !name.endsWith('.open'));
  await until('the last batch is ready', isWhole, 40_000);
  await csv.close();
}

describe(`${lanes * rowsOfLane} csv rows through kill -9 (SEED=${seed})`, () => {
  for (const settings of [
    { name: 'rows.csv' },
    { mode: 'file', name: 'row-{number}.csv', ready: '.ready' },
    { mode: 'batch', name: 'rows-{number}.csv', batch: { rows: 70 } },
    { mode: 'file', name: 'remote-{number}.csv', ready: '.ready', sftp: {} },
  ] as const) {
    it(`are each there once, in order in their lane, for a reader that is not ours (${settings.name})`, async function () {
      this.timeout(inForm(60_000, 600_000));
      if (spawnSync('python3', ['--version']).status !== 0) this.skip();
      const root = mkdtempSync(path.join(tmpdir(), 'csv-kills-'));
      const server = 'sftp' in settings ? await SftpServer.start(root) : undefined;
      try {
        const given = server === undefined ? settings : { ...settings, sftp: server.settings };
        const next = Array.from({ length: lanes }, () => 1);
        let over = false;
        for (let life = 1; life < lives && !over; life += 1)
          over = await live(root, given, next, (seed * 7919 * life) % 120);
        if (!over) expect(await live(root, given, next, undefined)).to.equal(true);

        if ('batch' in settings) await endBatch(root, settings);
        const read = spawnSync('python3', ['-c', reader, path.join(root, 'drop')], {
          encoding: 'utf8',
          maxBuffer: 1e9,
        });
        expect(read.stderr).to.equal('');
        const seen = Array.from({ length: lanes }, (): number[] => []);
        for (const line of read.stdout.trimEnd().split('\n')) {
          const [lane = 0, row = 0] = line.split(' ').map(Number);
          seen[lane]?.push(row);
        }
        const inOrder = Array.from({ length: rowsOfLane }, (_none, index) => index + 1);
        for (const rows of seen) expect(rows).to.deep.equal(inOrder);
      } finally {
        await server?.stop();
        rmSync(root, { recursive: true, force: true });
      }
    });
  }
});
