import { bytesOf } from '../../src/toolkit.ts';
import type { DeliveryRun } from './delivery-run.ts';
import type { Entity } from './difference.ts';
import type { PlannedStep } from './planned.ts';

type FileRun = Pick<DeliveryRun, 'attachment' | 'delivery'>;

/** Asks for every file before anything is written. @throws what `tools.attachment` says of one that is not there. */
export async function askForFiles({ attachment, delivery }: FileRun, steps: readonly PlannedStep[]): Promise<void> {
  for (const { files } of steps) for (const { file } of files) await attachment(file, delivery.scope);
}

/** The files of a step as 1C takes them, base64; read when they are sent, and not kept. */
export async function filesOf({ attachment, delivery }: FileRun, { files }: PlannedStep): Promise<Entity> {
  const fields: Record<string, string> = {};
  for (const { wire, file } of files) {
    const kept = await attachment(file, delivery.scope);
    fields[wire] = (await bytesOf(kept)).toString('base64');
  }
  return fields;
}
