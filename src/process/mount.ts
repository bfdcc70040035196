import { type FileHandle, open, readFile, realpath } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { errorCode } from './error-code.ts';

/** What is mounted somewhere, as proc_pid_mountinfo(5) tells it; never by device number, which a reboot changes. */
export interface Mount {
  readonly point: string;
  /** `ext4`, `cifs`, `nfs4`, `overlay`, … */
  readonly type: string;
  /** `/dev/sda1`, `//server/share`, `server:/export`, … */
  readonly source: string;
}

const ownProcess = '/proc/self';

interface MountLine extends Mount {
  readonly id: string;
  readonly parent: string;
}

/**
 * The mount that a folder, which has to be there, lies on; undefined where the system has no such table (it is not
 * Linux). The folder is opened first: that alone mounts what an automounter keeps ready.
 *
 * @param proc where the system tells of this process.
 * @throws what the system says of the folder or of its table.
 */
export async function mountOf(folder: string, proc = ownProcess): Promise<Mount | undefined> {
  if (process.platform !== 'linux' && proc === ownProcess) return undefined;
  const handle = await openIfReadable(folder);
  try {
    const table = await readIfThere(join(proc, 'mountinfo'));
    if (table === undefined) return undefined;
    const lines = parseMounts(table);
    // Links followed, mounts stacked on one another, bind mounts: the open folder knows on which of them it is.
    const info = handle && (await readIfThere(join(proc, 'fdinfo', String(handle.fd))));
    const id = /^mnt_id:\s*(\d+)$/m.exec(info ?? '')?.[1];
    const found = lines.find((line) => line.id === id) ?? walkTo(await realpath(folder), lines);
    return found && { point: found.point, type: found.type, source: found.source };
  } finally {
    await handle?.close();
  }
}

/** A folder that takes files and shows none cannot be opened. */
async function openIfReadable(folder: string): Promise<FileHandle | undefined> {
  try {
    return await open(folder, 'r');
  } catch (error) {
    if (errorCode(error) === 'EACCES') return undefined;
    throw error;
  }
}

export function isSameMount(one: Mount, other: Mount): boolean {
  return one.point === other.point && one.type === other.type && one.source === other.source;
}

/** An automounter that stands alone: what it should mount is not there. */
export function isOnlyPromised({ type }: Mount): boolean {
  return type === 'autofs';
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** `36 35 98:0 /root /point opts shared:1 - type source superopts`; any number of optional fields before the dash. */
function parseMounts(table: string): MountLine[] {
  return table.split('\n').flatMap((line): MountLine[] => {
    const fields = line.split(' ');
    const dash = fields.indexOf('-', 6);
    const [id, parent, , , point] = fields;
    const type = fields[dash + 1];
    if (dash === -1 || id === undefined || parent === undefined || point === undefined || type === undefined) return [];
    return [{ id, parent, point: unescape(point), type: unescape(type), source: unescape(fields[dash + 2] ?? '') }];
  });
}

/** The kernel writes blank, tab, line feed, backslash and # as `\040`; other bytes stay as they are. */
function unescape(field: string): string {
  return field.replace(/\\([0-7]{3})/g, (_whole, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}

/** As the kernel walks: from the root, at each step into what is mounted there; what a later mount hides is not met. */
function walkTo(path: string, lines: readonly MountLine[]): MountLine | undefined {
  const ids = new Set(lines.map(({ id }) => id));
  let here: MountLine | undefined = lines.find(
    ({ id, parent, point }) => point === '/' && (parent === id || !ids.has(parent)),
  );
  const met = new Set<MountLine>();
  for (let next = here; next !== undefined && !met.has(next);) {
    here = next;
    met.add(here);
    next = nextOnTheWay(path, here, lines);
  }
  return here ?? deepest(path, lines);
}

function nextOnTheWay(path: string, here: MountLine, lines: readonly MountLine[]): MountLine | undefined {
  return lines
    .filter((line) => line !== here && line.parent === here.id && covers(line.point, path))
    .reduce<MountLine | undefined>(
      // The nearest is met first; of several at one place the last one lies on top.
      (nearest, line) => (nearest === undefined || line.point.length <= nearest.point.length ? line : nearest),
      undefined,
    );
}

/** Where the root itself is not in the table (a changed root). */
function deepest(path: string, lines: readonly MountLine[]): MountLine | undefined {
  return lines
    .filter((line) => covers(line.point, path))
    .reduce<MountLine | undefined>(
      (best, line) => (best === undefined || line.point.length >= best.point.length ? line : best),
      undefined,
    );
}

function covers(point: string, path: string): boolean {
  return point === '/' || path === point || path.startsWith(`${point.replace(/\/$/, '')}${posix.sep}`);
}
