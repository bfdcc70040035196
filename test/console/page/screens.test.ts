import { execFileSync } from 'node:child_process';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../support/browser.ts';
import { axeFindings, ConsoleBrowser, drawn, type Look } from '../../support/console-page.ts';
import { ConsoleStory } from '../../support/console-story.ts';
import { plainNetwork } from '../../support/plain-network.ts';
import { command } from '../../support/serving.ts';
import { TcpProxy } from '../../support/tcp-proxy.ts';
import { until } from '../../support/until.ts';

const isSoak = process.env['SOAK'] !== undefined;

const languages = ['ru', 'en'] as const;
const schemes = ['light', 'dark'] as const;
const widths = [360, 1440] as const;

/** Every language, scheme and width in the long form; each of them once in the short one. */
const looks: readonly Look[] = isSoak
  ? languages.flatMap((language) => schemes.flatMap((scheme) => widths.map((width) => ({ language, scheme, width }))))
  : [
      { language: 'ru', scheme: 'light', width: 1440 },
      { language: 'en', scheme: 'dark', width: 360 },
    ];

/** Screens and their states: something there, nothing there, nothing that fits, no such thing. */
const everyScreen = [
  '',
  'causes',
  'deliveries',
  'deliveries?state=dead',
  'deliveries?state=cancelled',
  'blocked',
  'attention',
  'people',
  'people/1',
  'people/999999',
  'events',
  'events?state=failed',
  'events/1',
  'events/999999',
  'targets',
  'mappings',
  'workbench',
  'workbench/hire-to-csv',
  'bulks',
  'bulks/new?action=retry&state=dead',
  'bulks/999999',
  'alarms',
  'audit',
  'audit?who=nobody',
  'account',
  'deliveries/1',
  'deliveries/2',
  'deliveries/3',
  'deliveries/2/edit',
  'deliveries/999999',
  'nowhere',
] as const;
const screens: readonly string[] = isSoak ? everyScreen : ['', 'deliveries', 'deliveries/2', 'deliveries/999999'];

/** Where something is missing on purpose, the browser itself notes the answer. */
const isMissing = (said: string): boolean => /status of 404/.test(said);

/** Texts grow by two fifths, as in a language of longer words. */
const lengthen = `for (const element of document.querySelectorAll('button, th, nav a, .tabs a, h1, h2, label span, summary'))
  for (const node of element.childNodes)
    if (node.nodeType === 3 && node.data.trim() !== '')
      node.data += ' ' + node.data.trim().slice(0, Math.ceil(node.data.trim().length * 0.4))`;

/** What is drawn past its own box, or past the window. */
const cutOff = `[...document.querySelectorAll('button, .tabs a, th, h1, h2, summary')]
  .filter((element) => element.offsetParent !== null && !element.matches('.unseen') && element.scrollWidth > element.clientWidth + 1)
  .map((element) => element.outerHTML.slice(0, 120))
  .concat(document.documentElement.scrollWidth > innerWidth ? ['the page is wider than the window'] : [])`;

/** The words of the page itself, without what stands in data; what is chosen among is data too. */
const ownWords = `[...document.querySelectorAll('.header, .side, main h1, main h2, main th, main button, main label, main summary')]
  .filter((element) => element.closest('.editor, .json, .became, .causes, .differences tbody') === null)
  .map((element) => [...element.querySelectorAll('option')]
    .reduce((words, { label }) => words.replace(label, ''), element.innerText)).join(' ')`;

