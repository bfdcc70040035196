import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { parseCsv } from '../support/csv-text.ts';
import { closedPort } from '../../stand-ins/http-stand-in.ts';
import { inForm } from '../support/form.ts';
import { plainNetwork } from '../support/plain-network.ts';
import { writeFiles } from '../support/service.ts';
import { command, Serving } from '../support/serving.ts';
import { until } from '../support/until.ts';
import { hire, postWebhook, secret } from '../support/webhook.ts';
import { Workspace } from '../support/workspace.ts';
import { pause } from '../support/pause.ts';

const webhooks = inForm(120, 2000);
const kills = inForm(1, 20);

describe('kill -9 while webhooks arrive', function () {
  this.timeout(600_000);
  plainNetwork();
  let workspace: Workspace;

  before(() => {
    workspace = new Workspace();
  });

  after(() => workspace.remove());

  it('loses no event that was answered 200, and writes each hire exactly once', async () => {
    const port = await closedPort();
    const config = writeFiles(workspace, {
      config: {
        server: { port },
        targets: {
          'staff-csv': {
            adapter: 'csv',
            concurrency: 16,
            settings: { folder: '../drop', create: true, name: 'hires.csv', encoding: 'utf-8' },
            retry: { schedule: ['100ms'] },
          },
        },
      },
    });
    let serving = await new Serving(config).ready();
    const logs: Serving[] = [serving];
    const answered = new Map<number, number>();
    let killed = 0;
    let dying: Promise<void> | undefined;

    async function restart(): Promise<void> {
      await serving.kill();
      serving = new Serving(config);
      logs.push(serving);
      await serving.ready();
    }

    /**
     * As Huntflow does: again until it is answered 200, each time with other bytes; a tenth is sent twice although it
     * was.
     */
    async function send(number: number): Promise<void> {
      for (let retry = 0; ; retry += 1) {
        const answer = await postWebhook(`http://127.0.0.1:${port}`, hire(number, { retry: retry % 4 }), {
          delivery: `${number}-${retry}`,
        }).catch(() => undefined);
        if (answer?.status === 200) {
          const event = Number(Reflect.get(Object(answer.json), 'event'));
          if (answered.has(number)) expect(event, `hire ${number}`).to.equal(answered.get(number));
          const again = number % 10 === 0 && !answered.has(number);
          answered.set(number, event);
          if (!again) return;
        } else {
          expect(answer?.status, 'an answer that is not 200').to.equal(undefined);
          await pause(20);
        }
      }
    }

    let next = 0;
    async function sender(): Promise<void> {
      while (next < webhooks) {
        next += 1;
        await send(next);
        if (killed < kills && answered.size > (webhooks * (killed + 0.5)) / kills) {
          killed += 1;
          await dying;
          dying = restart();
        }
      }
    }

    await Promise.all(Array.from({ length: 8 }, sender));
    await dying;
    const numbers = Array.from({ length: webhooks }, (_none, index) => index + 1);
    const rows = () => parseCsv(readFileSync(workspace.path('drop', 'hires.csv'), 'utf8')).slice(1);
    const open = async () => {
      const [waiting, dead] = await Promise.all(
        ['pending', 'dead'].map((state) =>
          command(['deliveries', 'list', '--json', '--state', state, '--config', config]),
        ),
      );
      expect(JSON.parse(dead?.out ?? ''), dead?.out).to.deep.equal({ items: [], next: null });
      return JSON.parse(waiting?.out ?? '').items.length;
    };
    await until('every hire is written', async () => rows().length >= webhooks && (await open()) === 0, 60_000);
    expect(await serving.stop(), serving.log.slice(-500)).to.equal(0);

    expect(killed).to.equal(kills);
    const events = JSON.parse(
      (await command(['events', 'list', '--json', '--limit', 'all', '--config', config])).out,
    ).items.map((event: { readonly id: number }) => event.id);
    expect(events).to.have.length(webhooks);
    expect(
      [...answered.values()].filter((event) => !events.includes(event)),
      'answered 200 and gone',
    ).to.deep.equal([]);
    expect(
      rows()
        .map(([applicant]) => Number(applicant))
        .toSorted((a, b) => a - b),
    ).to.deep.equal(numbers);

    const everything = logs.map(({ log }) => log).join('');
    for (const hidden of [secret, 'Сидоров', 'Пётр', 'ivanova', '900 000', 'Петрова'])
      expect(everything).not.to.include(hidden);
  });
});
