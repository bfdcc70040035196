import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { hireToCsv, writeFiles } from '../support/service.ts';
import { command, Serving } from '../support/serving.ts';
import { until } from '../support/until.ts';
import { hire, postWebhook } from '../support/webhook.ts';
import { Workspace } from '../support/workspace.ts';

const good = (mark: string) => `import { appendFileSync } from 'node:fs';
import { mixed, object } from 'yup';
export default class Own {
  static type = 'own';
  static settings = object();
  static record = mixed();
  async deliver() {
    appendFileSync(new URL('${mark}', import.meta.url), 'x');
    return { summary: 'done' };
  }
}
`;
const throwing = good('made').replace('async deliver', "constructor() { throw new Error('Петров'); }\n  async deliver");

describe('a class of their own that does not come to life', function () {
  this.timeout(60_000);
  const workspace = new Workspace();

  after(() => workspace.remove());

  const mappingTo = (target: string) =>
    hireToCsv.replace('mapping: hire-to-csv', `mapping: hire-to-${target}`).replace('to: staff-csv', `to: ${target}`);
  const written = (name: string) =>
    existsSync(workspace.path(name)) ? readFileSync(workspace.path(name), 'utf8') : '';

  it('holds its own target, and neither intake nor the others; its deliveries go once it is mended', async () => {
    const files = { loaded: "throw new Error('Петров');\n", made: throwing, odd: 'export const nothing = 1;\n' };
    for (const [name, text] of Object.entries(files)) writeFileSync(workspace.path(`${name}.ts`), text);
    const csv = { adapter: 'csv', settings: { folder: '../drop', create: true, name: 'hires.csv', encoding: 'utf-8' } };
    const own = Object.fromEntries(Object.keys(files).map((name) => [name, { adapter: `../${name}.ts` }]));
    const config = writeFiles(workspace, {
      config: { targets: { 'staff-csv': csv, ...own } },
      mappings: {
        'hire-to-csv.yaml': hireToCsv,
        ...Object.fromEntries(Object.keys(files).map((name) => [`${name}.yaml`, mappingTo(name)])),
      },
    });
    const first = await new Serving(config).ready();
    expect((await postWebhook(first.url, hire(1))).status).to.equal(200);
    await until('the other target has it', () => written('drop/hires.csv').includes('\r\n'));
    for (const name of Object.keys(files)) expect(first.log).to.match(new RegExp(`target \\\\?"${name}\\\\?"`));
    expect(first.log).not.to.include('Петров');
    const list = async (): Promise<{ target: string; state: string; attempts: number; lastError: string | null }[]> =>
      JSON.parse((await command(['deliveries', 'list', '--json', '--config', config])).out).items;
    await until('each target says why it waits', async () =>
      (await list()).every(({ target, lastError }) => target === 'staff-csv' || lastError !== null),
    );
    for (const { target, state, lastError } of await list())
      if (target !== 'staff-csv') {
        expect([target, state]).to.deep.equal([target, 'pending']);
        expect(lastError).to.include(`${target}.ts`).and.include('restart the service');
      }
    expect(await first.stop()).to.equal(0);

    for (const name of Object.keys(files)) writeFileSync(workspace.path(`${name}.ts`), good(`${name}.txt`));
    const second = await new Serving(config).ready();
    await command(['deliveries', 'retry', '--state', 'pending', '--yes', '--config', config]);
    await until('all is delivered', () => Object.keys(files).every((name) => written(`${name}.txt`) === 'x'), 40_000);
    expect(await second.stop()).to.equal(0);
  });
});
