// What `dying` starts and kills: one piece of work over an installation, as its command or its loop does it.
import { serialize, deserialize } from 'node:v8';
import { run } from '../../src/cli/program.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { compose } from '../../src/container.ts';
import { createLog } from '../../src/report/log.ts';
import { Spool } from '../../src/spool/spool.ts';
import { readConfig } from '../../src/targets/configured.ts';

const [what = '', ...args] = process.argv.slice(2);
const days = 86_400_000;

/** Everything that the configured ages let go, half a year from now and some days. */
async function retain(config: string, later: number): Promise<void> {
  await composed(config, Date.now() + (180 + later) * days, async ({ sealing, retention }) => {
    await sealing.open('read');
    await retention.pass();
  });
}

/** What the first start with a key does. */
async function seal(config: string): Promise<void> {
  await composed(config, Date.now(), async ({ sealing, attribution, sealingOfOld }) => {
    await sealing.open('begin');
    await attribution.run(new AbortController().signal);
    await sealingOfOld.run(new AbortController().signal);
  });
}

async function composed(
  path: string,
  now: number,
  work: (composition: ReturnType<typeof compose>) => Promise<unknown>,
): Promise<void> {
  const { config, targets } = await readConfig(loadConfig(path));
  const composition = compose(config, targets, { log: createLog('silent'), now: () => now });
  await work(composition);
  await composition.close();
}

/** Says of each entry when it is kept and before it is handed over. */
async function spool(folder: string): Promise<void> {
  const spooled = new Spool(folder, Buffer.alloc(32, 7));
  const say = (word: string, number: number) => process.stdout.write(`${word} ${number}\n`);
  await spooled.open();
  for (let round = 0; round < 3; round += 1) {
    const numbers = Array.from({ length: 5 }, (_, at) => round * 5 + at);
    await Promise.all(
      numbers.map(async (number) => {
        await spooled.add(serialize(number));
        say('kept', number);
      }),
    );
    if (round === 1)
      await spooled.takeOldest(async (entries) => {
        for (const entry of entries) say('taken', Number(deserialize(entry)));
      });
  }
  await spooled.close();
}

switch (what) {
  case 'retain':
    await retain(args[0] ?? '', Number(args[1] ?? 0));
    break;
  case 'seal':
    await seal(args[0] ?? '');
    break;
  case 'spool':
    await spool(args[0] ?? '');
    break;
  default:
    process.exitCode = await run([what, ...args]);
}
