import { parseArgs } from 'node:util';
import { OnecStandIn } from './stand-in.ts';

const usage = `The 1C stand-in by hand; every request is shown as it comes, without its body.
Подставная 1С; показывает каждый запрос, но не его тело.

  npm run onec -- [--zup] [--staff-schedule] [--port 8090] [--trouble 0.1]
                  [--ignore-keys] [--no-lengths] [--old-names] [--megabytes 45]
`;

const { values, problem } = read();
if (problem !== undefined || values.help) {
  process.stdout.write(problem === undefined ? usage : `${problem}\n\n${usage}`);
  process.exit(problem === undefined ? 0 : 1);
}

const standIn = new OnecStandIn({
  compositeNames: !values['old-names'],
  zup: values.zup || values['staff-schedule'],
  behaviour: {
    keepsKeys: !values['ignore-keys'],
    publishMaxLength: !values['no-lengths'],
    staffSchedule: values['staff-schedule'],
    metadataSize: Number(values.megabytes) * 1_000_000,
  },
});
const share = Number(values.trouble);
const troubles = [
  { kind: 'commitThenDrop' },
  { kind: 'commitThen500' },
  { kind: 'lock' },
  { kind: 'pool' },
  { kind: 'badGateway' },
  { kind: 'slow', after: 2000 },
] as const;

standIn.trouble = ({ method, set }) => {
  const trouble = Math.random() < share ? troubles[Math.floor(Math.random() * troubles.length)] : undefined;
  process.stdout.write(`${method} ${set}${trouble === undefined ? '' : `  (${trouble.kind})`}\n`);
  return trouble;
};

await listen();
const { user, password } = standIn.behaviour;
const zup = standIn.base.sets.has('Catalog_ШтатноеРасписание');
process.stdout.write(
  `1C stand-in${zup ? ' with the sets of ЗУП 3.1' : ''}: ${standIn.url}\nuser ${user}, password ${password}; Ctrl+C ends it\n` +
    `Подставная 1С${zup ? ' с наборами ЗУП 3.1' : ''}: пользователь ${user}, пароль ${password}; остановить — Ctrl+C\n`,
);
process.once('SIGINT', () => void standIn.stop());
process.once('SIGTERM', () => void standIn.stop());

function read() {
  const flag = { type: 'boolean', default: false } as const;
  const options = {
    help: flag,
    zup: flag,
    'staff-schedule': flag,
    'ignore-keys': flag,
    'no-lengths': flag,
    'old-names': flag,
    port: { type: 'string', default: '8090' },
    trouble: { type: 'string', default: '0' },
    megabytes: { type: 'string', default: '0' },
  } as const;
  try {
    return { values: parseArgs({ options }).values, problem: undefined };
  } catch (error) {
    return {
      values: parseArgs({ options, args: [] }).values,
      problem: error instanceof Error ? error.message : 'what?',
    };
  }
}

async function listen(): Promise<void> {
  try {
    await standIn.listen(Number(values.port));
  } catch {
    process.stdout.write(
      `Port ${values.port} cannot be had: choose another with --port / порт занят: задайте другой, --port\n`,
    );
    process.exit(1);
  }
}
