import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Client, SFTPWrapper } from 'ssh2';
import { UnavailableError } from '../../../src/adapter.ts';
import { diskError } from '../../../src/toolkit.ts';
import type { SftpSettings } from './settings.ts';

const keepAlive = 15_000;

interface ConnectionOptions extends SftpSettings {
  /** Milliseconds for a connection, and for each request. */
  readonly timeout: number;
}

/** One session with an SFTP server, made when it is needed and again when it broke. */
export class SftpConnection {
  readonly #options: ConnectionOptions;
  #client: Client | undefined;
  #session: SFTPWrapper | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  /** @throws UnavailableError when the server cannot be reached, is another one, or refuses the user. */
  async session(): Promise<SFTPWrapper> {
    return this.#session ?? (this.#session = await this.#connect());
  }

  /**
   * Asks the server for one thing, in the time a request may take; what breaks closes the session.
   *
   * @throws an error with the system's word for the server's status: `ENOENT`, `EACCES`, `EIO`.
   */
  async ask(what: (session: SFTPWrapper, done: (error?: Error | null) => void) => void): Promise<void> {
    const session = await this.session();
    await new Promise<void>((resolve, reject) => {
      const broke = (error: Error): void => {
        this.close();
        reject(error);
      };
      const timer = setTimeout(() => broke(silent(this.#options)), this.#options.timeout);
      const closed = (): void => broke(lost(this.#options));
      session.once('close', closed);
      what(session, (error) => {
        clearTimeout(timer);
        session.off('close', closed);
        // Without a status it was no answer.
        if (error && !('code' in error && typeof error.code === 'number')) broke(lost(this.#options));
        else if (error) reject(named(error));
        else resolve();
      });
    });
  }

  close(): void {
    const client = this.#client;
    this.#client = undefined;
    this.#session = undefined;
    client?.end();
  }

  async #connect(): Promise<SFTPWrapper> {
    const { host, port, user, password, key, passphrase, hostKey, timeout } = this.#options;
    const privateKey =
      key === undefined
        ? undefined
        : await readFile(key).catch((error: unknown) => {
            throw diskError(error, key);
          });
    const { default: ssh2 } = await import('ssh2'); // few targets need it, and every command would load it
    const client = new ssh2.Client();
    let shown = '';
    // Its last events may come when another session is in use already.
    const leave = (): void => {
      if (this.#client === client) this.close();
      else client.end();
    };
    return new Promise((resolve, reject) => {
      // Each request waits for the answer to the one before: with Nagle's algorithm that took twice as long.
      client.on('connect', () => client.setNoDelay(true));
      client.on('ready', () => {
        client.sftp((error, session) => {
          if (error !== undefined) return reject(unreachable(this.#options, error));
          this.#client = client;
          // What is not asked for is reported by whoever asks next.
          session.on('error', leave);
          session.setMaxListeners(0); // each request in flight has one, and every one takes it back
          resolve(session);
        });
      });
      client.on('error', (error) => {
        leave();
        reject(shown !== '' && shown !== hostKey ? another(this.#options, shown) : unreachable(this.#options, error));
      });
      client.on('close', () => {
        leave();
        reject(lost(this.#options));
      });
      try {
        client.connect({
          host,
          port,
          username: user,
          ...(password === '' ? {} : { password }),
          ...(privateKey === undefined ? {} : { privateKey, passphrase }),
          readyTimeout: timeout,
          keepaliveInterval: keepAlive,
          keepaliveCountMax: 2,
          hostVerifier: (serverKey: Buffer) => {
            shown = `SHA256:${createHash('sha256').update(serverKey).digest('base64').replace(/=+$/, '')}`;
            return shown === hostKey;
          },
        });
      } catch {
        // Its words may quote the key.
        reject(unreadable(key ?? ''));
      }
    });
  }
}

const words: Readonly<Record<number, string>> = { 2: 'ENOENT', 3: 'EACCES', 4: 'EIO', 8: 'ENOTSUP' };

/** SFTP tells why by a number (draft-ietf-secsh-filexfer-02, 7); its text may quote a path, so it stays out. */
function named(error: Error): Error {
  const status = 'code' in error && typeof error.code === 'number' ? error.code : 4;
  return Object.assign(new Error('the server refused'), { code: words[status] ?? 'EIO' });
}

function addressOf({ host, port }: SftpSettings): string {
  return `sftp://${host}:${port}`;
}

function unreachable(options: SftpSettings, error: Error): UnavailableError {
  const at = addressOf(options);
  if ('level' in error && error.level === 'client-authentication')
    return new UnavailableError({
      ru: `${at}: сервер не пускает: проверьте user и password или key.`,
      en: `${at}: the server refuses the user: check user, and password or key.`,
    });
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'no answer';
  return new UnavailableError({
    ru: `${at}: соединиться не удалось (${code}). Проверьте адрес и сеть; повторим.`,
    en: `${at}: no connection (${code}). Check the address and the network; it will be tried again.`,
  });
}

function unreadable(key: string): UnavailableError {
  return new UnavailableError({
    ru: `${key}: это не закрытый ключ, или passphrase не от него.`,
    en: `${key}: this is no private key, or the passphrase does not open it.`,
  });
}

function another(options: SftpSettings, shown: string): UnavailableError {
  const at = addressOf(options);
  return new UnavailableError({
    ru: `${at}: у сервера другой ключ: ${shown}, а не ${options.hostKey}. Ничего не отдано. Если ключ сменили, исправьте hostKey.`,
    en:
      `${at}: the server has another key: ${shown}, not ${options.hostKey}. Nothing was sent. If it was ` +
      'changed, mend hostKey.',
  });
}

function silent(options: SftpSettings): UnavailableError {
  const at = addressOf(options);
  return new UnavailableError({
    ru: `${at}: сервер не ответил вовремя; повторим.`,
    en: `${at}: the server did not answer in time; it will be tried again.`,
  });
}

function lost(options: SftpSettings): UnavailableError {
  const at = addressOf(options);
  return new UnavailableError({
    ru: `${at}: соединение оборвалось; повторим и увидим, что уже записано.`,
    en: `${at}: the connection broke; the next try will see what is there.`,
  });
}
