import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { HttpStandIn } from '../../../stand-ins/http-stand-in.ts';
import { launchBrowser } from '../../support/browser.ts';
import { ConsoleBrowser, drawn } from '../../support/console-page.ts';
import { plainNetwork } from '../../support/plain-network.ts';
import { sharedPostgres } from '../../support/postgres.ts';
import { writeFiles } from '../../support/service.ts';
import { Serving } from '../../support/serving.ts';
import { type Engine, engines } from '../../support/stores.ts';
import { until } from '../../support/until.ts';
import { hire, postWebhook } from '../../support/webhook.ts';
import { Workspace } from '../../support/workspace.ts';

const isSoak = process.env['SOAK'] !== undefined;

const stuck = isSoak ? 300 : 20;

const mapping = `mapping: hire-to-intranet
on: { event: APPLICANT, type: STATUS, action: ADD, stage: hired }
to: intranet
record: { path: /employees, body: { лог: =log.id } }
`;

for (const engine of isSoak ? engines : (['sqlite'] as const)) killsOn(engine);

function killsOn(engine: Engine): void {
  describe(`a bulk that somebody began at the page, on ${engine}`, function () {
    this.timeout(isSoak ? 600_000 : 120_000);
    plainNetwork();

    let browser: Browser;
    let intranet: HttpStandIn;
    let serving: Serving | undefined;
    const workspace = new Workspace();

    before(async () => {
      browser = await launchBrowser();
      intranet = await HttpStandIn.start();
    });

    after(async () => {
      await browser.close();
      await serving?.kill();
      await intranet.stop();
      workspace.remove();
    });

    it(`goes on after kill -9 at half of it, and tries each of ${stuck} exactly once more`, async () => {
      const free = await HttpStandIn.start();
      const { port } = free;
      await free.stop();
      const database = engine === 'postgres' ? await (await sharedPostgres()).createMigrated() : undefined;
      const config = writeFiles(workspace, {
        config: {
          console: { port },
          ...(database !== undefined && { database: { url: database } }),
          targets: { intranet: { adapter: 'rest', settings: { baseUrl: intranet.url }, concurrency: 1 } },
        },
        mappings: { 'hire-to-intranet.yaml': mapping },
      });
      intranet.answer = (_, response) => response.writeHead(422).end('{}');
      serving = await new Serving(config).ready();
      for (let number = 1; number <= stuck; number += 1) await postWebhook(serving.url, hire(number));
      await until('all are refused', () => intranet.arrivals.length === stuck, 60_000);
      const person = await ConsoleBrowser.open(browser, `http://127.0.0.1:${port}`);
      const page = await person.tab('causes');
      await drawn(page);
      intranet.answer = (_, response) => response.writeHead(201).end('{}');
      await page.goto(`http://127.0.0.1:${port}/console/bulks/new?action=retry&state=dead`);
      await page.getByRole('heading', { name: new RegExp(`^Повторить ${stuck} достав`) }).waitFor();
      await page.getByText('Не всё сразу').click();
      await page.getByLabel('Не быстрее, в минуту').fill(String(isSoak ? 1200 : 300));
      await page.getByRole('button', { name: 'Пересчитать' }).click();
      await page.getByRole('button', { name: new RegExp(`^Повторить ${stuck} достав`) }).click();
      await until('half of it is done', () => intranet.arrivals.length >= stuck * 1.5, 120_000);
      await serving.kill();
      // The page tells it, and finds the service again by itself.
      await page.locator('.banner').getByText('Связи со службой нет').waitFor();
      serving = await new Serving(config).ready();
      await page.locator('.banner').waitFor({ state: 'detached' });
      await page.getByRole('heading', { name: `Запущено снова: ${stuck} из ${stuck}.` }).waitFor({ timeout: 120_000 });
      const taken = () => intranet.arrivals.slice(stuck).map(({ body }) => body);
      await until('all have come', () => new Set(taken()).size === stuck, 60_000);
      // What was cut on the wire may come twice, under its key; nothing else may.
      expect(taken().length).to.be.at.most(stuck + 1);
      await person.close();
    });
  });
}
