import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { Served } from '../../adapters/onec/served.ts';
import { launchBrowser } from '../../support/browser.ts';
import { ask, listed } from '../../support/console.ts';
import { axeFindings, ConsoleBrowser } from '../../support/console-page.ts';
import { plainNetwork } from '../../support/plain-network.ts';
import { until } from '../../support/until.ts';

const draft = `mapping: hire
on: { event: APPLICANT, type: STATUS, action: [ADD, EDIT], stage: hired }
to: zup
record:
  steps:
    - create: Catalog_ФизическиеЛица
      of: { kind: applicant, id: =applicant.id }
      fields: { Description: =applicant.last_name, ПолеКоторогоНет: 1 }
`;

describe('workbench in a browser, in front of 1C', function () {
  this.timeout(180_000);
  plainNetwork();

  let browser: Browser;
  let served: Served;
  let author: ConsoleBrowser;
  let page: Page;

  before(async () => {
    served = await Served.start();
    await served.hire(1);
    await listed(served.service, '/deliveries');
    browser = await launchBrowser();
  });

  after(async () => {
    await browser.close();
    await served.stop();
  });

  beforeEach(async () => {
    // What was written in the test before is kept, as for everybody.
    await ask(served.service, '/mappings/hire/draft', { method: 'DELETE' });
    author = await ConsoleBrowser.open(browser, served.service.app.consoleUrl);
    page = await author.tab('workbench/hire');
    await page.getByRole('table', { name: 'Что выйдет' }).waitFor();
  });

  afterEach(async () => {
    expect(author.complaints).to.deep.equal([]);
    await author.close();
  });

  /** The whole text, as somebody pastes it. */
  const write = async (text: string): Promise<void> => {
    await page.locator('.cm-content').click();
    await page.keyboard.press('Control+A');
    await page.evaluate(`((text) => {
      const pasted = new DataTransfer();
      pasted.setData('text/plain', text);
      document.activeElement.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: pasted, bubbles: true, cancelable: true }),
      );
    })(${JSON.stringify(text)})`);
  };

  const offered = async (word: string): Promise<string> => {
    await page.keyboard.press('Control+End');
    await page.keyboard.type(word);
    await page.keyboard.press('Control+Space');
    await page.locator('.cm-tooltip-autocomplete').waitFor();
    return (await page.locator('.cm-tooltip-autocomplete').textContent()) ?? '';
  };

  it("offers the target's own fields with their types, and marks what is not published", async () => {
    await write(draft);
    await until('the target has said what it has', () => (author.asked.get('/api/mappings/hire/completion') ?? 0) > 1);
    await page.waitForLoadState('networkidle').catch(() => undefined);
    expect(
      await until('fields are offered', async () => {
        const list = await offered('ДатаРож');
        await page.keyboard.press('Escape');
        return list.includes('Catalog_ФизическиеЛица') ? list : undefined;
      }),
    )
      .to.include('ДатаРождения')
      .and.to.include('Edm.DateTime');
    expect(await offered(' ПолеКот')).to.include('не опубликовано');
    await page.keyboard.press('Escape');
    // Names of the event come with its values, masked.
    expect(await offered(' applicant.last'))
      .to.include('applicant.last_name')
      .and.to.not.match(/Иванова/);
  });

  it('marks a fault at its line, in the editor as beside it, and leaves the editor by Escape and Tab', async () => {
    await write(draft.replace('to: zup', 'to: zupp'));
    await page.locator('.cm-lintRange').first().waitFor();
    await page.getByText(/строка 3, знак/).waitFor();
    expect(await axeFindings(page)).to.deep.equal([]);
    // What it says under the mouse comes in styles that the policy takes.
    for (const mark of ['.cm-lintRange', '.cm-lint-marker']) {
      await page.locator(mark).first().hover();
      await page.locator('.cm-tooltip').getByText(/zupp/).first().waitFor();
    }
    await page.locator('.cm-content').focus();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(`document.activeElement.closest('.editor') === null`)).to.equal(true);
  });

  it('stops a formula that never ends and says so, while webhooks are taken', async () => {
    await write(draft.replace('ПолеКоторогоНет: 1', "Endless: '=($f := function($n) { $f($n + 1) }; $f(0))'"));
    await page
      .getByText(/не уложились в \d+ мс/)
      .first()
      .waitFor();
    await served.hire(2);
  });

  it('compares the text over the events that came, with the fields and each event that differs', async () => {
    await page.getByText(/^Шаг 1\./).waitFor();
    await write(draft);
    await page.getByRole('button', { name: /^Сравнить/ }).click();
    await page.getByRole('heading', { name: 'Какие события' }).waitFor();
    await page.getByText(/^событие 1: /).click();
    await page.locator('.example[open] .differences').waitFor();
    expect(await page.locator('.example[open]').textContent()).to.not.match(/Иванова/);
  });

  it('stops comparing when somebody says so, and takes it for no fault', async () => {
    const held = Promise.withResolvers<void>();
    await page.route('**/diff', async (route) => {
      await held.promise;
      await route.abort().catch(() => undefined);
    });
    const given = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/diff'));
    await page.getByRole('button', { name: /^Сравнить/ }).click();
    await page.getByRole('button', { name: 'Прервать сравнение' }).click();
    expect((await given).failure()?.errorText).to.include('ABORTED');
    held.resolve();
    await page.getByRole('button', { name: /^Сравнить/ }).waitFor();
    expect(await page.locator('.compare .refused').count()).to.equal(0);
  });

  it('makes the event a test, with invented people, which can be undone', async () => {
    const editor = page.locator('.cm-content');
    await editor.getByText('mapping: hire').waitFor();
    await page.getByLabel('Событие').selectOption('1');
    await page.getByRole('button', { name: 'Сделать из события тест' }).click();
    await page.getByText('Тест дописан в текст слева').waitFor();
    await editor.getByText(/из события 1/).waitFor();
    expect(await editor.textContent()).to.not.match(/Иванова/);
    await editor.click();
    await page.keyboard.press('Control+Z');
    await editor.getByText(/из события 1/).waitFor({ state: 'detached' });
  });

  it('keeps what is written when another language is chosen', async () => {
    await write(`${draft}# mine\n`);
    await page.getByRole('button', { name: 'Вид и учётная запись' }).click();
    await page.getByRole('menuitemradio', { name: 'English' }).click();
    await page.getByText('This is your draft').waitFor();
    expect(await page.locator('.cm-content').textContent()).to.include('# mine');
  });

  /** The text stands in the editor, and the service has it. */
  const writeMine = async (): Promise<void> => {
    await write(`${draft}# mine\n`);
    await page.getByText('Сохранён сам в').waitFor();
  };
  const mine = () => page.locator('.cm-content').getByText('# mine');

  it('keeps a draft by itself and says at the top that one looks at a draft; there it is after a reload', async () => {
    await page.getByText('Это файл hire.yaml: он в работе.').waitFor();
    await writeMine();
    await page.getByText('Это ваш черновик').waitFor();
    await page.reload();
    await mine().waitFor();
    await page.getByText('Это ваш черновик').waitFor();
    expect(await axeFindings(page)).to.deep.equal([]);
    // The lists of mappings say so too.
    for (const list of ['mappings', 'workbench']) {
      await page.goto(`${served.service.app.consoleUrl}/console/${list}`);
      await page.getByText(/^ваш черновик от/).waitFor();
    }
  });

  it('loses nothing on the way out by a link and back, however fast one leaves', async () => {
    await write(`${draft}# mine\n`);
    await page.getByRole('navigation').getByRole('link', { name: 'Цели' }).click();
    await page.getByRole('heading', { name: 'Цели' }).waitFor();
    await page.goBack();
    await mine().waitFor();
  });

  it('keeps what is written while the service does not, says so, and gives it to the service later', async () => {
    await page.route('**/draft', (route) => (route.request().method() === 'PUT' ? route.abort() : route.fallback()));
    await write(`${draft}# mine\n`);
    await page.getByText('Ещё не сохранён: служба не отвечает').waitFor();
    await page.getByRole('navigation').getByRole('link', { name: 'Цели' }).click();
    await page.goBack();
    await mine().waitFor();
    await page.unrouteAll();
    await page.getByText('Сохранён сам в').waitFor();
    author.complaints.splice(0);
  });

  it('throws a draft away, and brings it back', async () => {
    await writeMine();
    await page.getByRole('button', { name: 'Выбросить черновик' }).click();
    await mine().waitFor({ state: 'detached' });
    await page.getByText('Это файл hire.yaml').waitFor();
    await page.getByRole('button', { name: 'Вернуть черновик' }).click();
    await mine().waitFor();
    await page.getByText('Сохранён сам в').waitFor();
    // Whoever undoes everything has no draft.
    await page.getByRole('button', { name: 'Выбросить черновик' }).click();
    await page.getByText('Черновик выброшен').waitFor();
  });
});
