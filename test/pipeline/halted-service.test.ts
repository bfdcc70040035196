import { rmSync } from 'node:fs';
import { expect } from 'chai';
import { closedPort, HttpStandIn } from '../../stand-ins/http-stand-in.ts';
import { inForm } from '../support/form.ts';
import { pause } from '../support/pause.ts';
import { plainNetwork } from '../support/plain-network.ts';
import { writeFiles } from '../support/service.ts';
import { Serving } from '../support/serving.ts';
import { until } from '../support/until.ts';
import { hire, postWebhook } from '../support/webhook.ts';
import { Workspace } from '../support/workspace.ts';

describe('a service that stands still while its lock file is deleted and another one is started', function () {
  this.timeout(180_000);
  plainNetwork();

  it('has sent and kept nothing more when it wakes, and ends with a sentence', async function () {
    if (inForm(1, 2) < 2) this.skip(); // the other one looks for ten seconds whether somebody is there
    const workspace = new Workspace();
    const from: string[] = [];
    const target = await HttpStandIn.start(({ url }, response) => {
      from.push(url);
      void pause(300).then(() => response.writeHead(201).end());
    });
    const port = await closedPort();
    const files = (name: string, own: number) =>
      writeFiles(workspace, {
        config: {
          server: { port: own },
          targets: { intranet: { adapter: 'rest', settings: { baseUrl: `${target.url}/${name}` }, concurrency: 1 } },
        },
        mappings: {
          'hire.yaml':
            'mapping: hire\non: { event: APPLICANT }\nto: intranet\nrecord: { path: /x, body: { a: =log.id } }\n',
        },
      });
    const first = await new Serving(files('first', port)).ready();
    for (let number = 1; number <= 20; number += 1)
      expect((await postWebhook(first.url, hire(number))).status).to.equal(200);
    await until('some are sent', () => from.length >= 3);
    first.halt();
    rmSync(workspace.path('var', 'connector.db.lock'));
    const second = await new Serving(files('second', 0)).ready();
    const before = from.filter((url) => url.startsWith('/first')).length;
    const answer = postWebhook(`http://127.0.0.1:${port}`, hire(21)).then(
      ({ status }) => status,
      () => 0,
    );
    first.go();
    expect(await first.ended).to.equal(1);
    expect(await answer).to.be.oneOf([0, 503]);
    expect(first.log).to.include('another huntflow-connector serves this database by now');
    await until('all are sent', () => from.filter((url) => url.startsWith('/second')).length >= 20 - before, 60_000);
    expect(await second.stop()).to.equal(0);
    expect(from.filter((url) => url.startsWith('/first'))).to.have.length(before);
    await target.stop();
    workspace.remove();
  });
});
