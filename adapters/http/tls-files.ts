import { readFileSync, statSync } from 'node:fs';
import type { AgentOptions } from 'node:https';
import { createSecureContext } from 'node:tls';
import { UnavailableError } from '../../src/adapter.ts';
import type { AdapterTools, Finding, ForesightContext, Text } from '../../src/adapter.ts';
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
class TlsFiles {
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
    this.#tryOut(options);
    this.#read = { stamp, options };
    return options;
  }

  /** What is wrong with the files just now; undefined: nothing. */
  problem(): Text | undefined {
    try {
      this.options();
      return undefined;
    } catch (error) {
      if (error instanceof UnavailableError) return error.text;
      throw error;
    }
  }

  /** Their faults have a sentence here, not a code at the first connection. */
  #tryOut(options: AgentOptions): void {
    try {
      createSecureContext(options);
    } catch (error) {
      throw new UnavailableError(faultOf(error));
    }
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

/** For a client: the certificates of `settings.tls` as they are at each request; undefined: the system's do. */
export function tlsOf(
  tls: TlsSettings | undefined,
  { resolvePath }: Pick<AdapterTools, 'resolvePath'>,
): (() => AgentOptions) | undefined {
  const files = tls && new TlsFiles(tls, resolvePath);
  return files && (() => files.options());
}

/** For `foresees`: the files of `settings.tls` that `check` finds at fault. */
export function foreseenOf(
  tls: TlsSettings | undefined,
  { resolvePath }: Pick<ForesightContext, 'resolvePath'>,
): readonly Finding[] {
  const text = tls && new TlsFiles(tls, resolvePath).problem();
  return text === undefined ? [] : [{ level: 'error', text }];
}

/** OpenSSL's own words name no data, but they stay out: they mean nothing to people. */
function faultOf(error: unknown): Text {
  const words = `${errorCode(error) ?? ''} ${error instanceof Error ? error.message : ''}`;
  if (/unsupported/i.test(words))
    return {
      ru: 'Ключ или PFX в tls записан старым способом (RC2-40): выгрузите его заново с AES или возьмите PEM.',
      en: 'The key or PFX of tls is of an old make (RC2-40): export it again with AES, or use PEM.',
    };
  if (/mac verify|bad.decrypt|bad.password|interrupted/i.test(words))
    return {
      ru: 'Пароль tls.passphrase не подходит к ключу или PFX: исправьте его в settings.',
      en: 'The passphrase of tls does not open the key or the PFX: mend it in settings.',
    };
  if (/mismatch/i.test(words))
    return {
      ru: 'Ключ tls.key не от сертификата tls.cert: возьмите файлы одной пары.',
      en: 'The key of tls.key is not the one of the certificate tls.cert: take the files of one pair.',
    };
  return {
    ru: 'Файлы в tls не читаются как сертификаты: ca, cert и key — это PEM (-----BEGIN …), pfx — файл .pfx или .p12.',
    en: 'The files of tls are no certificates: ca, cert and key are PEM (-----BEGIN …), pfx is a .pfx or .p12 file.',
  };
}
