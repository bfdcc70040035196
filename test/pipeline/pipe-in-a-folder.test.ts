import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { expect } from 'chai';
import { plainNetwork } from '../support/plain-network.ts';
import { hireToCsv, writeFiles } from '../support/service.ts';
import { Serving } from '../support/serving.ts';
import { Sink } from '../support/sink.ts';
import { until } from '../support/until.ts';
import { hire, postWebhook } from '../support/webhook.ts';
import { Workspace } from '../support/workspace.ts';

/** As many as the pool has threads that open files, and some more. */
const hung = Array.from({ length: 6 }, (_none, index) => `hung${index}`);

describe('a drop folder whose file is a pipe without a reader', () => {
  plainNetwork();
  const workspace = new Workspace();
  let sink: Sink;

  before(async () => (sink = await Sink.start()));
  after(async () => {
    await sink.stop();
    workspace.remove();
  });

  it('stops neither intake nor other targets, nor the end of the service', async function () {
    if (process.platform === 'win32') this.skip();
    for (const name of hung) {
      mkdirSync(workspace.path('drop', name), { recursive: true });
      // Whoever opens it waits for somebody at its other end, and there are four threads to open files.
      expect(spawnSync('mkfifo', [workspace.path('drop', name, 'hires.csv')]).status).to.equal(0);
    }
    const config = writeFiles(workspace, {
      config: {
        targets: {
          ...Object.fromEntries(
            hung.map((name) => [name, { adapter: 'csv', settings: { folder: `../drop/${name}`, name: 'hires.csv' } }]),
          ),
          intranet: { adapter: 'rest', settings: { baseUrl: sink.url } },
        },
      },
      mappings: {
        ...Object.fromEntries(
          hung.map((name) => [`${name}.yaml`, hireToCsv.replace('hire-to-csv', name).replace('staff-csv', name)]),
        ),
        'sent.yaml': `mapping: sent
on: { event: APPLICANT }
to: intranet
record: { path: /hires, body: { applicant: =applicant.id, log: =log.id } }
`,
      },
    });
    const serving = await new Serving(config).ready();
    for (let number = 1; number <= 20; number += 1)
      expect((await postWebhook(serving.url, hire(number))).status).to.equal(200);
    await until('the others are delivered', () => sink.effects.length === 20, 30_000);
    const began = performance.now();
    expect(await serving.stop()).to.equal(0);
    expect(performance.now() - began).to.be.below(15_000);
  });
});
