import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../support/browser.ts';
import { addUsers, ask, at } from '../../support/console.ts';
import { axeFindings, ConsoleBrowser, drawn, type Look, signIn } from '../../support/console-page.ts';
import { ConsoleStory } from '../../support/console-story.ts';
import { plainNetwork } from '../../support/plain-network.ts';
import { sharedPostgres } from '../../support/postgres.ts';
import { type Engine, engines } from '../../support/stores.ts';
import { until } from '../../support/until.ts';

const isSoak = process.env['SOAK'] !== undefined;

const looks: readonly Look[] = isSoak
  ? (['ru', 'en'] as const).flatMap((language) =>
      (['light', 'dark'] as const).flatMap((scheme) => [360, 1440].map((width) => ({ language, scheme, width }))),
    )
  : [{ language: 'ru', scheme: 'dark', width: 360 }];

/** What the browser notes by itself of an answer that is no. */
const isRefusal = (said: string): boolean => /status of (401|409)/.test(said);

for (const engine of isSoak ? engines : (['sqlite'] as const)) doorsOn(engine);

function doorsOn(engine: Engine): void {
  describe(`what stands behind the login, on ${engine}`, function () {
    this.timeout(isSoak ? 600_000 : 120_000);
    plainNetwork();

    let browser: Browser;
    let story: ConsoleStory;
    let token: string;

    before(async () => {
      const database = engine === 'postgres' ? await (await sharedPostgres()).createMigrated() : undefined;
      story = await ConsoleStory.start({ users: 'users: {}\n', ...(database !== undefined && { database }) });
      ({ admin: token } = await addUsers(story.service));
      await until('the users hold', async () => (await ask(story.service, '/me', { token })).status === 200);
      await story.hire(1, 12);
      browser = await launchBrowser();
    });

    after(async () => {
      await browser.close();
      await story.stop();
    });

    const first = async (path: string): Promise<string> =>
      String(at((await ask(story.service, path, { token })).json, 'items', 0, 'id'));

    for (const look of looks)
      it(`has no finding of axe: login, edit, reveal, pause, preview: ${look.language}, ${look.scheme}, ${look.width} px`, async () => {
        const [dead, waiting] = [await first('/deliveries?state=dead'), await first('/deliveries?target=careers')];
        const delivered = await first('/deliveries?state=delivered&target=intranet');
        const ru = look.language === 'ru';
        const person = await ConsoleBrowser.open(browser, story.consoleUrl, look);
        const findings: string[] = [];
        const check = async (page: Page, what: string): Promise<void> => {
          for (const finding of await axeFindings(page)) findings.push(`${what}: ${finding}`);
          const wide = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
          if (wide > 0) findings.push(`${what}: ${wide} px wider than the window`);
        };
        const page = await person.tab(`deliveries/${waiting}/edit`);
        await page.locator('.login').waitFor();
        await check(page, 'login');
        await page.locator('input[name=name]').fill('admin');
        await page.locator('input[name=password]').fill('wrong');
        await page.keyboard.press('Enter');
        await page.getByRole('alert').waitFor();
        await check(page, 'login refused');
        await signIn(page, 'admin');
        await drawn(page);
        await page.getByRole('button', { name: ru ? 'Открыть запись' : 'Open the record' }).click();
        const field = page.locator('.edit fieldset input').first();
        await field.waitFor();
        await check(page, 'edit');
        await field.fill('/elsewhere');
        await page.locator('.differences').waitFor();
        await check(page, 'edit changed');
        page.on('dialog', (dialog) => void dialog.accept());
        const go = async (address: string): Promise<void> => {
          await page.goto(`${story.consoleUrl}/console/${address}`);
          await drawn(page);
        };
        await go(`deliveries/${delivered}`);
        await page.getByRole('button', { name: ru ? 'Показать личные данные…' : 'Show personal data…' }).click();
        await page.getByRole('alertdialog').waitFor();
        await check(page, 'reveal asked');
        await page
          .getByRole('alertdialog')
          .getByRole('button', { name: ru ? 'Показать личные данные' : 'Show personal data' })
          .click();
        await page.getByText(ru ? /Личные данные показаны/ : /Personal data is shown/).waitFor();
        await check(page, 'revealed');
        await go('targets');
        await page
          .getByRole('button', { name: ru ? /^Пауза/ : /^Pause/ })
          .first()
          .click();
        await page.getByRole('alertdialog').waitFor();
        await check(page, 'pause asked');
        await page.keyboard.press('Escape');
        for (const address of [
          `deliveries/${dead}`,
          'bulks/new?action=cancel&state=dead',
          'account',
          'audit',
          'causes',
          'workbench/hire-to-csv',
        ]) {
          await go(address);
          await check(page, address);
        }
        expect(findings).to.deep.equal([]);
        expect(person.complaints.filter((said) => !isRefusal(said))).to.deep.equal([]);
        await person.close();
      });

    it('keeps nothing of what was read for whoever comes next: signed out, gone back, another tab', async () => {
      const delivered = await first('/deliveries?state=delivered&target=intranet');
      const person = await ConsoleBrowser.open(browser, story.consoleUrl);
      const page = await person.tabOf('operator', `deliveries/${delivered}`);
      await drawn(page);
      await page.getByRole('button', { name: 'Показать личные данные…' }).click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Показать личные данные' }).click();
      const record = page.getByRole('region', { name: 'Запись' });
      const open = /Тихонов|Соловьёва|Ким|Иванова|Семёнова|Королёв/;
      await record.getByText(open).first().waitFor();
      const other = await person.tab(`deliveries/${delivered}`);
      await drawn(other);
      expect(await other.content()).to.not.match(open);
      await other.getByRole('button', { name: 'Показать личные данные…' }).click();
      await other.getByRole('alertdialog').getByRole('button', { name: 'Показать личные данные' }).click();
      await other.getByRole('region', { name: 'Запись' }).getByText(open).first().waitFor();
      await page.getByRole('button', { name: 'Вид и учётная запись' }).click();
      await page.getByRole('menuitem', { name: 'Выйти' }).click();
      await page.locator('.login').waitFor();
      await page.goBack();
      await page.locator('.login').waitFor();
      expect(await page.content()).to.not.match(open);
      // The other tab has heard of it, and has begun anew.
      await other.locator('.login').waitFor();
      await until('the other tab knows nothing', async () => !open.test(await other.content()));
      await signIn(page, 'viewer');
      await drawn(page);
      expect(await page.content()).to.not.match(open);
      // As a browser brings a page back from its memory: it is read anew.
      await page.evaluate(`document.body.dataset.kept = 'yes';
        dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))`);
      await page.locator('body:not([data-kept])').waitFor();
      await person.close();
    });

    it('is framed by nobody, and sends nobody where an address says', async () => {
      const person = await ConsoleBrowser.open(browser, story.consoleUrl);
      const page = await person.context.newPage();
      await page.route('https://evil.example/**', (route) =>
        route.fulfill({ contentType: 'text/html', body: `<iframe src="${story.consoleUrl}/console/"></iframe>` }),
      );
      await page.goto('https://evil.example/');
      const [, frame] = page.frames();
      await frame?.waitForLoadState();
      expect(await frame?.locator('#page').count()).to.equal(0);
      for (const address of [
        '?next=https://evil.example/',
        '//evil.example/',
        'login?to=//evil.example',
        '%5C%5Cevil.example',
      ]) {
        const tab = await person.tab(address);
        await signIn(tab, 'viewer');
        await tab.locator('main h1').first().waitFor();
        expect(new URL(tab.url()).origin).to.equal(story.consoleUrl);
        await person.context.clearCookies();
        await tab.close();
      }
      await person.close();
    });
  });
}
