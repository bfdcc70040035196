import { connect } from 'node:net';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { Database } from '../../src/database/database.ts';
import { Outbox } from '../../src/outbox/outbox.ts';
import { makeKeyFile } from '../../src/people/key-file.ts';
import { plainNetwork } from '../support/plain-network.ts';
import { writeScriptedAdapter } from '../support/scripted-adapter.ts';
import { writeFiles } from '../support/service.ts';
import { command, Serving } from '../support/serving.ts';
import { until } from '../support/until.ts';
import { hire, postWebhook, withValue } from '../support/webhook.ts';
import { Workspace } from '../support/workspace.ts';

describe('SIGTERM', function () {
  this.timeout(60_000);
  plainNetwork();
  let workspace: Workspace;

  beforeEach(() => {
    workspace = new Workspace();
    writeScriptedAdapter(workspace);
  });

  afterEach(() => workspace.remove());

  const mapping = (name: string) =>
    `mapping: ${name}\non: { event: APPLICANT }\nto: ${name}\nrecord: { id: =log.id, does: =log.comment }\n`;

  function configOf(endless = false, more: object = {}): string {
    const names = ['one', 'two', 'three'];
    const targets = Object.fromEntries(
      names.map((name) => [name, { adapter: '../scripted.ts', settings: { journal: `../${name}` } }]),
    );
    const mappings = Object.fromEntries(
      names.map((name) => [`${name}.yaml`, mapping(name).replace('}\nto', `, action: ${name.toUpperCase()} }\nto`)]),
    );
    const loop =
      "mapping: endless\non: { event: APPLICANT, action: ENDLESS }\nto: one\nrecord: { id: 1, does: '=($f := function($n) { $f($n + 1) }; $f(1))' }\n";
    return writeFiles(workspace, {
      config: { targets, formulas: { deadline: '3s' }, ...more },
      mappings: { ...mappings, ...(endless && { 'endless.yaml': loop }) },
    });
  }

  const give = (serving: Serving, number: number, action: string, does: string) =>
    postWebhook(
      serving.url,
      withValue(
        withValue(hire(number), ['meta', 'webhook_action'], action),
        ['event', 'applicant_log', 'comment'],
        does,
      ),
    );

  async function stopped(serving: Serving): Promise<{ readonly code: number | null; readonly seconds: number }> {
    const began = performance.now();
    const code = await serving.stop();
    return { code, seconds: (performance.now() - began) / 1000 };
  }

  async function deliveries(): Promise<
    Record<
      string,
      { readonly state: string; readonly attempts: number; readonly log: readonly { readonly outcome: string }[] }
    >
  > {
    const database = new Database(`sqlite:${workspace.path('var', 'connector.db')}`);
    const outbox = new Outbox(database);
    try {
      const all = await outbox.list({});
      return Object.fromEntries(
        await Promise.all(
          all.map(
            async ({ id, target, state, attempts }) =>
              [target, { state, attempts, log: await outbox.attempts(id) }] as const,
          ),
        ),
      );
    } finally {
      await database.close();
    }
  }

  it('ends an idle service at once, open connections or not', async () => {
    makeKeyFile(workspace.path('connector.key'));
    const serving = await new Serving(configOf(false, { privacy: { keyFile: '../connector.key' } })).ready();
    await give(serving, 1, 'ONE', 'deliver');
    await serving.said('"msg":"delivered"');
    const idle = connect(Number(new URL(serving.url).port), '127.0.0.1').on('error', () => undefined);
    await until('connected', () => idle.readyState === 'open');
    const { code, seconds } = await stopped(serving);
    idle.destroy();
    expect(code).to.equal(0);
    expect(seconds, 'what may be in flight has five seconds').to.be.below(5);
    // Whoever copies the files of a stopped service copies all that it had, keys too.
    expect(readdirSync(workspace.path('var')).filter((name) => name.includes('-wal'))).to.deep.equal([]);
  });

  it('gives back what was not on the wire, and records what was cut on it as unknown at no cost', async () => {
    const config = configOf();
    const serving = await new Serving(config).ready();
    await give(serving, 1, 'ONE', 'hang on the wire');
    await give(serving, 2, 'TWO', 'hang before the wire');
    await give(serving, 3, 'THREE', 'hang for good');
    const halfway = connect(Number(new URL(serving.url).port), '127.0.0.1', () =>
      halfway.write('POST /webhooks/huntflow HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf'),
    );
    halfway.on('error', () => undefined);
    await until('all three are being sent', () =>
      ['one', 'two', 'three'].every((name) => existsSync(workspace.path(name))),
    );

    const { code, seconds } = await stopped(serving);
    expect(code, serving.log).to.equal(0);
    expect(seconds).to.be.below(10);
    const cut = await deliveries();
    expect(cut['one']).to.include({ state: 'pending', attempts: 1 });
    expect(cut['one']?.log.map(({ outcome }) => outcome)).to.deep.equal(['unknown']);
    expect(cut['two']).to.deep.equal({ state: 'pending', attempts: 0, log: [] });

    // What heeded no signal is settled by the next process: unknown too.
    writeFileSync(
      workspace.path('scripted.ts'),
      `import { mixed } from 'yup';\nexport default class Calm {\n  static type = 'calm'; static settings = ` +
        `mixed(); static record = mixed();\n  async deliver() { return {}; }\n}\n`,
    );
    const next = await new Serving(config).ready();
    await next.said('"msg":"delivered"', 3);
    expect(await next.stop()).to.equal(0);
    const done = await deliveries();
    expect(done['three']?.log.map(({ outcome }) => outcome)).to.deep.equal(['unknown', 'delivered']);
    expect(done['two']?.log.map(({ outcome }) => outcome)).to.deep.equal(['delivered']);
  });

  it('is obeyed within 10 s while formulas never end, and their events are mapped by the next process', async () => {
    const config = configOf(true);
    const serving = await new Serving(config).ready();
    for (let number = 1; number <= 8; number += 1)
      expect((await give(serving, number, 'ENDLESS', 'x')).status).to.equal(200);
    const { code, seconds } = await stopped(serving);
    expect(code, serving.log).to.equal(0);
    expect(seconds).to.be.below(10);
    const { items } = JSON.parse((await command(['events', 'list', '--json', '--config', config])).out);
    expect(items).to.have.length(8);
    expect(items.some((item: { readonly state: string }) => item.state === 'received')).to.equal(true);
  });
});
