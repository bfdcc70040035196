import { readdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { Csv } from '../../../adapters/csv.ts';
import { validate } from '../../../src/files/validation.ts';
import { deliveryOf, toolsIn } from '../../support/delivery-context.ts';
import { until } from '../../support/until.ts';
import type { TestTools } from '../../support/delivery-context.ts';

describe('csv rows that gather in batches', () => {
  let tools: TestTools;
  let now: number;
  const open: Csv[] = [];

  beforeEach(() => {
    now = Date.UTC(2026, 10, 21, 9);
    tools = toolsIn(undefined, { now: () => now });
  });

  afterEach(async () => {
    for (const csv of open.splice(0)) await csv.close();
    tools.dispose();
  });

  function csvWith(batch: object = { rows: 3 }, settings: object = {}): Csv {
    const all = { folder: 'drop', create: true, mode: 'batch', encoding: 'utf-8', name: 'b-{number}.csv', batch };
    const csv = new Csv(Csv.settings.cast({ ...all, ...settings }), tools);
    open.push(csv);
    return csv;
  }

  const drop = () => path.join(tools.root, 'drop');
  const journal = () => path.join(tools.root, 'state', 'journal');
  const all = () => readdirSync(drop()).toSorted();
  const ready = () => all().filter((name) => !name.startsWith('.'));
  const read = (name: string) => readFileSync(path.join(drop(), name), 'utf8');
  async function put(csv: Csv, ...ids: readonly number[]): Promise<void> {
    for (const id of ids) await csv.deliver({ n: `row ${id}` }, deliveryOf(id));
  }

  it('are seen once there are enough of them, in whole files with running numbers', async () => {
    const csv = csvWith();
    await put(csv, 1, 2);
    expect(ready()).to.deep.equal([]);
    await put(csv, 3, 4, 5, 6, 7);
    expect(ready()).to.deep.equal(['b-000001.csv', 'b-000002.csv']);
    expect(read('b-000001.csv')).to.equal('n\r\nrow 1\r\nrow 2\r\nrow 3\r\n');
    expect(read('b-000002.csv')).to.equal('n\r\nrow 4\r\nrow 5\r\nrow 6\r\n');
  });

  it('or enough bytes, with marker and checksum', async () => {
    await put(csvWith({ size: 20 }, { ready: '.ready', checksum: 'md5' }), 1, 2, 3);
    expect(ready()).to.deep.equal(['b-000001.csv', 'b-000001.csv.md5', 'b-000001.csv.ready']);
  });

  it('or when the first is old enough, also while nothing comes and after a restart', async () => {
    await put(csvWith({ age: '1h' }), 1);
    const later = csvWith({ age: '1h' });
    now += 3_599_999;
    await put(later, 2);
    expect(ready()).to.deep.equal([]);
    now += 1;
    later.start();
    await until('the batch is ready', () => ready().length === 1);
    expect(read('b-000001.csv')).to.equal('n\r\nrow 1\r\nrow 2\r\n');
  });

  it('or when the clock was set back', async () => {
    const csv = csvWith({ age: '1h' });
    await put(csv, 1);
    now -= 86_400_000;
    await put(csv, 2);
    expect(ready()).to.deep.equal(['b-000001.csv']);
  });

  it('are written once, before and after their file is ready', async () => {
    const csv = csvWith();
    await put(csv, 1, 2, 1, 2, 3, 1, 2, 3);
    expect(all()).to.deep.equal(['b-000001.csv']);
    unlinkSync(path.join(drop(), 'b-000001.csv'));
    await put(csvWith(), 1, 2, 3);
    expect(ready()).to.deep.equal([]);
  });

  it('are ready once, also when the end of it was not noted', async () => {
    await put(csvWith(), 1, 2, 3);
    const lines = readFileSync(journal(), 'utf8').trimEnd().split('\n');
    expect(lines.pop()).to.include('"kind":"done"');
    writeFileSync(journal(), `${lines.join('\n')}\n`);
    const csv = csvWith();
    await put(csv, 3);
    expect(all()).to.deep.equal(['b-000001.csv']);
    await put(csv, 4, 5, 6);
    expect(ready()).to.deep.equal(['b-000001.csv', 'b-000002.csv']);
  });

  it('are made ready by the next when a crash came before their file had its name', async () => {
    await put(csvWith(), 1, 2);
    const hidden = all().find((name) => name.startsWith('.')) ?? '';
    const bytes = readFileSync(path.join(drop(), hidden));
    const before = readFileSync(journal(), 'utf8');
    await put(csvWith(), 3);
    const intents = readFileSync(journal(), 'utf8').slice(before.length).trimEnd().split('\n');
    const publish = intents.findIndex((line) => line.includes('"publish"'));
    // As it was between the intent and the name.
    writeFileSync(path.join(drop(), hidden), `${bytes.toString()}row 3\r\n`);
    unlinkSync(path.join(drop(), 'b-000001.csv'));
    writeFileSync(journal(), `${before}${intents.slice(0, publish + 1).join('\n')}\n`);
    await put(csvWith(), 3);
    expect(all()).to.deep.equal(['b-000001.csv']);
    expect(read('b-000001.csv')).to.equal('n\r\nrow 1\r\nrow 2\r\nrow 3\r\n');
  });

  it('gather by what their name is made of', async () => {
    const csv = csvWith({ rows: 2 }, { name: '{row.Отдел}-{number}.csv' });
    for (const [id, Отдел] of ['ИТ', 'Кадры', 'ИТ', 'Кадры'].entries())
      await csv.deliver({ Отдел, id }, deliveryOf(id));
    expect(ready()).to.deep.equal(['ИТ-000001.csv', 'Кадры-000002.csv']);
  });

  it('share the name of a file, and have their limits in the settings', () => {
    const faults = (settings: object) =>
      validate(Csv.settings, { folder: 'drop', mode: 'batch', ...settings }).problems.length;
    expect([faults({}), faults({ batch: { rows: 10, size: 1000, age: '5m' } })]).to.deep.equal([0, 0]);
    for (const wrong of [{ name: '{id}.csv' }, { name: '{key}.csv' }, { batch: { rows: 0 } }, { batch: { age: '5' } }])
      expect(faults(wrong), JSON.stringify(wrong)).to.equal(1);
  });
});
