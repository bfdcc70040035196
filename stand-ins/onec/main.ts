import { OnecStandIn } from './stand-in.ts';

/*
 * The stand-in by hand: `node stand-ins/onec/main.ts [--zup] [--staff-schedule] [--port 8090] [--trouble 0.1]
 * [--ignore-keys] [--no-lengths] [--old-names] [--megabytes 45]`. Every request is shown as it comes, without its body.
 */

const args = process.argv.slice(2);
const valueOf = (name: string, otherwise: number): number =>
  args.includes(name) ? Number(args[args.indexOf(name) + 1]) : otherwise;

const standIn = new OnecStandIn({
  compositeNames: !args.includes('--old-names'),
  zup: args.includes('--zup') || args.includes('--staff-schedule'),
  behaviour: {
    keepsKeys: !args.includes('--ignore-keys'),
    publishMaxLength: !args.includes('--no-lengths'),
    staffSchedule: args.includes('--staff-schedule'),
    metadataSize: valueOf('--megabytes', 0) * 1_000_000,
  },
});
const share = valueOf('--trouble', 0);
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

await standIn.listen(valueOf('--port', 8090));
const { user, password } = standIn.behaviour;
const zup = standIn.base.sets.has('Catalog_ШтатноеРасписание');
process.stdout.write(
  `1C stand-in${zup ? ' with the sets of ЗУП 3.1' : ''}: ${standIn.url}\nuser ${user}, password ${password}; Ctrl+C ends it\n` +
    `Подставная 1С${zup ? ' с наборами ЗУП 3.1' : ''}: пользователь ${user}, пароль ${password}; остановить — Ctrl+C\n`,
);
process.once('SIGINT', () => void standIn.stop());
process.once('SIGTERM', () => void standIn.stop());
