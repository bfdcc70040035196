import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../support/browser.ts';
import { addUsers, ask, at } from '../../support/console.ts';
import { ConsoleBrowser, drawn, signIn } from '../../support/console-page.ts';
import { ConsoleStory } from '../../support/console-story.ts';
import { plainNetwork } from '../../support/plain-network.ts';
import { sharedPostgres } from '../../support/postgres.ts';
import { type Engine, engines } from '../../support/stores.ts';
import { until } from '../../support/until.ts';

const isSoak = process.env['SOAK'] !== undefined;

/** What the browser notes by itself of an answer that is no: the page says it in words. */
const isRefusal = (said: string): boolean => /status of (401|409)/.test(said);

for (const engine of isSoak ? engines : (['sqlite'] as const)) jobsOn(engine);

function jobsOn(engine: Engine): void {
  describe(`work at the console, on ${engine}`, function () {
    this.timeout(180_000);
    plainNetwork();

    let browser: Browser;
    let story: ConsoleStory;
    let tokens: Awaited<ReturnType<typeof addUsers>>;
    let person: ConsoleBrowser;

    before(async () => {
      const database = engine === 'postgres' ? await (await sharedPostgres()).createMigrated() : undefined;
      story = await ConsoleStory.start({ users: 'users: {}\n', ...(database !== undefined && { database }) });
      tokens = await addUsers(story.service);
      await until(
        'the users hold',
        async () => (await ask(story.service, '/me', { token: tokens.admin })).status === 200,
      );
      await story.hire(1, 12);
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
      expect(person.complaints.filter((said) => !isRefusal(said))).to.deep.equal([]);
      await person.close();
    });

    const first = async (path: string): Promise<number> => {
      const id = at((await ask(story.service, path, { token: tokens.admin })).json, 'items', 0, 'id');
      if (typeof id !== 'number') throw new Error(`${path} is empty`);
      return id;
    };

    it('begins at the door alone: nothing else is drawn or asked for, and a wrong password is said in words', async () => {
      const page = await person.tab('deliveries?state=dead');
      await page.getByRole('heading', { name: 'Вход' }).waitFor();
      expect(await page.getByRole('navigation').count()).to.equal(0);
      expect([...person.asked.keys()].filter((path) => path.startsWith('/api/'))).to.deep.equal(['/api/session']);
      expect(person.complaints).to.deep.equal([]);
      await page.locator('input[name=name]').fill('operator');
      await page.locator('input[name=password]').fill('something else');
      await page.keyboard.press('Enter');
      await page.getByRole('alert').getByText('имя или пароль не подходят').waitFor();
      await signIn(page, 'operator');
      await page.getByRole('table', { name: 'Доставки' }).waitFor();
      expect(page.url()).to.match(/deliveries\?state=dead$/);
    });

    it('shows a viewer masked names, and neither an action nor a way to reveal', async () => {
      const dead = await first('/deliveries?state=dead');
      const page = await person.tabOf('viewer', `deliveries/${dead}`);
      await drawn(page);
      for (const name of ['Повторить', 'Отменить', 'Показать личные данные…'])
        expect(await page.getByRole('button', { name }).count(), name).to.equal(0);
      await page.getByText('роль operator и выше; ваша роль — viewer').waitFor();
      await page.goto(`${story.consoleUrl}/console/deliveries/${await first('/deliveries?state=delivered')}`);
      await page.getByText('Личные данные скрыты').waitFor();
      expect(await page.locator('body').textContent()).to.not.match(/Тихонов|Соловьёва|Семёнова/);
      expect(await page.getByRole('button', { name: 'Показать личные данные…' }).count()).to.equal(0);
      // By a name one may search all the same.
      await search(page, 'соловьева');
      await page.locator('.people li').first().waitFor();
      expect(await page.locator('.people').textContent()).to.not.match(/Соловьёва/);
    });

    it('reveals to an operator who says so, and the audit tells it in words', async () => {
      const page = await person.tabOf(
        'operator',
        `deliveries/${await first('/deliveries?state=delivered&target=intranet')}`,
      );
      await page.getByRole('button', { name: 'Показать личные данные…' }).click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Показать личные данные' }).click();
      await page
        .getByRole('region', { name: 'Запись' })
        .getByText(/Тихонов|Соловьёва|Ким|Иванова/)
        .first()
        .waitFor();
      await page.getByRole('navigation', { name: 'Разделы' }).getByRole('link', { name: 'Журнал действий' }).click();
      await page
        .getByRole('row')
        .filter({ hasText: 'открыл(а) личные данные' })
        .getByText('operator')
        .first()
        .waitFor();
    });

    it('finds a stuck hire by a name with е for ё, says why, and sees it delivered once the dictionary is mended', async () => {
      const page = await person.tabOf('operator');
      await search(page, 'королев');
      await page.locator('.people a').first().click();
      expect(page.url()).to.not.match(/%D0|корол/);
      await page.getByRole('heading', { name: 'По порядку' }).waitFor();
      await page.getByRole('link', { name: 'В «intranet»' }).first().click();
      await page.getByRole('heading', { name: /маппинг не смог сделать запись/ }).waitFor();
      await page
        .locator('main')
        .getByText(/нет в словаре «divisions»/)
        .first()
        .waitFor();
      story.mendDictionary();
      await until(
        'the hire is taken',
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
      expect(story.intranet.arrivals.some(({ body }) => body.includes('Королёв'))).to.equal(true);
    });

    it('does the rest of a cause in bulk, and the rows say so by themselves', async () => {
      const page = await person.tabOf('operator', 'causes');
      story.mendDictionary();
      const cause = page.locator('.cause').filter({ hasText: 'divisions' });
      await cause.getByRole('link', { name: /^Повторить эти/ }).click();
      await page.getByRole('button', { name: /^Повторить \d/ }).click();
      await page.getByRole('heading', { name: /Запущено снова/ }).waitFor();
      await until('nobody stands', async () => {
        const { json } = await ask(story.service, '/deliveries?state=dead', { token: tokens.admin });
        return at(json, 'items', 0) === undefined;
      });
    });

    it('maps an event again with the file as it is now, shows what differs, and sends it only then', async () => {
      const file = story.service.workspace.path('mappings', 'hire-to-csv.yaml');
      writeFileSync(file, readFileSync(file, 'utf8').replace('Имя: =', 'Смена: "первая", Имя: ='));
      const page = await person.tabOf('operator', 'events/5');
      const compare = page.getByRole('button', { name: 'Пересчитать и сравнить' });
      await until(
        'the new file is in use',
        async () => {
          await compare.click();
          await page.locator('.replayed').first().waitFor();
          return page.getByRole('table', { name: 'hire-to-csv' }).getByText(/Смена/).isVisible();
        },
        60_000,
      );
      const before = await first('/deliveries?target=staff-csv');
      await page.getByRole('button', { name: 'Отправить заново' }).click();
      const question = page.getByRole('alertdialog');
      await question.getByText(/^Записей: \d+, из них без изменений: \d+/).waitFor();
      await question.getByRole('button', { name: 'Отправить заново' }).click();
      await page.getByText(/Новых доставок: \d/).waitFor();
      expect(await first('/deliveries?target=staff-csv')).to.be.above(before);
      const { json } = await ask(story.service, '/audit?limit=5', { token: tokens.admin });
      expect(JSON.stringify(json)).to.include('"replay"').and.to.include('event/5');
    });

    it('keeps what somebody typed when the session ends meanwhile, and sends it after the login', async () => {
      const waiting = await first('/deliveries?state=pending&target=careers');
      const page = await person.tabOf('operator', `deliveries/${waiting}/edit`);
      await page.getByRole('button', { name: 'Открыть запись' }).click();
      await page
        .getByRole('textbox')
        .filter({ hasNot: page.locator('[name=reason]') })
        .first()
        .waitFor();
      const field = page.locator('.edit fieldset input').first();
      await field.fill('/elsewhere');
      await page.locator('textarea[name=reason]').fill('moved');
      await person.context.clearCookies();
      // The page may have asked for something meanwhile, and hidden the form behind the login before the click.
      await page.locator('.edit button[type=submit]').dispatchEvent('click');
      await page.getByText('Сеанс закончился').waitFor();
      expect(await page.evaluate('document.activeElement?.getAttribute("name")')).to.equal('name');
      await signIn(page, 'operator');
      expect(await field.inputValue()).to.equal('/elsewhere');
      // A link does not take it away unasked either.
      await page.getByRole('navigation', { name: 'Разделы' }).getByRole('link', { name: 'Цели' }).click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Остаться' }).click();
      expect(await field.inputValue()).to.equal('/elsewhere');
      await page.getByRole('button', { name: 'Отправить исправленную' }).click();
      await page.getByRole('link', { name: `заменяет № ${waiting}` }).click();
      await page.getByRole('heading', { name: /её место заняла/ }).waitFor();
    });

    it('says who was faster', async () => {
      const waiting = await first('/deliveries?state=pending&target=careers');
      const page = await person.tabOf('operator', `deliveries/${waiting}`);
      await drawn(page);
      const { json } = await ask(story.service, `/deliveries/${waiting}`, {
        token: tokens.admin,
        headers: { 'accept-language': 'ru' },
      });
      // The screen of somebody whose news come late.
      await page.route(`**/api/deliveries/${waiting}`, (route) => route.fulfill({ json }));
      await ask(story.service, `/deliveries/${waiting}/cancel`, { token: tokens.admin, body: {} });
      await page.getByRole('button', { name: 'Попробовать сейчас' }).click();
      await page.locator('.notices').getByText(/admin/).waitFor();
    });

    it('takes a cancel back within five seconds', async () => {
      const waiting = await first('/deliveries?state=pending&target=careers');
      const page = await person.tabOf('operator', `deliveries/${waiting}`);
      await page.getByRole('button', { name: 'Отменить' }).click();
      await page.getByRole('button', { name: /Вернуть/ }).click();
      await page.getByRole('button', { name: 'Отменить' }).waitFor();
      const { json } = await ask(story.service, `/deliveries/${waiting}`, { token: tokens.admin });
      expect(at(json, 'state')).to.equal('pending');
    });

    it('pauses a target, of which nothing is sent after the answer, and resumes it in order', async () => {
      const page = await person.tabOf('operator', 'targets');
      const card = page.locator('.target').filter({ has: page.getByRole('heading', { name: 'intranet' }) });
      await card.getByRole('button', { name: 'Пауза' }).click();
      await page.getByRole('textbox', { name: /^Почему/ }).fill('портал переезжает');
      await page.keyboard.press('Enter');
      await card.getByText('на паузе', { exact: true }).waitFor();
      await card.getByText(/поставил\(а\) operator/).waitFor();
      await card.getByText('портал переезжает').waitFor();
      const sent = story.intranet.arrivals.length;
      await story.hire(101, 8, { unknownDivision: () => false });
      expect(story.intranet.arrivals).to.have.length(sent);
      await card.getByText('8', { exact: true }).waitFor();
      await card.getByRole('button', { name: 'Продолжить' }).click();
      await until('all have come', () => story.intranet.arrivals.length === sent + 8);
      await until('the focus is somewhere', () => page.evaluate('document.activeElement !== document.body'));
    });

    it('is done by the keyboard alone, and the focus is never lost', async () => {
      const page = await person.tabOf('operator', 'deliveries?state=pending');
      await page.getByRole('table', { name: 'Доставки' }).waitFor();
      const focused = (): Promise<string> =>
        page.evaluate<string>(`(document.activeElement?.getAttribute('aria-label') ?? '') + ' ' +
          (document.activeElement?.textContent ?? '')`);
      await page.keyboard.press('j');
      const one = await focused();
      await page.keyboard.press('j');
      expect(await focused()).to.not.equal(one);
      await page.keyboard.press('k');
      expect(await focused()).to.equal(one);
      await page.keyboard.press('x');
      await page.getByText('Выбрано: 1').waitFor();
      await until(
        'the focus has come to the action',
        async () => {
          if (/^ ?Повторить…/.test(await focused())) return true;
          await page.keyboard.press('Tab');
          return false;
        },
        60_000,
      );
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Повторить 1 доставку?' }).waitFor();
      await page.keyboard.press('Tab');
      expect(await focused()).to.match(/Повторить 1 доставку/);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: /Запущено снова/ }).waitFor();
      await until('the focus is somewhere', () => page.evaluate('document.activeElement !== document.body'));
      // A dialog gives the focus back to where it was.
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Клавиши' }).waitFor();
      await page.keyboard.press('Escape');
      await until('the focus is somewhere', () => page.evaluate('document.activeElement !== document.body'));
      await page.keyboard.press('/');
      expect(await page.evaluate('document.activeElement?.id')).to.equal('search');
      // Under a Russian layout, where the same keys write other signs; all rows, then the way to a bulk.
      await page.goto(`${story.consoleUrl}/console/deliveries?state=pending`);
      await drawn(page);
      const press = (key: string, code: string, shiftKey = false) =>
        page.evaluate(`document.activeElement.dispatchEvent(new KeyboardEvent('keydown',
          ${JSON.stringify({ key, code, shiftKey, bubbles: true, cancelable: true })}))`);
      await press(',', 'Slash', true);
      const help = page.getByRole('dialog', { name: 'Клавиши' });
      await help.getByText('выбрать все строки на странице').waitFor();
      await page.keyboard.press('Escape');
      await help.waitFor({ state: 'detached' });
      await press('ф', 'KeyA');
      await page.getByText(/^Выбрано: \d\d?$/).waitFor();
      await press('к', 'KeyR');
      await page.getByRole('heading', { name: /^Повторить \d+ достав/ }).waitFor();
      await press('.', 'Slash');
      expect(await page.evaluate('document.activeElement?.id')).to.equal('search');
      // Who speaks to the browser turns single letters off.
      await page.getByRole('button', { name: 'Вид и учётная запись' }).click();
      await page.getByRole('menuitem', { name: 'Клавиши' }).click();
      await help.getByRole('checkbox').uncheck();
      await page.keyboard.press('Escape');
      await help.waitFor({ state: 'detached' });
      await page.locator('main').focus();
      await page.keyboard.press('/');
      expect(await page.evaluate('document.activeElement?.id')).to.not.equal('search');
    });

    it('says that a mapping is refused within two seconds of the break, and takes webhooks all the same', async () => {
      const page = await person.tabOf('viewer');
      await page.locator('.day').waitFor();
      const file = story.service.workspace.path('mappings', 'hire-to-careers.yaml');
      const good = readFileSync(file, 'utf8');
      writeFileSync(file, `${good}colour: red\n`);
      await page
        .locator('.banner')
        .getByText('Не принят 1 файл маппинга')
        .waitFor({ timeout: isSoak ? 2000 : 15_000 });
      await story.hire(201, 1, { unknownDivision: () => false });
      await page.getByRole('link', { name: 'Что в них не так' }).click();
      await page.getByText('файл не принят').waitFor();
      writeFileSync(file, good);
      await page.locator('.banner').waitFor({ state: 'detached' });
    });
  });
}

/** By the field of the header, as everybody does. */
async function search(page: Page, name: string): Promise<void> {
  await drawn(page);
  await page.keyboard.press('/');
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
}
