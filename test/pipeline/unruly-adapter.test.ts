import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { hireToCsv, writeFiles } from '../support/service.ts';
import { Serving } from '../support/serving.ts';
import { until } from '../support/until.ts';
import { hire, postWebhook } from '../support/webhook.ts';
import { Workspace } from '../support/workspace.ts';

const unruly = `import { createServer } from 'node:net';
import { mixed, object } from 'yup';
let calls = 0;
export default class Unruly {
  static type = 'unruly';
  static settings = object();
  static record = mixed();
  async deliver(record) {
    calls += 1;
    // Handles that nobody closes, and once the whole event loop.
    setInterval(() => undefined, 1000);
    createServer().listen(0, '127.0.0.1');
    if (calls === 1) for (const end = Date.now() + 2000; Date.now() < end; );
    if (calls === 2) return { get summary() { throw new Error('a getter that quotes Иванова'); } };
    if (calls === 3) throw { get message() { throw new Error('Иванова again'); } };
    if (calls === 4) throw undefined;
    if (calls === 5) { const ring = { record }; ring.ring = ring; throw ring; }
    if (calls === 6) return Promise.reject(Object.create(null));
    if (calls === 7) process.exit(3);
    if (calls === 8) { setTimeout(() => process.exit(4), 1); throw new Error('x'.repeat(10_000_000)); }
    Promise.reject(new Error('a rejection of Иванова that nobody waits for'));
    setTimeout(() => { throw new TypeError('thrown at Иванова from a timer'); }, 1);
    await new Promise(() => undefined);
  }
}
`;

describe('an adapter whose promises go astray or never settle, that blocks, leaks and throws from getters', function () {
  this.timeout(60_000);
  const workspace = new Workspace();

  after(() => workspace.remove());

  it('harms no other target, is named by its file in the log without its words, and holds up no stop', async () => {
    writeFileSync(workspace.path('unruly.ts'), unruly);
    const mapping = hireToCsv
      .replace('mapping: hire-to-csv', 'mapping: hire-to-unruly')
      .replace('to: staff-csv', 'to: unruly');
    const csv = { adapter: 'csv', settings: { folder: '../drop', create: true, name: 'hires.csv', encoding: 'utf-8' } };
    const config = writeFiles(workspace, {
      config: { targets: { 'staff-csv': csv, unruly: { adapter: '../unruly.ts', settings: {} } } },
      mappings: { 'hire-to-csv.yaml': hireToCsv, 'hire-to-unruly.yaml': mapping },
    });
    const serving = await new Serving(config).ready();
    const rows = () =>
      existsSync(workspace.path('drop', 'hires.csv'))
        ? readFileSync(workspace.path('drop', 'hires.csv'), 'utf8').split('\r\n').length - 2
        : 0;
    for (let number = 1; number <= 12; number += 1)
      expect((await postWebhook(serving.url, hire(number))).status).to.equal(200);
    await until('the other target has all of them', () => rows() === 12, 20_000);
    await until('both strays are told', () => (serving.log.match(/nobody waits for it/g) ?? []).length >= 2);
    expect((await fetch(`${serving.url}/health/live`)).status).to.equal(200);
    const told = serving.log.split('\n').filter((line) => line.includes('nobody waits for it'));
    for (const line of told) expect(line).to.include('unruly.ts');
    expect(serving.log).not.to.include('Иванова');
    expect(await serving.stop()).to.equal(0);
  });
});
