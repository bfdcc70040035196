import { statfs } from 'node:fs/promises';
import type { RefusedMapping } from '../mapping/mappings.ts';
import { briefFault } from '../files/fault.ts';
import type { Text } from '../text.ts';
import type { Sighting } from './alarm.ts';

const megabyte = 1024 ** 2;

/** Bytes: a thousand webhooks with their deliveries take some 10 MB. Once raised, more must be free for its end. */
export const littleSpace = 500 * megabyte;
const enoughSpace = 600 * megabyte;

/** Bytes that whoever runs this may still write there; undefined: nobody can tell. */
export async function freeSpace(folder: string): Promise<number | undefined> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return undefined;
  }
}

/** `left`: MB. What is at stake depends on whose folder it is: rows of a target wait, webhooks cannot. */
export function littleLeft(
  left: number,
  folder: string,
  targets: readonly { readonly name: string; readonly folder?: string | undefined }[],
): Text {
  const target = targets.find((each) => each.folder === folder);
  if (target === undefined)
    return {
      ru: `на диске осталось ${left} МБ (${folder}): освободите место, на полном диске вебхуки не сохранить`,
      en: `${left} MB are left on the disk (${folder}): make room, a full disk takes no webhooks`,
    };
  return {
    ru: `на диске осталось ${left} МБ (${folder}): освободите место, на полном диске доставки цели «${target.name}» ждут`,
    en: `${left} MB are left on the disk (${folder}): make room, on a full disk the deliveries of "${target.name}" wait`,
  };
}

/** `before`: causes that stood at the last look. */
export async function diskSightings(
  folders: readonly string[],
  before: ReadonlySet<string>,
  targets: Parameters<typeof littleLeft>[2],
  space: (folder: string) => Promise<number | undefined> = freeSpace,
): Promise<Sighting[]> {
  const sightings: Sighting[] = [];
  for (const folder of new Set(folders)) {
    const free = await space(folder);
    const cause = `disk/${folder}`;
    if (free === undefined || free >= (before.has(cause) ? enoughSpace : littleSpace)) continue;
    const left = Math.floor(free / megabyte);
    sightings.push({
      cause,
      kind: 'disk',
      subject: folder,
      count: left,
      text: littleLeft(left, folder, targets),
    });
  }
  return sightings;
}

export function mappingSightings(refused: readonly RefusedMapping[]): Sighting[] {
  return refused.map(({ file, faults, instead }) => {
    const fault = faults.find(({ level }) => level === 'error');
    const [ru, en] = fault === undefined ? ['', ''] : [briefFault(fault, 'ru'), briefFault(fault, 'en')];
    return {
      cause: `mapping/${file}`,
      kind: 'mapping',
      subject: file,
      count: faults.length,
      text: {
        ru: `файл маппинга ${file} не принят: ${ru}. ${instead === undefined ? 'События проходят мимо него и сосчитаны: после исправления replay --missed.' : 'Работает прежняя версия.'}`,
        en: `the mapping file ${file} was refused: ${en}. ${instead === undefined ? 'Events pass it by and are counted: replay --missed once it is mended.' : 'Its last good version works.'}`,
      },
    };
  });
}

/** Seconds that clocks may differ. */
const notable = 5;

/** `ahead`: seconds that this machine's clock is ahead of the database's, undefined where there is no other. */
export function clockSightings(ahead: number | undefined, machine: string): Sighting[] {
  if (ahead === undefined || Math.abs(ahead) < notable) return [];
  const seconds = Math.abs(ahead);
  return [
    {
      cause: `clock/${machine}`,
      kind: 'clock',
      subject: machine,
      count: seconds,
      text: {
        ru: `часы машины ${machine} ${ahead > 0 ? 'спешат' : 'отстают'} на ${seconds} с от часов базы данных: поставьте верное время (NTP)`,
        en: `the clock of the machine ${machine} is ${seconds} s ${ahead > 0 ? 'ahead of' : 'behind'} the database's: set the one that is wrong (NTP)`,
      },
    },
  ];
}
