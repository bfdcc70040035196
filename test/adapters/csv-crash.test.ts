import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { Csv } from '../../adapters/csv.ts';
import { parseCsv } from '../support/csv-text.ts';
import { deliveryOf, toolsIn } from '../support/delivery-context.ts';
import { inForm } from '../support/form.ts';
import { pause } from '../support/pause.ts';

const child = fileURLToPath(new URL('../support/csv-writer-child.ts', import.meta.url));

interface Life {
  readonly delivered: readonly number[];
  /** Rows that the child found written by an earlier life. */
  readonly there: readonly number[];
}

/** Lets a child deliver from `first` on and kills it some milliseconds after its first row. */
async function liveAndDie(
  root: string,
  first: number,
  width: number,
  mode: string,
  milliseconds: number,
): Promise<Life> {
  const writer = spawn(process.execPath, [child, root, String(first), String(width), mode], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let faults = '';
  writer.stderr.on('data', (chunk: Buffer) => {
    faults += chunk.toString();
  });
  writer.stdout.on('data', (chunk: Buffer) => {
    if (output === '') void pause(milliseconds).then(() => writer.kill('SIGKILL'));
    output += chunk.toString();
  });
  await new Promise<void>((resolve) => writer.once('close', () => resolve()));
  expect(faults).to.equal('');
  const lines = output.split('\n').filter((line) => line !== '');
  const there = lines.filter((line) => line.endsWith('already there')).map((line) => Number.parseInt(line, 10));
  return { delivered: lines.map((line) => Number.parseInt(line, 10)), there };
}

function rowsIn(folder: string): string[][] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.csv'))
    .flatMap((name) => {
      const [header, ...rows] = parseCsv(readFileSync(path.join(folder, name), 'utf8').replace('\ufeff', ''));
      expect(header).to.deep.equal(['id', 'text']);
      return rows;
    });
}

describe('csv after kill -9', () => {
  for (const [mode, width] of [
    ['append', 1],
    ['append', 16],
    ['file', 4],
  ] as const) {
    it(`has each row exactly once and whole (mode ${mode}, ${width} at once)`, async function () {
      this.timeout(inForm(180_000, 600_000));
      const root = mkdtempSync(path.join(tmpdir(), 'csv-crash-'));
      try {
        let next = 1;
        const delivered = new Set<number>();
        for (let life = 0; life < inForm(2, 20); life += 1) {
          const result = await liveAndDie(root, next, width, mode, Math.floor(Math.random() * 60));
          expect(result.there).to.include.members(result.delivered.filter((id) => delivered.has(id)));
          for (const id of result.delivered) delivered.add(id);
          // Whatever the dead child had not reported is tried again, as the outbox does, and rows reported before count
          // as there.
          next = Math.max(1, Math.max(...delivered) - 2 * width);
        }
        const last = Math.max(...delivered) + width;
        const csv = new Csv(
          Csv.settings.cast({ folder: 'drop', create: true, name: mode === 'file' ? '{id}.csv' : 'rows.csv', mode }),
          toolsIn(root),
        );
        for (let id = 1; id <= last; id += 1)
          await csv.deliver({ id, text: `строка "${id}";\n${'x'.repeat(id % 97)}` }, deliveryOf(id));
        await csv.close();

        const rows = rowsIn(path.join(root, 'drop')).toSorted((a, b) => Number(a[0]) - Number(b[0]));
        // A killed child may have begun more than it reported, never more than one round.
        expect(rows.length).to.be.within(last, last + width);
        expect(rows).to.deep.equal(
          Array.from({ length: rows.length }, (_none, index) => [
            String(index + 1),
            `строка "${index + 1}";\n${'x'.repeat((index + 1) % 97)}`,
          ]),
        );
        expect(readdirSync(path.join(root, 'drop')).filter((name) => name.endsWith('.part'))).to.deep.equal([]);
      } finally {
        rmSync(root, { recursive: true, force: true });
      }
    });
  }

  it('lets two processes write to one file in turn', async function () {
    this.timeout(30_000);
    const root = mkdtempSync(path.join(tmpdir(), 'csv-two-'));
    try {
      const [one, two] = await Promise.all([
        liveAndDie(root, 1, 2, 'append', 300),
        liveAndDie(root, 100_001, 2, 'append', 300),
      ]);
      const ids = rowsIn(path.join(root, 'drop')).map(([id]) => Number(id));
      expect(new Set(ids).size).to.equal(ids.length);
      expect(ids).to.include.members([...one.delivered, ...two.delivered]);
      expect(one.delivered).not.to.have.length(0);
      expect(two.delivered).not.to.have.length(0);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
});
