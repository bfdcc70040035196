import type { InferType } from 'yup';
import type { Fault } from '../files/fault.ts';
import type { YamlDocument } from '../files/yaml-document.ts';
import type { QuarantineBounds } from './keeping.ts';
import type { sourceSchema } from './source-schema.ts';
import { oddEnds, trimmed } from './odd-ends.ts';

/** Stage ids and names by alias, as written. */
export type Stages = Readonly<Record<string, readonly (string | number)[]>>;

/** Who may send to us: `POST /webhooks/<name>`. */
export interface Source {
  readonly name: string;
  /**
   * Each that is valid now, as written and, where blanks, line ends, quotes and the like stand around it, without
   * them. Without empty ones.
   */
  readonly secrets: readonly string[];
  /** Takes what nobody signed, also through a proxy. */
  readonly unsigned: boolean;
  /** Stands in for `meta.domain` and account id, or undefined. */
  readonly scope: string | undefined;
  /** The organisation's stages with the source's own put over them. */
  readonly stages: Stages;
  /** What is kept of what nobody signed rightly; undefined: it is refused. */
  readonly quarantine?: QuarantineBounds | undefined;
}

/**
 * The valid forms of a source's secrets. What stands around one came along from a file, a shell or a chat: Huntflow
 * signs either with it or without it, and nobody can tell which from here.
 */
function secretsOf(written: readonly string[]): string[] {
  const sound = written.filter((secret) => trimmed(secret) !== '');
  return [...new Set(sound.flatMap((secret) => [secret, secret.trim(), trimmed(secret)]))];
}

/** `common`: the stages of the organisation, which the source's own complete and replace. */
export function sourceOf(name: string, written: InferType<typeof sourceSchema>, common: Stages): Source {
  const { unsigned, scope, quarantine, stages } = written;
  return {
    name,
    secrets: secretsOf(written.secrets),
    unsigned,
    scope,
    ...(quarantine && { quarantine }),
    stages: { ...common, ...stages },
  };
}

/** A warning for each secret with something around it: with what, and where it is written. */
export function oddSecrets(written: readonly string[], name: string, document: YamlDocument): Fault[] {
  return written.flatMap((secret, index) => {
    const odd = oddEnds(secret);
    if (odd === undefined || trimmed(secret) === '') return [];
    return document.fault(
      ['sources', name, 'secrets', index],
      {
        ru:
          `секрет источника «${name}» записан странно: ${odd.ru}; подходит и так, и без этого, но лучше исправить ` +
          'там, откуда он взят (файл, переменная окружения), чтобы он в точности совпадал с секретом в Huntflow',
        en:
          `the secret of source "${name}" looks odd: it ${odd.en}; it is valid with and without that, but better mend it ` +
          "where it comes from (a file, the environment), so that it is exactly the one in Huntflow's settings",
      },
      { level: 'warning' },
    );
  });
}

/** `loopback`: nobody but this machine can send; what comes through a proxy is refused then. */
export function withoutSecret(document: YamlDocument, name: string, loopback: boolean): Fault {
  return document.fault(
    ['sources', name],
    loopback
      ? {
          ru:
            `у источника «${name}» нет секрета: вебхук мог прислать кто угодно на этой машине, а всё, что приходит через прокси, отклоняется; ` +
            'задайте secrets или, если так и задумано, unsigned: true',
          en:
            `source "${name}" has no secret: anybody on this machine could have sent its webhooks, and whatever comes ` +
            'through a proxy is refused; set secrets, or unsigned: true if that is meant',
        }
      : {
          ru: `у источника «${name}» нет секрета: вебхук мог прислать кто угодно; задайте secrets или, если так и задумано, unsigned: true`,
          en:
            `source "${name}" has no secret, so anybody could have sent its webhooks: set ` +
            'secrets, or unsigned: true if that is meant',
        },
    { level: loopback ? 'warning' : 'error', atKey: true },
  );
}
