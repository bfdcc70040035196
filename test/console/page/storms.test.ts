import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../support/browser.ts';
import { ask, at } from '../../support/console.ts';
import { ConsoleBrowser, drawn } from '../../support/console-page.ts';
import { ConsoleStory } from '../../support/console-story.ts';
import { plainNetwork } from '../../support/plain-network.ts';
import { sharedPostgres } from '../../support/postgres.ts';
import { type Engine, engines } from '../../support/stores.ts';
import { until } from '../../support/until.ts';

const isSoak = process.env['SOAK'] !== undefined;

/** Hires of one cause; and changes a second beside somebody who reads, for so long, milliseconds. */
const stuck = isSoak ? 300 : 24;
/** The page has drawn what it knew. */
const twoFrames = 'new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn())))';

const changing = isSoak ? 60_000 : 3000;
const everySecond = isSoak ? 200 : 20;

for (const engine of isSoak ? engines : (['sqlite'] as const)) stormsOn(engine);

function stormsOn(engine: Engine): void {
  describe(`much at once at the console, on ${engine}`, function () {
    this.timeout(isSoak ? 600_000 : 180_000);
    plainNetwork();

    let browser: Browser;
    let story: ConsoleStory;
    let operator: ConsoleBrowser;

    before(async () => {
      const database = engine === 'postgres' ? await (await sharedPostgres()).createMigrated() : undefined;
      story = await ConsoleStory.start({ ...(database !== undefined && { database }) });
      browser = await launchBrowser();
    });

    after(async () => {
      await browser.close();
      await story.stop();
    });

    beforeEach(async () => {
      operator = await ConsoleBrowser.open(browser, story.consoleUrl);
    });

    afterEach(async () => {
      expect(operator.complaints).to.deep.equal([]);
      await operator.close();
    });

    const stateOf = async (id: unknown): Promise<unknown> =>
      at((await ask(story.service, `/deliveries/${String(id)}`)).json, 'state');

    it(`repeats ${stuck} of one cause in bulk, aborted and done to the end, and touches no other`, async () => {
      await story.hire(1, stuck, { unknownDivision: () => true });
      // Of another cause: cancelled by hand, it must stay so.
      const decoy = at((await ask(story.service, '/deliveries?state=pending&target=careers')).json, 'items', 0, 'id');
      await ask(story.service, `/deliveries/${String(decoy)}/cancel`, { body: {} });
      story.mendDictionary();
      const page = await operator.tab('causes');
      const cause = page.locator('.cause').filter({ hasText: 'divisions' });
      await cause.getByRole('link', { name: /^Повторить эти/ }).click();
      await page.getByRole('heading', { name: new RegExp(`^Повторить ${stuck} достав`) }).waitFor();
      await page.getByText('Не всё сразу').click();
      await page.getByLabel('Не быстрее, в минуту').fill('600');
      // Nothing runs at a pace that somebody has typed and that does not hold yet.
      await page.getByText('этот предел ещё не учтён').waitFor();
      expect(await page.locator('.primary').getAttribute('aria-disabled')).to.equal('true');
      await page.getByRole('button', { name: 'Пересчитать' }).click();
      await page.getByText('Не быстрее 600 в минуту.').waitFor();
      await page.locator('.primary[aria-disabled=false]').waitFor();
      await page.getByRole('button', { name: new RegExp(`^Повторить ${stuck} достав`) }).click();
      await page.getByRole('button', { name: 'Прервать' }).click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Прервать' }).click();
      await page.getByRole('heading', { name: /^Прервано: сделано \d+ из/ }).waitFor();
      const left = at((await ask(story.service, '/deliveries?state=dead')).json, 'items', 0, 'id');
      expect(left, 'the rest is left alone').to.be.a('number');
      await page.getByRole('button', { name: 'Сделать остальное…' }).click();
      await page.getByRole('button', { name: /^Повторить \d+ достав/ }).click();
      await page.getByRole('heading', { name: /^Запущено снова/ }).waitFor({ timeout: 120_000 });
      await until('all are delivered, each once', () => story.intranet.arrivals.length === stuck, 120_000);
      const names = story.intranet.arrivals.map(({ body, headers }) => `${String(headers['idempotency-key'])} ${body}`);
      expect(new Set(names).size).to.equal(stuck);
      expect(await stateOf(decoy)).to.equal('cancelled');
    });

    it('moves no row and loses no selection while much changes, and says how much is new', async () => {
      await story.hire(9001, 6, { unknownDivision: () => false });
      const page = await operator.tab('deliveries');
      await drawn(page);
      const order = (): Promise<string> =>
        page.evaluate<string>(`[...document.querySelectorAll('[data-row]')].map((row) => row.dataset.row).join()`);
      const before = await order();
      await page
        .getByRole('checkbox', { name: /^Выбрать строку/ })
        .nth(2)
        .check();
      await page.evaluate(`window.longest = 0; new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration);
      }).observe({ type: 'longtask', buffered: false })`);
      const began = performance.now();
      let number = 10_000;
      while (performance.now() - began < changing) {
        await story.hire(number, everySecond / 4, { unknownDivision: () => false });
        number += everySecond / 4;
        await page.evaluate(twoFrames);
      }
      await page.locator('.newer').waitFor();
      expect(await order()).to.equal(before);
      expect(
        await page
          .getByRole('checkbox', { name: /^Выбрать строку/ })
          .nth(2)
          .isChecked(),
      ).to.equal(true);
      await page.getByText('Выбрано: 1').waitFor();
      // A shared machine stretches what is measured; the long form holds the page to its bound.
      expect(await page.evaluate('window.longest'), 'longest stop of the page').to.be.below(isSoak ? 200 : 2000);
      await page.locator('.newer').click();
      expect(await order()).to.not.equal(before);
    });

    it('never puts an older answer over a newer filter', async () => {
      const page = await operator.tab('deliveries');
      await drawn(page);
      const late = Promise.withResolvers<void>();
      const answered = Promise.withResolvers<void>();
      await page.route('**/api/deliveries?state=delivered*', async (route) => {
        await late.promise;
        // The page may have given the request up.
        await route.continue().catch(() => undefined);
        answered.resolve();
      });
      await page.getByRole('link', { name: 'доставлена', exact: true }).click();
      await page.getByRole('link', { name: 'ждёт', exact: true }).click();
      await page.locator('table [data-state=pending]').first().waitFor();
      late.resolve();
      await answered.promise;
      await page.waitForLoadState('networkidle');
      await page.evaluate(twoFrames);
      expect(await page.locator('table [data-state=delivered]').count()).to.equal(0);
      await page.goBack();
      await page.locator('table [data-state=delivered]').first().waitFor();
      expect(page.url()).to.match(/state=delivered$/);
    });
  });
}
