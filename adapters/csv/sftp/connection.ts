import { createHash } from 'node:crypto';
import type { Client, SFTPWrapper } from 'ssh2';
import { UnavailableError } from '../../../src/adapter.ts';
import { keyIn } from './key-file.ts';
import type { SftpSettings } from './settings.ts';

const keepAlive = 15_000;

interface ConnectionOptions extends SftpSettings {
  /** Milliseconds for a connection, and for each request. */
  readonly timeout: number;
}

interface Opened {
  readonly client: Client;
  readonly session: SFTPWrapper;
}

/** One session with an SFTP server, made when it is needed and again when it broke. */
export class SftpConnection {
  readonly #options: ConnectionOptions;
  #client: Client | undefined;
  #open: Promise<Opened> | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  /**
   * Asks the server for one thing, in the time a request may take; what breaks closes the session.
   *
   * @throws an error with the system's word for the server's status: `ENOENT`, `EACCES`, `EIO`; UnavailableError when
   *   the server cannot be reached, is another one, refuses the user or falls silent.
   */
  async ask(what: (session: SFTPWrapper, done: (error?: Error | null) => void) => void): Promise<void> {
    const { client, session } = await this.#opened();
    await new Promise<void>((resolve, reject) => {
      const settled = (): void => {
        clearTimeout(timer);
        session.off('close', closed);
      };
      const broke = (error: Error): void => {
        settled();
        this.#leave(client);
        reject(error);
      };
      const timer = setTimeout(() => broke(silent(this.#options)), this.#options.timeout);
      const closed = (): void => broke(lost(this.#options));
      session.once('close', closed);
      try {
        what(session, (error) => {
          // Without a status it was no answer.
          if (error && !('code' in error && typeof error.code === 'number')) return broke(lost(this.#options));
          settled();
          if (error) reject(named(error));
          else resolve();
        });
      } catch {
        // The library asks nothing that the server does not offer.
        settled();
        reject(named(Object.assign(new Error('not offered'), { code: notOffered })));
      }
    });
  }

  close(): void {
    const client = this.#client;
    this.#client = undefined;
    this.#open = undefined;
    client?.end();
  }

  /** Its last events may come when another session is in use already. */
  #leave(client: Client): void {
    if (this.#client === client) this.close();
    client.destroy();
  }

  async #opened(): Promise<Opened> {
    const open = this.#open ?? this.#connect();
    this.#open = open;
    try {
      return await open;
    } catch (error) {
      if (this.#open === open) this.#open = undefined;
      throw error;
    }
  }

  async #connect(): Promise<Opened> {
    const { host, port, user, password, key, passphrase, hostKey, timeout } = this.#options;
    const privateKey = key === undefined ? undefined : await keyIn(key);
    const { default: ssh2 } = await import('ssh2'); // few targets need it, and every command would load it
    const client = new ssh2.Client();
    this.#client = client;
    let shown = '';
    const leave = (): void => this.#leave(client);
    return new Promise((resolve, refuse) => {
      const reject = (error: Error): void => {
        clearTimeout(timer);
        leave();
        refuse(error);
      };
      // A server may let the user in and then open no session.
      const timer = setTimeout(() => reject(silent(this.#options)), timeout);
      // Each request waits for the answer to the one before: with Nagle's algorithm that took twice as long.
      client.on('connect', () => client.setNoDelay(true));
      client.on('ready', () => {
        client.sftp((error, session) => {
          if (error !== undefined) return reject(unreachable(this.#options, error));
          clearTimeout(timer);
          // What is not asked for is reported by whoever asks next.
          session.on('error', leave);
          session.setMaxListeners(0); // each request in flight has one, and every one takes it back
          resolve({ client, session });
        });
      });
      client.on('error', (error) => {
        reject(shown !== '' && shown !== hostKey ? another(this.#options, shown) : unreachable(this.#options, error));
      });
      client.on('close', () => reject(lost(this.#options)));
      // Servers with PAM often ask for the password as a question (RFC 4256) and know no method `password`.
      client.on('keyboard-interactive', (_name, _instructions, _language, prompts, answer) => {
        answer(prompts.map(() => password));
      });
      try {
        client.connect({
          host,
          port,
          username: user,
          ...(password === '' ? {} : { password, tryKeyboard: true }),
          ...(privateKey === undefined ? {} : { privateKey, passphrase }),
          readyTimeout: 0, // the timer above covers it
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

const notOffered = 8;
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
  if ('level' in error && error.level === 'handshake')
    return new UnavailableError({
      ru: `${at}: не договорились о шифровании: сервер знает только устаревшее или ждёт другого протокола на этом порту. Проверьте порт; старому серверу нужно обновление.`,
      en: `${at}: no common encryption: the server knows outdated kinds alone, or another protocol answers at this port. Check the port; an old server needs an update.`,
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
