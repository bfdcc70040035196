import { Readable } from 'node:stream';
import SmtpConnection from 'nodemailer/lib/smtp-connection';
import { UnavailableError } from '../../src/adapter.ts';
import { throughProxy } from '../http/proxy.ts';
import { tlsOf } from '../http/tls-files.ts';
import { refusalOf, type SmtpFault } from './refusal.ts';
import type { MailSettings } from './settings.ts';

/** What a server took. */
export interface Taken {
  readonly reply: string;
  /** Addresses it refused while it took the letter for others, each with its reply. */
  readonly refused: ReadonlyMap<string, number>;
}

export interface Letter {
  readonly from: string;
  readonly to: readonly string[];
  readonly bytes: Buffer;
}

/**
 * One connection a letter: a pool may send again what it is not sure of (facts/targets.md 5.1), and letters are few.
 */
export class Smtp {
  readonly #settings: MailSettings;
  readonly #timeout: number;
  readonly #tls: ReturnType<typeof tlsOf>;

  /** @param timeout milliseconds that connecting, greeting and every answer may take; all of it, five times that. */
  constructor(settings: MailSettings, timeout: number, resolvePath: (path: string) => string) {
    this.#settings = settings;
    this.#tls = tlsOf(settings.ca === undefined ? undefined : { ca: settings.ca }, { resolvePath });
    this.#timeout = timeout;
  }

  /**
   * @param leaving called right before the letter itself goes out.
   * @throws UnavailableError, RejectedError, UncertainError
   */
  async send(letter: Letter, signal: AbortSignal, leaving: () => void): Promise<Taken> {
    let begun = false;
    try {
      return await this.#connected(signal, async (connection) => {
        const body = Readable.from(
          (function* bytes() {
            begun = true;
            leaving();
            yield letter.bytes;
          })(),
        );
        const envelope = { from: letter.from, to: [...letter.to], size: letter.bytes.length };
        return new Promise<Taken>((resolve, reject) => {
          connection.send(envelope, body, (error, info) => {
            if (error) reject(error);
            else resolve({ reply: info?.response ?? '', refused: refusedOf(info?.rejectedErrors ?? []) });
          });
        });
      });
    } catch (error) {
      throw error instanceof UnavailableError ? error : refusalOf(faultOf(error), this.#settings.host, begun);
    }
  }

  /** Connects and logs in, and sends nothing. @throws UnavailableError */
  async greet(signal: AbortSignal): Promise<void> {
    try {
      await this.#connected(signal, async () => undefined);
    } catch (error) {
      throw error instanceof UnavailableError ? error : refusalOf(faultOf(error), this.#settings.host, false);
    }
  }

  async #connected<T>(stop: AbortSignal, use: (connection: SmtpConnection) => Promise<T>): Promise<T> {
    const { host, tls, user, password, proxy } = this.#settings;
    // A server that drips its replies is never silent.
    const signal = AbortSignal.any([stop, AbortSignal.timeout(this.#timeout * 5)]);
    const port = this.#settings.port ?? (tls === true ? 465 : 587);
    const connection = new SmtpConnection({
      host,
      port,
      ...(proxy && { connection: await throughProxy(new URL(proxy), host, port) }),
      secure: tls === true,
      requireTLS: tls === 'starttls',
      ignoreTLS: tls === false,
      ...(this.#tls && { tls: this.#tls() }),
      connectionTimeout: this.#timeout,
      greetingTimeout: this.#timeout,
      socketTimeout: this.#timeout,
      logger: false,
    });
    const cut = (): void => connection.close();
    try {
      return await new Promise<T>((resolve, reject) => {
        const aborted = (): void => reject(new AbortedError());
        if (signal.aborted) {
          aborted();
          return;
        }
        signal.addEventListener('abort', aborted, { once: true });
        connection.once('error', reject);
        connection.once('end', () => reject(new AbortedError()));
        const go = (): void => void use(connection).then(resolve, reject);
        connection.connect((failed) => {
          if (failed) reject(failed);
          else if (user)
            connection.login({ credentials: { user, pass: password ?? '' } }, (refused) =>
              refused ? reject(refused) : go(),
            );
          else go();
        });
      });
    } finally {
      connection.on('error', () => undefined); // what a closing connection still has to say changes nothing
      if (signal.aborted) cut();
      else connection.quit();
    }
  }
}

function refusedOf(errors: readonly unknown[]): ReadonlyMap<string, number> {
  return new Map(
    errors.flatMap((error): [string, number][] => {
      const recipient = error instanceof Error && 'recipient' in error ? error.recipient : undefined;
      return typeof recipient === 'string' ? [[recipient, faultOf(error).reply ?? 550]] : [];
    }),
  );
}

class AbortedError extends Error {
  readonly code = 'ECONNECTION';
}

/** nodemailer's errors carry more than their type says; only numbers and codes are taken, texts quote people. */
function faultOf(error: unknown): SmtpFault {
  const fields = new Map<string, unknown>(error instanceof Error ? Object.entries(error) : []);
  const names = ['code', 'responseCode', 'command', 'rejectedErrors', 'originalCode'];
  const [code, reply, command, rejected, original] = names.map((name) => fields.get(name));
  const recipients = Array.isArray(rejected) ? rejected : [];
  return {
    // OpenSSL's word for what ESOCKET hides.
    code: typeof original === 'string' ? original : typeof code === 'string' ? code : 'no code',
    reply: typeof reply === 'number' ? reply : undefined,
    command: typeof command === 'string' ? command : '',
    recipients: recipients.flatMap((one: unknown) => {
      const each = faultOf(one).reply;
      return each === undefined ? [] : [each];
    }),
  };
}
