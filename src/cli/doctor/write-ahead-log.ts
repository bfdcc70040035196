import { statSync } from 'node:fs';
import type { Config } from '../../config/config.ts';
import { sqliteFile } from '../../database/url.ts';
import { type DoctorFinding, finding } from './finding.ts';

/** Bytes; what is written in a minute of storms is less, and SQLite begins the log anew each 4 MB. */
const long = 256 * 1024 ** 2;

/**
 * As long as another program reads what stood in the file a while ago, nothing written since can leave the log: 150
 * bodies of 600 KB made 832 MB beside a reader that never ended, for a row is written again when its event is mapped.
 */
export function logFindings({ database }: Config): DoctorFinding[] {
  const file = sqliteFile(database.url);
  const size = file === undefined ? 0 : (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0);
  if (size < long) return [];
  const megabytes = Math.floor(size / 1024 ** 2);
  return [
    finding(
      'database',
      'warning',
      `${file}-wal вырос до ${megabytes} МБ: другая программа давно читает базу и не заканчивает; найдите её (fuser -v ${file}) и завершите, журнал сократится сам`,
      `${file}-wal has grown to ${megabytes} MB: another program has been reading the database for long and does not ` +
        `end; find it (fuser -v ${file}) and end it, the log shrinks by itself`,
    ),
  ];
}
