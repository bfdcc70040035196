import { constants } from 'node:fs';
import { access, mkdir, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UnavailableError } from '../adapter.ts';
import { errorCode } from '../process/error-code.ts';
import { isOnlyPromised, isSameMount, type Mount, mountOf } from '../process/mount.ts';
import type { Text } from '../text.ts';
import { diskError, ifPresent } from './disk-error.ts';
import { KeptMount } from './kept-mount.ts';

interface WrittenFolderOptions {
  readonly target: string;
  /** Absolute. */
  readonly folder: string;
  /** Whether a missing folder is made; its parent never is. */
  readonly create: boolean;
  /** Of the target, absolute; made when the mount is first remembered. */
  readonly stateFolder: () => string;
  /** Where the system tells of this process; another one in tests. */
  readonly proc?: string | undefined;
}

/**
 * The folder that a target writes to: there, a folder, and on the mount where it was at the first time. A share that
 * dropped off leaves its mount point behind, an empty folder of the local disk, and rows must not vanish in it.
 */
export class WrittenFolder {
  readonly folder: string;
  readonly #options: WrittenFolderOptions;
  readonly #kept: KeptMount;

  constructor(options: WrittenFolderOptions) {
    this.folder = options.folder;
    this.#options = options;
    this.#kept = new KeptMount(options.stateFolder);
  }

  /**
   * To be called before each write: makes the folder where the settings say so, and remembers its mount.
   *
   * @param make false: a folder that is missing has to come back, since something in it is not settled yet.
   * @throws UnavailableError when nothing may be written there now.
   */
  async open(make = true): Promise<void> {
    try {
      if (!(await this.#isThere())) {
        if (!make || !this.#options.create) throw missing(this.folder);
        // Looked at before anything is made: where the share was there may be nothing but the local disk now.
        await this.#expectMount(dirname(this.folder));
        await makeFolder(this.folder);
      }
      const mount = await this.#expectMount(this.folder);
      if (mount !== undefined && this.#kept.read() === undefined) this.#kept.write(mount);
    } catch (error) {
      throw error instanceof UnavailableError ? error : diskError(error, this.folder);
    }
  }

  /** Notes the mount before the first write, so that a share which drops off until then is missed too; never throws. */
  async remember(): Promise<void> {
    try {
      if (this.#kept.read() !== undefined || !(await this.#isThere())) return;
      const mount = await this.#mountAt(this.folder);
      if (mount !== undefined) this.#kept.write(mount);
    } catch {
      // The first write will say what is wrong.
    }
  }

  /** Why nothing can be written there, as far as it can be known without writing. */
  async problem(): Promise<Text | undefined> {
    try {
      const there = await this.#isThere();
      if (!there && !this.#options.create) throw missing(this.folder);
      const at = there ? this.folder : dirname(this.folder);
      await this.#expectMount(at);
      await access(at, constants.W_OK | constants.X_OK);
      await expectSpace(at);
      return undefined;
    } catch (error) {
      return (error instanceof UnavailableError ? error : diskError(error, this.folder)).text;
    }
  }

  /**
   * A person says that the mount which is there now is the right one; undefined where the system does not tell mounts.
   *
   * @throws UnavailableError when the folder cannot be reached.
   */
  async confirm(): Promise<Mount | undefined> {
    try {
      if (!(await this.#isThere()) && !this.#options.create) throw missing(this.folder);
      const mount = await this.#mountAt((await this.#isThere()) ? this.folder : dirname(this.folder));
      if (mount !== undefined) this.#kept.write(mount);
      return mount;
    } catch (error) {
      throw error instanceof UnavailableError ? error : diskError(error, this.folder);
    }
  }

  async #isThere(): Promise<boolean> {
    const there = await ifPresent(stat(this.folder));
    if (there?.isDirectory() === false) throw Object.assign(new Error('not a folder'), { code: 'ENOTDIR' });
    return there !== undefined;
  }

  async #expectMount(at: string): Promise<Mount | undefined> {
    const mount = await this.#mountAt(at);
    const kept = this.#kept.read();
    if (mount !== undefined && kept !== undefined && (kept === 'damaged' || !isSameMount(mount, kept)))
      throw this.#another(mount, kept);
    return mount;
  }

  async #mountAt(at: string): Promise<Mount | undefined> {
    const mount = await mountOf(at, this.#options.proc);
    if (mount !== undefined && isOnlyPromised(mount)) throw notMounted(this.folder, mount);
    return mount;
  }

  #another(mount: Mount, kept: Mount | 'damaged'): UnavailableError {
    const { target } = this.#options;
    const now = nameOf(mount);
    if (kept === 'damaged')
      return new UnavailableError({
        ru: `${this.folder}: не прочитать, на каком диске папка была раньше; сейчас это ${now}. Если он тот, скажите: huntflow-connector targets confirm ${target}.`,
        en:
          `${this.folder}: what disk the folder was on cannot be read; now it is ${now}. If that is right, say: ` +
          `huntflow-connector targets confirm ${target}.`,
      });
    const before = nameOf(kept);
    return new UnavailableError({
      ru: `${this.folder}: раньше здесь был диск ${before}, а сейчас ${now}. Подключите прежний; если новый верен, скажите: huntflow-connector targets confirm ${target}. До тех пор записи ждут.`,
      en:
        `${this.folder}: the disk here was ${before}, and now it is ${now}. Mount the former one; if the new one is ` +
        `right, say: huntflow-connector targets confirm ${target}. Until then records wait.`,
    });
  }
}

/** `//server/share (cifs) at /mnt/share`: without a language of its own. */
export function nameOf({ source, type, point }: Mount): string {
  return `${source} (${type}, ${point})`;
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o770 });
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
}

/** Many shares tell no sizes at all: 0 blocks. */
async function expectSpace(folder: string): Promise<void> {
  const { blocks, bavail } = await statfs(folder);
  if (blocks > 0 && bavail === 0) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
}

function missing(folder: string): UnavailableError {
  return new UnavailableError({
    ru: `${folder}: папки нет. Если она на общем ресурсе, подключите его; если нет, создайте её или добавьте в настройки цели create: true (ENOENT).`,
    en:
      `${folder}: there is no such folder. If it is on a share, mount it; if not, make it, or add create: true to ` +
      'the settings of the target (ENOENT).',
  });
}

function notMounted(folder: string, { point }: Mount): UnavailableError {
  return new UnavailableError({
    ru: `${folder}: общий ресурс в ${point} не подключился. Проверьте его сервер и настройки автомонтирования.`,
    en: `${folder}: the share at ${point} did not get mounted. Check its server and the automounter's settings.`,
  });
}
