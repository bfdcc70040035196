import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../support/browser.ts';
import { ask, at } from '../../support/console.ts';
import { ConsoleBrowser, drawn } from '../../support/console-page.ts';
import { ConsoleStory } from '../../support/console-story.ts';
import { fillDead } from '../../support/dead-of-causes.ts';
import { fixture } from '../../support/fixtures.ts';
import { plainNetwork } from '../../support/plain-network.ts';
import { sharedPostgres } from '../../support/postgres.ts';
import { type Engine, engines } from '../../support/stores.ts';
import { until } from '../../support/until.ts';
import { hire, postWebhook, withValue } from '../../support/webhook.ts';

const isSoak = process.env['SOAK'] !== undefined;

for (const engine of isSoak ? engines : (['sqlite'] as const)) statesOn(engine);

function statesOn(engine: Engine): void {
  describe(`states that come rarely at the console, on ${engine}`, function () {
    this.timeout(isSoak ? 600_000 : 120_000);
    plainNetwork();

    let browser: Browser;
    let story: ConsoleStory;
    let url: string;
    let person: ConsoleBrowser;

    before(async () => {
      const database = engine === 'postgres' ? await (await sharedPostgres()).createMigrated() : undefined;
      story = await ConsoleStory.start({ ...(database !== undefined && { database }) });
      ({ url } = story.service.app.composition.config.database);
      await story.hire(1, 1);
      browser = await launchBrowser();
    });

    after(async () => {
      await browser.close();
      await story.stop();
    });

    beforeEach(async () => {
      person = await ConsoleBrowser.open(browser, story.consoleUrl);
    });

    afterEach(async () => {
      expect(person.complaints.filter((said) => !said.includes('status of 409'))).to.deep.equal([]);
      await person.close();
    });

    /** A further hire of the same person, told apart at the target by a first name. */
    const further = (number: number, key: number, name: string) =>
      postWebhook(story.service.url, withValue(hire(number, { key }), ['event', 'applicant', 'first_name'], name));

    const namesThatCame = (): readonly string[] =>
      story.intranet.arrivals.map(({ body }) => String(at(JSON.parse(body), 'Имя')));

    it('show who is held back by whom, and let them go in their order once the first is mended', async () => {
      for (const [number, name] of [
        [701, 'Второй'],
        [702, 'Третий'],
      ] as const)
        await further(number, 1, name);
      await story.settled();
      const page = await person.tab('blocked');
      const row = page.getByRole('row').filter({ hasText: 'applicant/1' });
      await row.getByText('2', { exact: true }).waitFor();
      await row.getByRole('link').first().click();
      await page.getByText('За ней того же ключа ждут 2 доставки.').waitFor();
      // From the one that waits, the way leads to the one ahead.
      const waiting = at(
        (await ask(story.service, '/deliveries?state=pending&target=intranet')).json,
        'items',
        0,
        'id',
      );
      await page.goto(`${story.consoleUrl}/console/deliveries/${String(waiting)}`);
      await page.getByRole('link', { name: /^ждёт за № \d+$/ }).click();
      await page.getByRole('heading', { name: /маппинг не смог сделать запись/ }).waitFor();
      story.mendDictionary();
      await until(
        'the head is taken',
        async () => {
          if (await page.getByRole('heading', { name: /Доставлена в «intranet»/ }).isVisible()) return true;
          await page
            .getByRole('button', { name: 'Повторить', exact: true })
            .click({ timeout: 10_000 })
            .catch(() => undefined);
          return false;
        },
        120_000,
      );
      await until('those behind have come', () => namesThatCame().length === 3, 30_000);
      expect(namesThatCame().slice(1)).to.deep.equal(['Второй', 'Третий']);
      await page.goto(`${story.consoleUrl}/console/blocked`);
      await page.getByText('Никто никого не держит').waitFor();
    });

    it('send nothing after a pause while webhooks arrive, and everything in its order after it', async () => {
      const page = await person.tab('targets');
      const card = page.locator('.target').filter({ has: page.getByRole('heading', { name: 'intranet' }) });
      await card.waitFor();
      const before = namesThatCame().length;
      const posted: string[] = [];
      const post = async (count: number): Promise<void> => {
        for (let each = 0; each < count; each += 1) {
          const name = `Н${posted.length}`;
          posted.push(name);
          await further(20_000 + posted.length, 50, name);
        }
      };
      const load = post(isSoak ? 200 : 20);
      await card.getByRole('button', { name: 'Пауза' }).click();
      await page.keyboard.press('Enter');
      await card.getByText('на паузе', { exact: true }).waitFor();
      const sent = namesThatCame().length;
      await load;
      await post(5);
      await story.settled();
      expect(namesThatCame(), 'nothing is sent after the answer').to.have.length(sent);
      await card.getByRole('button', { name: 'Продолжить' }).click();
      await until('all have come', () => namesThatCame().length === before + posted.length, 60_000);
      expect(namesThatCame().slice(before)).to.deep.equal(posted);
    });

    it('count two thousand dead of three causes exactly, and a retry of one touches no other', async () => {
      await fillDead(url, 'careers', { 'нет должности': 900, 'нет отдела': 700, 'нет договора': 400 });
      const page = await person.tab('causes');
      const cause = (text: string) => page.locator('.cause').filter({ hasText: text });
      for (const [text, count] of [
        ['нет должности', '900'],
        ['нет отдела', '700'],
        ['нет договора', '400'],
      ] as const)
        await cause(text).getByText(count, { exact: true }).waitFor();
      // One that is repaired leaves at once.
      const one = at((await ask(story.service, '/deliveries?cause=cause-2')).json, 'items', 0, 'id');
      await ask(story.service, `/deliveries/${String(one)}/cancel`, { body: {} });
      await cause('нет договора').getByText('399', { exact: true }).waitFor();
      await cause('нет отдела').getByRole('link', { name: 'Повторить эти…' }).click();
      await page.getByRole('button', { name: /^Повторить 700 достав/ }).click();
      await page.getByRole('heading', { name: /^Запущено снова: 700 из 700/ }).waitFor({ timeout: 60_000 });
      const counts = at((await ask(story.service, '/causes')).json, 'items');
      const dead = async (id: string) =>
        at((await ask(story.service, `/deliveries?cause=${id}&state=dead`)).json, 'items');
      expect(counts).to.be.an('array');
      expect(await dead('cause-1'), 'all of the cause are tried').to.deep.equal([]);
      await page.goto(`${story.consoleUrl}/console/causes`);
      await cause('нет должности').getByText('900', { exact: true }).waitFor();
      await cause('нет договора').getByText('399', { exact: true }).waitFor();
    });

    it('know two applicants that Huntflow merged as one person', async () => {
      await story.hire(801, 2, { unknownDivision: () => false });
      const double = fixture('facts/14-double').document;
      const merged = withValue(
        withValue(double, ['event', 'applicant', 'id'], 802),
        ['event', 'applicant_log', 'source'],
        '801',
      );
      await postWebhook(story.service.url, merged);
      await story.settled();
      for (const applicant of ['801', '802']) {
        const page = await person.tab(`people/${applicant}`);
        await page.getByText(/объединён с 80[12]/).waitFor();
        // The roads of both are one.
        await until(
          'both hires are there',
          async () => (await page.locator('.timeline [data-kind=event]').count()) >= 3,
        );
        await page.close();
      }
    });

    it('say at the top that webhooks are not taken, and that the page is older than the service', async () => {
      const page = await person.tab();
      await drawn(page);
      const answer = async (path: string, change: Readonly<Record<string, unknown>>, on: Page): Promise<void> => {
        const { json } = await ask(story.service, path, { headers: { 'accept-language': 'ru' } });
        await on.route(`**/api${path}`, (route) => route.fulfill({ json: { ...Object(json), ...change } }));
      };
      const refusing = 'На диске нет места: освободите его.';
      await answer('/overview', { intake: { lastAt: null, waiting: 0, since: null, refusing } }, page);
      await answer('/me', { page: 'main-OTHER.js' }, page);
      await page.reload();
      await page.locator('.banner').getByText('Вебхуки не принимаются.').waitFor();
      await page.locator('.banner').getByText(refusing).waitFor();
      await page.locator('.banner').getByText('Служба обновилась').waitFor();
      await page.unrouteAll();
      await page.locator('.banner').getByRole('button', { name: 'Обновить страницу' }).click();
      await page.locator('.day').waitFor();
      await page.locator('.banner').first().waitFor({ state: 'detached' });
    });
  });
}
