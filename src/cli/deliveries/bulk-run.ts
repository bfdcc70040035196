import type { Bulk } from '../../bulk/bulk.ts';
import type { Composition } from '../../container.ts';
import { operator } from '../operator.ts';
import { CommandError, type Terminal } from '../terminal.ts';

/** Starts a previewed bulk and does what nobody else does of it, until nothing is left or somebody aborts it. */
export async function runBulk(composition: Composition, id: number, terminal: Terminal): Promise<Bulk> {
  const { bulks, outbox, states } = composition;
  const previewed = await bulks.find(id);
  if (previewed === undefined || !(await bulks.start(id, operator(composition))))
    throw new CommandError({
      ru: 'предпросмотр устарел: повторите команду',
      en: 'the preview is over: run the command again',
    });
  // Whoever wants something tried now does not want its target to rest.
  if (previewed.action === 'retry' || previewed.action === 'remap')
    for (const target of await bulks.targets(id)) await states.endRest(target);
  for (;;) {
    const pause = await bulks.step(id);
    const bulk = await bulks.find(id);
    if (bulk === undefined) throw new Error('a bulk that runs is kept');
    // In a terminal the last thing drawn is how it ended.
    if (process.stderr.isTTY && bulk.total > 1) process.stderr.write(`\r${bar(bulk)}`);
    if (bulk.state !== 'running') {
      if (process.stderr.isTTY && bulk.total > 1) terminal.note('');
      outbox.wake();
      return bulk;
    }
    if (pause !== undefined && pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

function bar({ total, left }: Bulk): string {
  const width = 30;
  const filled = total === 0 ? width : Math.floor(((total - left) / total) * width);
  return `[${'#'.repeat(filled)}${'.'.repeat(width - filled)}] ${total - left}/${total}`;
}
