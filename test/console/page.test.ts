import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { axeFindings, ConsoleBrowser } from '../support/console-page.ts';
import { ConsoleStory } from '../support/console-story.ts';
import { until } from '../support/until.ts';

describe('the page of the console', function () {
  this.timeout(60_000);

  let browser: Browser;
  let story: ConsoleStory;
  let operator: ConsoleBrowser;

  before(async () => {
    [browser, story] = await Promise.all([launchBrowser(), ConsoleStory.start()]);
    await story.hire(1, 12);
    await until('the first deliveries are settled', async () => {
      const deliveries = await story.service.app.composition.outbox.list({});
      return deliveries.filter(({ state, attempts }) => state === 'pending' && attempts === 0).length <= 12;
    });
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

  it('says in one sentence how it stands, and names the target that does not answer', async () => {
    const page = await operator.tab();
    await seen(page, /careers/);
    const sentence = await page.locator('.day-first').textContent();
    expect(sentence).to.match(/Ждут человека/);
  });

  it('finds nobody where nobody is, and somebody by a name with е for ё', async () => {
    const page = await operator.tab();
    await page.keyboard.press('/');
    await page.keyboard.type('королев');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: /К/ }).first().waitFor();
    expect(await page.locator('.people li').count()).to.be.greaterThan(0);
    expect(page.url()).to.not.match(/%D0|корол/);
  });

  it('leads from a cause to its deliveries', async () => {
    const page = await operator.tab('causes');
    await page.getByRole('link', { name: /divisions/ }).click();
    await seen(page, /hire-to-intranet/);
    expect(page.url()).to.match(/deliveries\?cause=/);
  });

  it('has no finding of axe', async () => {
    const findings: string[] = [];
    for (const address of ['', 'causes', 'deliveries', 'blocked', 'attention', 'people', 'events', 'targets', 'mappings', 'bulks', 'audit', 'account', 'deliveries/1', 'events/1']) {
      const page = await operator.tab(address);
      await page.locator('main h1').first().waitFor();
      for (const finding of await axeFindings(page)) findings.push(`${address}: ${finding}`);
      await page.close();
    }
    expect(findings).to.deep.equal([]);
  });
});

async function seen(page: Page, words: RegExp): Promise<void> {
  await page.locator('main').getByText(words).first().waitFor();
}
