import { extname } from 'node:path';
import { failureOf } from '../drop/failure.ts';
import { numbered, shortHash } from '../drop/disk.ts';
import { fileSafe } from './file-name.ts';
import type { AdapterTools, DeliveryContext } from '../../src/adapter.ts';
import { bytesOf } from '../../src/toolkit.ts';
import type { Depot } from '../drop/depot.ts';
import type { CellValue } from './cells.ts';
import { isNamedFile } from './named-file.ts';
import type { NamedFile } from './named-file.ts';
import type { CsvRecord } from './settings.ts';

/**
 * Puts the files that a record names into the folder, before its row, and gives the row with their names in place of
 * them. The name is the same over attempts: a file that is there already with these bytes is its own.
 * @throws what `tools.attachment` and the depot say.
 */
export async function filesBeside(
  record: CsvRecord,
  delivery: DeliveryContext,
  { attachment }: Pick<AdapterTools, 'attachment'>,
  depot: Depot,
): Promise<Readonly<Record<string, CellValue>>> {
  const cells: Record<string, CellValue> = {};
  for (const [column, value] of Object.entries(record)) {
    if (!isNamedFile(value)) {
      cells[column] = value;
      continue;
    }
    const kept = await attachment(value.file, delivery.scope);
    const wanted = nameOf(value, kept.type, shortHash(`${delivery.idempotencyKey}\n${column}`).slice(0, 8));
    cells[column] = await placed(wanted, await bytesOf(kept), depot);
  }
  return cells;
}

/** `CV-1a2b3c4d.pdf`: no two deliveries share one. */
function nameOf({ name }: NamedFile, type: string, mark: string): string {
  const given = name ?? '';
  const ending = /^\.[a-z0-9]{1,8}$/i.exec(extname(given))?.[0] ?? `.${/\/([a-z0-9]{2,5})$/.exec(type)?.[1] ?? 'bin'}`;
  const stem = fileSafe(given.endsWith(ending) ? given.slice(0, -ending.length) : given);
  return `${stem === '_' ? 'file' : stem}-${mark}${ending.toLowerCase()}`;
}

async function placed(wanted: string, bytes: Uint8Array, depot: Depot): Promise<string> {
  try {
    await depot.open();
    for (let number = 1; ; number += 1) {
      const name = numbered(wanted, number);
      const file = depot.path(name);
      if (await depot.holds(file, bytes)) return name;
      if (await depot.exists(file)) continue;
      const hidden = depot.path(`.${name}.part`);
      await depot.writeHidden(hidden, bytes);
      if ((await depot.place(hidden, file)) === 'placed') {
        await depot.flush();
        return name;
      }
      await depot.remove(hidden);
    }
  } catch (error) {
    throw failureOf(error, depot.folder);
  }
}
