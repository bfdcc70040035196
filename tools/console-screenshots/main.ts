import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { launchBrowser } from '../../test/support/browser.ts';
import { addUsers, ask, at, password } from '../../test/support/console.ts';
import { ConsoleBrowser, type Look } from '../../test/support/console-page.ts';
import { ConsoleStory } from '../../test/support/console-story.ts';
import { until } from '../../test/support/until.ts';

const { values } = parseArgs({
  options: {
    folder: { type: 'string', default: join(tmpdir(), 'huntflow-connector-screenshots') },
    /** A regular expression: the pictures whose names fit. */
    only: { type: 'string', default: '' },
  },
});

const looks: readonly Look[] = (['ru', 'en'] as const).flatMap((language) =>
  (['light', 'dark'] as const).flatMap((scheme) => [1440, 360].map((width) => ({ language, scheme, width }))),
);

/** A morning with something of everything: dead, waiting, a bulk, a paused target, entries of the audit. */
async function lived(story: ConsoleStory): Promise<Readonly<Record<string, string>>> {
  const { service } = story;
  const { admin } = await addUsers(service);
  await until('the users hold', async () => (await ask(service, '/me', { token: admin })).status === 200);
  await story.hire(1, 24);
  const first = async (path: string) => String(at((await ask(service, path, { token: admin })).json, 'items', 0, 'id'));
  const dead = await first('/deliveries?state=dead');
  await ask(service, '/targets/staff-csv/pause', { token: admin, body: {} });
  await ask(service, `/deliveries/${dead}/reveal`, { token: admin, body: {} });
  const filter = { state: 'dead' };
  const preview = await ask(service, '/bulk', { token: admin, body: { action: 'retry', filter, preview: true } });
  await ask(service, '/bulk', { token: admin, body: { token: at(preview.json, 'token') } });
  await until('the deliveries are dead again', async () => {
    const bulks = await ask(service, '/bulk', { token: admin });
    return at(bulks.json, 'items', 0, 'state') !== 'running';
  });
  return {
    overview: '',
    causes: 'causes',
    deliveries: 'deliveries',
    'deliveries-dead': 'deliveries?state=dead',
    'delivery-dead': `deliveries/${dead}`,
    'delivery-delivered': `deliveries/${await first('/deliveries?state=delivered')}`,
    edit: `deliveries/${await first('/deliveries?state=pending&target=careers')}/edit`,
    blocked: 'blocked',
    attention: 'attention',
    people: 'people',
    person: 'people/1',
    events: 'events',
    event: 'events/1',
    targets: 'targets',
    mappings: 'mappings',
    workbench: 'workbench/hire-to-csv',
    bulks: 'bulks',
    'bulk-preview': 'bulks/new?action=retry&state=dead',
    bulk: `bulks/${await first('/bulk')}`,
    alarms: 'alarms',
    audit: 'audit',
    account: 'account',
  };
}

const story = await ConsoleStory.start({ users: 'users: {}\n' });
const browser = await launchBrowser();
try {
  const screens = await lived(story);
  mkdirSync(values.folder, { recursive: true });
  for (const look of looks) {
    const person = await ConsoleBrowser.open(browser, story.consoleUrl, look);
    const page = await person.tab();
    const draw = async (screen: string, address: string | undefined): Promise<void> => {
      const name = `${screen}-${look.language}-${look.scheme}-${look.width}`;
      if (!new RegExp(values.only).test(name)) return;
      if (address !== undefined) await page.goto(`${story.consoleUrl}/console/${address}`);
      try {
        await page.locator('h1').first().waitFor();
      } catch {
        console.error(`${name}: nothing is there`);
      }
      // What still reads says so.
      await page.locator('[aria-busy="true"]').first().waitFor({ state: 'hidden' });
      await page.evaluate('document.fonts.ready.then(() => undefined)');
      await page.screenshot({ path: join(values.folder, `${name}.png`) });
      const wide = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
      if (wide > 0) console.error(`${name}: ${wide} px wider than the window`);
    };
    await draw('login', undefined);
    await page.locator('input[name=name]').fill('admin');
    await page.locator('input[name=password]').fill(password);
    await page.keyboard.press('Enter');
    await page.locator('.login').waitFor({ state: 'detached' });
    for (const [screen, address] of Object.entries(screens)) await draw(screen, address);
    // Before the login everything is refused.
    for (const complaint of person.complaints) if (!complaint.includes('401')) console.error(complaint);
    await person.close();
  }
  console.log(`screenshots: ${values.folder}`);
} finally {
  await browser.close();
  await story.stop();
}
