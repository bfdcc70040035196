import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { password } from './console.ts';

export interface Look {
  readonly language: 'ru' | 'en';
  readonly scheme: 'light' | 'dark';
  readonly width: number;
}

const usualLook: Look = { language: 'ru', scheme: 'light', width: 1280 };

/** Scripts for the browser are texts: the tests themselves know no document. */
const tellOfPolicy = `document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
  console.error('policy: ' + violatedDirective + ' ' + blockedURI));`;

const askAxe = `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then(
  ({ violations }) => violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => id + ': ' + html.slice(0, 160) + ' ' + (failureSummary ?? ''))))`;

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** One browser of one person, which notes whatever the page complains of. */
export class ConsoleBrowser {
  readonly context: BrowserContext;
  readonly complaints: string[] = [];
  /** How often each address below `/api` was asked for. */
  readonly asked = new Map<string, number>();
  readonly #url: string;

  private constructor(context: BrowserContext, url: string) {
    this.context = context;
    this.#url = url;
  }

  static async open(browser: Browser, url: string, look: Look = usualLook): Promise<ConsoleBrowser> {
    const context = await browser.newContext({
      viewport: { width: look.width, height: 800 },
      colorScheme: look.scheme,
      locale: look.language === 'ru' ? 'ru-RU' : 'en-GB',
      // Another one than the service's: all times must be of the service.
      timezoneId: 'America/Los_Angeles',
      reducedMotion: 'reduce',
    });
    const opened = new ConsoleBrowser(context, url);
    await context.addInitScript({ content: tellOfPolicy });
    context.on('console', (said) => opened.complaints.push(`${said.type()}: ${said.text()}`));
    context.on('weberror', (error) => opened.complaints.push(`error: ${error.error().message}`));
    context.on('request', (request) => {
      const { pathname } = new URL(request.url());
      opened.asked.set(pathname, (opened.asked.get(pathname) ?? 0) + 1);
    });
    return opened;
  }

  /** A tab at an address below `/console/`. */
  async tab(address = ''): Promise<Page> {
    const page = await this.context.newPage();
    page.setDefaultTimeout(30_000);
    await page.goto(`${this.#url}/console/${address}`);
    return page;
  }

  /** The same for a user who comes in by the form that stands before everything. */
  async tabOf(user: string, address = ''): Promise<Page> {
    const page = await this.tab(address);
    await signIn(page, user);
    return page;
  }

  async close(): Promise<void> {
    await this.context.close();
  }
}

/** Whoever fills the form in is where he wanted to be. */
export async function signIn(page: Page, user: string): Promise<void> {
  await page.locator('input[name=name]').fill(user);
  await page.locator('input[name=password]').fill(password);
  await page.keyboard.press('Enter');
  await page.locator('.login').waitFor({ state: 'detached' });
}

/** What the screen is about stands there, and nothing is read any more. */
export async function drawn(page: Page): Promise<void> {
  await page.locator('main h1').first().waitFor({ state: 'attached' });
  await page.locator('main [aria-busy="true"]').first().waitFor({ state: 'hidden' });
}

/** What axe finds against WCAG 2.2 A and AA, in a line each. */
export async function axeFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(askAxe);
}
