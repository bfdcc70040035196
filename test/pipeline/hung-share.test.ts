import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { hangingFiles } from '../support/hanging-files.ts';
import { plainNetwork } from '../support/plain-network.ts';
import { hireToCsv, writeFiles } from '../support/service.ts';
import { Serving } from '../support/serving.ts';
import { until } from '../support/until.ts';
import { hire, postWebhook } from '../support/webhook.ts';
import { Workspace } from '../support/workspace.ts';

/** More than Node has threads for files. */
const hung = Array.from({ length: 6 }, (_none, index) => `hung${index}`);
const names = [...hung, 'sound'];

describe('shares on which nothing ever returns', () => {
  plainNetwork();
  const workspace = new Workspace();
  let serving: Serving | undefined;

  after(async () => {
    await serving?.kill();
    workspace.remove();
  });

  it('stop neither intake nor other folders, nor the end of the service', async function () {
    this.timeout(180_000);
    const flag = workspace.path('hang');
    const env = hangingFiles(workspace, flag);
    if (env === undefined) this.skip();
    for (const name of names) mkdirSync(workspace.path('drop', name), { recursive: true });
    const config = writeFiles(workspace, {
      config: {
        targets: Object.fromEntries(
          names.map((name) => [name, { adapter: 'csv', settings: { folder: `../drop/${name}`, name: 'hires.csv' } }]),
        ),
      },
      mappings: Object.fromEntries(
        names.map((name) => [`${name}.yaml`, hireToCsv.replace('hire-to-csv', name).replace('staff-csv', name)]),
      ),
    });
    serving = await new Serving(config, env).ready();
    const file = workspace.path('drop', 'sound', 'hires.csv');
    const rows = () => (existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').length - 1 : 0);
    expect((await postWebhook(serving.url, hire(1))).status).to.equal(200);
    await until('the first is delivered', () => rows() === 1, 30_000);
    writeFileSync(flag, '');
    for (let number = 2; number <= 8; number += 1)
      expect((await postWebhook(serving.url, hire(number))).status).to.equal(200);
    await until('the sound folder has them all', () => rows() === 8, 30_000);
    expect(await serving.stop()).to.equal(0);
  });
});
