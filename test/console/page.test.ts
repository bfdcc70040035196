import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { axeFindings, ConsoleBrowser } from '../support/console-page.ts';
import { ConsoleStory } from '../support/console-story.ts';
import { until } from '../support/until.ts';

const isSoak = process.env['SOAK'] !== undefined;

const screens =
  ' causes deliveries blocked attention people people/1 events targets mappings bulks alarms audit account deliveries/1 events/1 workbench/hire-to-csv'.split(
    ' ',
  );

describe('the page of the console', function () {
  this.timeout(60_000);

  let browser: Browser | undefined;
  let story: ConsoleStory | undefined;
  let operator: ConsoleBrowser;

  before(async () => {
    story = await ConsoleStory.start();
    await story.hire(1, 12);
    browser = await launchBrowser();
  });

  after(async () => {
    await browser?.close();
    await story?.stop();
  });

  beforeEach(async () => {
    if (browser === undefined || story === undefined) throw new Error('there is nothing to look at');
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
    expect(sentence).to.match(/найма? стоят|наём стоит/);
  });

  it('finds nobody where nobody is, and somebody by a name with е for ё', async () => {
    const page = await operator.tab();
    await page.locator('.day').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('королев');
    await page.keyboard.press('Enter');
    await page.locator('.people li').first().waitFor();
    expect(page.url()).to.not.match(/%D0|корол/);
  });

  it('leads from a cause to its deliveries', async () => {
    const page = await operator.tab('causes');
    await page.getByRole('link', { name: /divisions/ }).click();
    await seen(page, /hire-to-intranet/);
    expect(page.url()).to.match(/deliveries\?cause=/);
  });

  it('shows in the workbench what the mapping makes of an event that came', async () => {
    const page = await operator.tab('workbench/hire-to-csv');
    await page.locator('.editor .cm-content').waitFor();
    await page.getByRole('table', { name: 'Что выйдет' }).getByText('Фамилия').waitFor();
  });

  it('mends a hole in a dictionary, maps again and sees it delivered', async () => {
    const page = await operator.tab('causes');
    story?.mendDictionary();
    await page
      .getByRole('link', { name: /^(Повторить эти|Переделать записи)/ })
      .first()
      .click();
    await page.getByRole('button', { name: /^(Повторить|Переделать) \d/ }).click();
    await page.getByRole('heading', { name: /Готово|Идёт/ }).waitFor();
    await page.getByRole('heading', { name: /Готово/ }).waitFor();
    // The first of six hires is Королёв's, and nobody else's waited for the dictionary.
    await until('the intranet has got the hire', () =>
      Promise.resolve(story?.intranet.arrivals.some(({ body }) => body.includes('Королёв')) ?? false),
    );
  });

  it('speaks English to an English browser, with the times of the service', async () => {
    if (browser === undefined || story === undefined) throw new Error('there is nothing to look at');
    const english = await ConsoleBrowser.open(browser, story.consoleUrl, {
      language: 'en',
      scheme: 'dark',
      width: 360,
    });
    for (const address of ['', 'deliveries', 'targets']) {
      const page = await english.tab(address);
      await page.locator('main h1').first().waitFor();
      const said = (await page.locator('main h1').first().textContent()) ?? '';
      expect(said)
        .to.match(/[a-z]/)
        .and.not.match(/[а-яё]/i);
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).to.equal(true);
      await page.close();
    }
    expect(english.complaints).to.deep.equal([]);
    await english.close();
  });

  it('answers in the eighth tab as in the first', async () => {
    for (let tab = 1; tab < 8; tab += 1) await operator.tab('alarms');
    const last = await operator.tab('deliveries/1');
    await last.locator('main h1').first().waitFor();
  });

  it('has no finding of axe', async () => {
    const findings: string[] = [];
    for (const address of isSoak ? screens : ['', 'deliveries', 'deliveries/1']) {
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
