import { randomUUID } from 'node:crypto';
import { App } from '../src/app.ts';
import { readerLanguage } from '../src/config/process-environment.ts';
import { Installation } from './installation.ts';
import { leaveSomethingToMend } from './left-to-mend.ts';
import { Narrator } from './narrator.ts';
import { StandIns } from './stand-ins.ts';
import { tell } from './story.ts';

/*
 * `npm run demo`: the main job on one screen, with real HTTP, a real database and nothing outside of this machine.
 * Exit code 1 when anything came out otherwise than it should. `-- --stay` keeps serving until it is interrupted.
 */

const stay = process.argv.includes('--stay');
const narrator = new Narrator(readerLanguage());
const asked = new Promise<'asked'>((resolve) => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve('asked'));
});

narrator.say({
  ru: 'huntflow-connector: основная работа на одном экране. Всё на этой машине: настоящий HTTP,\nвременная база, вымышленные люди, маленькие заглушки вместо чужих систем.',
  en:
    'huntflow-connector: the main job on one screen. All of it on this machine: real HTTP,\na temporary ' +
    'database, invented people, small stand-ins for the systems of others.',
});

async function run(installation: Installation, standIns: StandIns): Promise<boolean> {
  const secret = randomUUID();
  const values = { ...standIns.addresses, HUNTFLOW_SECRET: secret };
  installation.configure(values);
  const app = await App.create(installation.config);
  try {
    await app.start();
    // From now on the commands find the running service by the same file.
    installation.configure({
      ...values,
      PORT: new URL(app.serverUrl).port,
      CONSOLE_PORT: new URL(app.consoleUrl).port,
    });
    const scene = { app, installation, standIns, secret, narrator };
    const story = stay ? tell(scene).then(() => leaveSomethingToMend(scene)) : tell(scene);
    if ((await Promise.race([story, asked])) === 'asked') return false;
    conclude();
    if (stay) {
      invite(installation, app.consoleUrl);
      await asked;
    }
    return narrator.wrong.length === 0;
  } finally {
    await app.stop();
  }
}

function conclude(): void {
  if (narrator.wrong.length === 0) {
    narrator.say({ ru: '\nВсё вышло как должно.', en: '\nEverything came out as it should.' });
    return;
  }
  narrator.say({ ru: '\nВышло не так, как должно:', en: '\nThis did not come out as it should:' });
  narrator.rows(narrator.wrong.map((each) => ['✗', each]));
}

function invite({ config, folder }: Installation, consoleUrl: string): void {
  narrator.say({
    ru: `\nСлужба работает, пока её не остановят (Ctrl+C); тогда её папка ${folder} исчезнет со всем, что в ней. Посмотреть из другого окна:`,
    en: `\nThe service runs until it is stopped (Ctrl+C); its folder ${folder} goes then, with all that is in it. Look at it from another window:`,
  });
  narrator.rows([
    [`npx huntflow-connector events list --config ${config}`],
    [`npx huntflow-connector deliveries list --config ${config}`],
    [`npx huntflow-connector send ${folder}/mappings/fixtures/offer-without-values.json --config ${config}`],
  ]);
  narrator.say({
    ru: `\nКонсоль с этой же историей: ${consoleUrl}/console/`,
    en: `\nThe console, filled with this story: ${consoleUrl}/console/`,
  });
}

const installation = new Installation();
const standIns = await StandIns.start();
try {
  process.exitCode = (await run(installation, standIns)) ? 0 : 1;
} finally {
  await standIns.stop();
  installation.remove();
}
