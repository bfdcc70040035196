import type { Command } from 'commander';
import { adapterErrorKind, UnavailableError } from '../adapter.ts';
import { nameOf } from '../targets/written-folder.ts';
import { withComposition } from './open.ts';
import { operator } from './operator.ts';
import { type ConfigOption, configured } from './options.ts';
import { CommandError, type Terminal } from './terminal.ts';

/** `targets confirm NAME`: a person says that the disk under a target's folder is the right one. */
export function confirmCommand(terminal: Terminal): Command {
  return configured('confirm', 'say that the disk or share which a target writes to now is the right one')
    .argument('<target>')
    .action((target: string, options: ConfigOption) => confirm(target, options, terminal));
}

async function confirm(name: string, options: ConfigOption, terminal: Terminal): Promise<void> {
  await withComposition(options.config, async (composition) => {
    const { targets, folderOf, states, audit } = composition;
    const target = targets.find((one) => one.name === name);
    if (target === undefined) {
      throw new CommandError({
        ru: `цели «${name}» нет в connector.yaml`,
        en: `there is no target "${name}" in connector.yaml`,
      });
    }
    const folder = folderOf(target);
    if (folder === undefined) {
      throw new CommandError({
        ru: `«${name}» не пишет в папку: подтверждать нечего`,
        en: `"${name}" writes to no folder: there is nothing to confirm`,
      });
    }
    await audit.add(operator(composition), { action: 'confirm', on: [`target/${name}`] });
    const mount = await folder.confirm().catch((error: unknown) => {
      if (adapterErrorKind(error) === undefined || !(error instanceof UnavailableError)) throw error;
      throw new CommandError(error.text);
    });
    // It rested because of the folder; what waits need not wait for the end of the rest.
    await states.endRest(name);
    const disk = mount && nameOf(mount);
    const words = {
      ru: `«${name}» пишет в ${folder.folder}${disk === undefined ? '' : `, диск ${disk}`}: подтверждено. Что ждёт, запишется само; быстрее: huntflow-connector deliveries retry --target ${name} --state pending`,
      en: `"${name}" writes to ${folder.folder}${disk === undefined ? '' : ` on ${disk}`}: confirmed. What waits is written by itself; sooner by: huntflow-connector deliveries retry --target ${name} --state pending`,
    };
    terminal.print(words[terminal.language]);
  });
}