describe('screens of the console', function () {
  this.timeout(isSoak ? 900_000 : 120_000);
  plainNetwork();

  let browser: Browser;
  let story: ConsoleStory;

  before(async () => {
    story = await ConsoleStory.start();
    await story.hire(1, 12);
    browser = await launchBrowser();
  });

  after(async () => {
    await browser.close();
    await story.stop();
  });

  for (const look of looks) {
    const name = `${look.language}, ${look.scheme}, ${look.width} px`;

    it(`have no finding of axe, no raw key and nothing cut off, and complain of nothing: ${name}`, async () => {
      const person = await ConsoleBrowser.open(browser, story.consoleUrl, look);
      const findings: string[] = [];
      const page = await person.tab();
      for (const address of screens) {
        await page.goto(`${story.consoleUrl}/console/${address}`);
        await drawn(page);
        for (const finding of await axeFindings(page)) findings.push(`${address}: ${finding}`);
        const words = await page.evaluate<string>(ownWords);
        for (const raw of words.match(/\{\w+\}|undefined|\[object/g) ?? []) findings.push(`${address}: ${raw}`);
        if (look.language === 'en' && !address.startsWith('deliveries/'))
          for (const russian of words.match(/[а-яё]{3,}/gi) ?? []) findings.push(`${address}: ${russian}`);
        for (const cut of await page.evaluate<string[]>(cutOff)) findings.push(`${address}: ${cut}`);
        await page.evaluate(lengthen);
        for (const cut of await page.evaluate<string[]>(cutOff)) findings.push(`${address}, longer words: ${cut}`);
      }
      expect(findings).to.deep.equal([]);
      expect(person.complaints.filter((said) => !isMissing(said))).to.deep.equal([]);
      await person.close();
    });
  }

  if (isSoak)
    it('have no finding of axe while a menu, a sheet or a question is open', async () => {
      const findings: string[] = [];
      const look = async (page: Page, what: string): Promise<void> => {
        for (const finding of await axeFindings(page)) findings.push(`${what}: ${finding}`);
      };
      for (const scheme of schemes) {
        const person = await ConsoleBrowser.open(browser, story.consoleUrl, { language: 'ru', scheme, width: 360 });
        const page = await person.tab('deliveries?state=dead');
        await drawn(page);
        await page.getByRole('button', { name: 'Ещё условия' }).click();
        await look(page, 'filter');
        await page.keyboard.press('Escape');
        await page.getByRole('button', { name: 'Разделы' }).click();
        await look(page, 'sections');
        await page.keyboard.press('Escape');
        await page.keyboard.press('?');
        await page.getByRole('dialog', { name: 'Клавиши' }).waitFor();
        await look(page, 'keys');
        await page.keyboard.press('Escape');
        await page.getByRole('button', { name: 'Вид и учётная запись' }).click();
        await page.getByRole('menu').waitFor();
        await look(page, 'settings');
        expect(person.complaints).to.deep.equal([]);
        await person.close();
      }
      expect(findings).to.deep.equal([]);
    });

  // The short form of it: test/console/commands.test.ts, without a browser.
  if (isSoak)
    it('offer commands that run as they are copied, all of them', async () => {
      const person = await ConsoleBrowser.open(browser, story.consoleUrl);
      const page = await person.tab();
      const offered = new Set<string>();
      for (const address of everyScreen) {
        await page.goto(`${story.consoleUrl}/console/${address}`);
        await drawn(page);
        for (const text of await page.locator('.command code').allTextContents()) offered.add(text);
      }
      await person.close();
      expect(offered.size).to.be.above(8);
      const config = story.service.workspace.path('config', 'connector.yaml');
      // What only looks goes first: what acts changes what there is to look at.
      const acts = / (deliveries|targets|attention|bulk abort)\b/;
      for (const text of [...offered].toSorted((one, other) => Number(acts.test(one)) - Number(acts.test(other)))) {
        const words = execFileSync('sh', ['-c', `set -- ${text}; printf '%s\\0' "$@"`], { encoding: 'utf8' }).split(
          '\0',
        );
        const [npx, program, ...args] = words.slice(0, -1);
        expect([npx, program], text).to.deep.equal(['npx', 'huntflow-connector']);
        if (args.includes('webhook.json')) continue; // a file of the reader's own
        const { code, err } = await command([...args, '--config', config], {}, story.service.workspace.folder);
        // One that acts on several asks first, and one may have been done by the command before it.
        const understood = /add --yes|--yes|nothing|already|cannot be|not everything could be mapped/;
        expect([text, code === 0 || (code === 1 && understood.test(err))], err).to.deep.equal([text, true]);
      }
      const { states, targets } = story.service.app.composition;
      for (const { name } of targets) await states.resume(name);
    });

  it('name every section and control in both languages', async () => {
    for (const [language, names] of [
      ['ru', ['Обзор', 'Причины', 'Ждут за другими', 'Доставки', 'Люди', 'Цели', 'Мастерская', 'Журнал действий']],
      ['en', ['Overview', 'Causes', 'Waiting in line', 'Deliveries', 'People', 'Targets', 'Workbench', 'Audit']],
    ] as const) {
      const person = await ConsoleBrowser.open(browser, story.consoleUrl, { language, scheme: 'light', width: 1440 });
      const page = await person.tab('deliveries');
      await drawn(page);
      const sections = page.getByRole('navigation', { name: language === 'ru' ? 'Разделы' : 'Sections' });
      for (const name of names) expect(await sections.getByRole('link', { name }).count(), name).to.equal(1);
      const search = page.getByRole('searchbox', {
        name: language === 'ru' ? 'Имя или номер' : 'Name or number',
      });
      expect(await search.count()).to.equal(1);
      await person.close();
    }
  });

  it('turn into the other language and scheme by the switch, and stay so after a reload', async () => {
    const person = await ConsoleBrowser.open(browser, story.consoleUrl);
    const page = await person.tab('causes');
    await drawn(page);
    await page.getByRole('button', { name: 'Вид и учётная запись' }).click();
    await page.getByRole('menuitemradio', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Causes', exact: true }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Causes', exact: true }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).to.equal('en');
    expect(person.complaints).to.deep.equal([]);
    await person.close();
  });

  it('show the times of the service, whatever the zone of the browser', async () => {
    const person = await ConsoleBrowser.open(browser, story.consoleUrl);
    const page = await person.tab('deliveries/3');
    await drawn(page);
    const [webhook] = await page.locator('.road time').all();
    const [at, said] = [await webhook?.getAttribute('datetime'), await webhook?.textContent()];
    const clock = new Intl.DateTimeFormat('ru-RU', {
      timeZone: 'Asia/Yekaterinburg',
      hour: '2-digit',
      minute: '2-digit',
    });
    expect(said).to.equal(clock.format(Date.parse(at ?? '')));
    await person.close();
  });

  it('fit at 200 per cent, and move nothing for whoever wants no motion', async () => {
    const person = await ConsoleBrowser.open(browser, story.consoleUrl, {
      language: 'ru',
      scheme: 'light',
      width: 640,
    });
    for (const address of screens) {
      const page = await person.tab(address);
      await drawn(page);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), address).to.be.at.most(0);
      expect(await page.evaluate('document.getAnimations().length'), address).to.equal(0);
      await page.close();
    }
    await person.close();
  });

  it('answer in the eighth tab as in the first, by one stream for all of them', async () => {
    const person = await ConsoleBrowser.open(browser, story.consoleUrl);
    for (let tab = 1; tab < 8; tab += 1) await drawn(await person.tab('alarms'));
    const last = await person.tab('deliveries/1');
    await drawn(last);
    expect(person.asked.get('/api/stream')).to.equal(1);
    await story.hire(13, 1);
    // The eighth hears of the hire from the tab that listens.
    await last.goto(`${story.consoleUrl}/console/events`);
    await drawn(last);
    await story.hire(14, 1);
    await last.locator('.newer').waitFor();
    expect(person.complaints).to.deep.equal([]);
    await person.close();
  });

  it('keep what they show while the service is away, say since when, and go on by themselves', async () => {
    const wire = await TcpProxy.start(Number(new URL(story.consoleUrl).port));
    const person = await ConsoleBrowser.open(browser, `http://127.0.0.1:${wire.port}`);
    const page = await person.tab('events');
    await drawn(page);
    await until('the stream is open', () => person.asked.get('/api/stream') === 1);
    const targets = await person.tab('targets');
    await drawn(targets);
    await person.context.setOffline(true);
    wire.cut();
    await page
      .locator('.banner')
      .getByText(/Связи со службой нет: показано то, что было в \d\d:\d\d/)
      .waitFor();
    expect(await page.locator('[data-row]').count()).to.be.above(0);
    // What works and what does not is told by no colour any more; an act says that nothing was written.
    expect(await targets.locator('.shell[data-away=true]').count()).to.equal(1);
    await targets.getByRole('button', { name: 'Пауза' }).first().click();
    await targets.getByRole('alertdialog').getByRole('button', { name: 'Поставить на паузу' }).click();
    await targets
      .locator('.notices')
      .getByText(/ничего не отправлено и не записано/)
      .waitFor();
    // A section that nobody has opened yet says so too, whether its data or its script is missing.
    const sections = targets.getByRole('navigation', { name: 'Разделы' });
    await sections.getByRole('link', { name: 'Тревоги' }).click();
    await targets.getByRole('alert').getByText('Служба не отвечает.').waitFor();
    await sections.getByRole('link', { name: 'Люди' }).click();
    await targets.getByRole('alert').getByText('Раздел не загрузился').waitFor();
    await sections.getByRole('link', { name: 'Обзор' }).click();
    await targets.getByText(/^Так было в \d\d:\d\d/).waitFor();
    await story.hire(21, 1);
    await person.context.setOffline(false);
    await page.locator('.banner').waitFor({ state: 'detached' });
    await page.locator('.newer').waitFor();
    await targets.getByText(/^Так было в/).waitFor({ state: 'detached' });
    expect(person.complaints.filter((said) => !/net::ERR_|dynamically imported/.test(said))).to.deep.equal([]);
    await person.close();
    await wire.stop();
  });

  it('read for twenty seconds at most where nobody answers, and say that nobody does', async () => {
    const person = await ConsoleBrowser.open(browser, story.consoleUrl);
    const page = await person.tab();
    await page.clock.install();
    await page.reload();
    await page.locator('.day').waitFor();
    const held = Promise.withResolvers<void>();
    await page.route(/\/api\/(overview|alarms)/, async (route) => {
      await held.promise;
      await route.abort().catch(() => undefined);
    });
    await page.getByRole('navigation', { name: 'Разделы' }).getByRole('link', { name: 'Тревоги' }).click();
    await page.locator('.reading').first().waitFor();
    await page.clock.fastForward(21_000);
    await page.getByRole('alert').getByText('Не удалось прочитать').waitFor();
    await until('the page says that nobody answers', async () => {
      await page.clock.fastForward(10_000);
      return page
        .locator('.banner')
        .getByText(/Связи со службой нет/)
        .isVisible();
    });
    held.resolve();
    expect(person.complaints.filter((said) => !/net::ERR_/.test(said))).to.deep.equal([]);
    await person.close();
  });

  it('write in one sentence how it stands, with the target that does not answer', async () => {
    const person = await ConsoleBrowser.open(browser, story.consoleUrl);
    const page = await person.tab();
    await page.locator('.day').getByText('careers').waitFor();
    expect(await page.locator('.day-first').textContent()).to.match(/стоят|стоит/);
    await person.close();
  });
});
