import { readFileSync, statSync } from 'node:fs';
import type { AgentOptions } from 'node:https';
import { UnavailableError } from '../../src/adapter.ts';
import type { AdapterTools } from '../../src/adapter.ts';
import { errorCode } from '../../src/toolkit.ts';

/** Files of `settings.tls`, absolute. */
export interface TlsSettings {
  readonly ca?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  readonly pfx?: string | undefined;
  readonly passphrase?: string | undefined;
  readonly servername?: string | undefined;
}

const files = ['ca', 'cert', 'key', 'pfx'] as const;

/** Certificates from files, read again once one of them has changed: they are renewed while the service runs. */
export class TlsFiles {
  readonly #settings: TlsSettings;
  #read: { readonly stamp: string; readonly options: AgentOptions } | undefined;

  /** Relative paths start at connector.yaml. */
  constructor(settings: TlsSettings, resolvePath: AdapterTools['resolvePath']) {
    const paths = files.flatMap((name) => {
      const path = settings[name];
      return path === undefined ? [] : [[name, resolvePath(path)]];
    });
    this.#settings = { ...settings, ...Object.fromEntries(paths) };
  }

  /** The same object as long as the files are the same. @throws UnavailableError when one cannot be read. */
  options(): AgentOptions {
    const { passphrase, servername } = this.#settings;
    const stamp = files.map((name) => this.#stampOf(name)).join(' ');
    if (this.#read?.stamp === stamp) return this.#read.options;
    const options: AgentOptions = {
      ...Object.fromEntries(
        files.flatMap((name) => (this.#settings[name] === undefined ? [] : [[name, this.#bytesOf(name)]])),
      ),
      ...(passphrase !== undefined && { passphrase }),
      ...(servername !== undefined && { servername }),
    };
    this.#read = { stamp, options };
    return options;
  }

  #stampOf(name: (typeof files)[number]): string {
    const path = this.#settings[name];
    if (path === undefined) return '-';
    return this.#reading(name, () => {
      const { mtimeMs, size, ino } = statSync(path);
      return `${mtimeMs}/${size}/${ino}`;
    });
  }

  #bytesOf(name: (typeof files)[number]): Buffer {
    return this.#reading(name, () => readFileSync(this.#settings[name] ?? ''));
  }

  #reading<T>(name: string, read: () => T): T {
    try {
      return read();
    } catch (error) {
      const code = errorCode(error) ?? 'no code';
      throw new UnavailableError({
        ru: `Файл tls.${name} не читается (${code}): проверьте путь в settings и права пользователя службы.`,
        en:
          `The file of tls.${name} cannot be read (${code}): check its path in settings and the rights of the ` +
          `service's user.`,
      });
    }
  }
}
