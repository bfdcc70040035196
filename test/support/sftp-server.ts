import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  type Stats,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';
import ssh2 from 'ssh2';
import type { Attributes, Connection, SFTPWrapper } from 'ssh2';

const { OPEN_MODE, STATUS_CODE } = ssh2.utils.sftp;

/** What the server does instead of answering: for the next request of that name, then never again. */
export type Trick = (answer: () => void, cut: () => void) => void;

/** An SFTP server on the loopback over a folder of this machine, as OpenSSH behaves: a rename replaces nothing. */
export class SftpServer {
  readonly hostKey: string;
  readonly tricks = new Map<string, Trick>();
  /** How many were opened. */
  sessions = 0;
  /** Asks for the password as a question, as servers with PAM do, and takes it in no other way. */
  asks = false;
  readonly password = 'a-password-of-the-test';
  readonly #root: string;
  // Each answer leaves in two pieces: with Nagle's algorithm a request took 40 ms.
  readonly #listener = createServer({ noDelay: true }, (socket) => this.#server.injectSocket(socket));
  readonly #server: ssh2.Server;
  readonly #clients = new Set<Connection>();

  private constructor(root: string, algorithms: ssh2.Algorithms = {}) {
    this.#root = root;
    const keys = readableKeys();
    const digest = createHash('sha256').update(keys.ssh).digest('base64');
    this.hostKey = `SHA256:${digest.replace(/=+$/, '')}`;
    this.#server = new ssh2.Server({ hostKeys: [keys.private], algorithms }, (client) => this.#welcome(client));
  }

  static async start(root: string, algorithms: ssh2.Algorithms = {}): Promise<SftpServer> {
    const server = new SftpServer(root, algorithms);
    await server.listen(0);
    return server;
  }

  async listen(port: number): Promise<void> {
    this.#listener.listen(port, '127.0.0.1');
    await once(this.#listener, 'listening');
  }

  get port(): number {
    const address = this.#listener.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  /** What the settings of a target say of this server. */
  get settings(): object {
    const { port, password, hostKey } = this;
    return { host: '127.0.0.1', port, user: 'huntflow', password, hostKey };
  }

  /** Ends every session, as a broken network would. */
  cut(): void {
    for (const client of this.#clients) client.end();
  }

  async stop(): Promise<void> {
    this.cut();
    await new Promise<void>((resolve) => this.#listener.close(() => resolve()));
  }

  #welcome(client: Connection): void {
    this.#clients.add(client);
    client.on('error', () => undefined);
    client.on('close', () => this.#clients.delete(client));
    client.on('authentication', (asked) => {
      if (this.asks) {
        if (asked.method !== 'keyboard-interactive') return asked.reject(['keyboard-interactive']);
        return asked.prompt([{ prompt: 'Password: ', echo: false }], (answers) =>
          answers?.[0] === this.password ? asked.accept() : asked.reject(),
        );
      }
      if (asked.method === 'password' && asked.username === 'huntflow' && asked.password === this.password)
        asked.accept();
      else asked.reject(['password']);
    });
    client.on('session', (accept) => {
      accept().on('sftp', (open) => {
        this.sessions += 1;
        const trick = this.tricks.get('SESSION');
        this.tricks.delete('SESSION');
        const answer = (): void => this.#serve(open(), client);
        if (trick === undefined) answer();
        else trick(answer, () => client.end());
      });
    });
  }

  #serve(sftp: SFTPWrapper, client: Connection): void {
    const at = (name: string) => path.join(this.#root, name);
    const descriptor = (handle: Buffer) => handle.readUInt32BE(0);
    const answerTo = (name: string, request: number, work: () => void): void => {
      const answer = (): void => {
        try {
          work();
        } catch (error) {
          const code = error instanceof Error && 'code' in error ? error.code : '';
          sftp.status(request, code === 'ENOENT' ? STATUS_CODE.NO_SUCH_FILE : STATUS_CODE.FAILURE);
        }
      };
      const trick = this.tricks.get(name);
      this.tricks.delete(name);
      if (trick === undefined) answer();
      else trick(answer, () => client.end());
    };
    const ok = (request: number): void => sftp.status(request, STATUS_CODE.OK);
    sftp.on('OPEN', (request, name, flags) =>
      answerTo('OPEN', request, () => {
        const mode = flags & OPEN_MODE.WRITE ? constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL : 0;
        const handle = Buffer.alloc(4);
        handle.writeUInt32BE(openSync(at(name), mode, 0o600));
        sftp.handle(request, handle);
      }),
    );
    sftp.on('WRITE', (request, handle, offset, data) =>
      answerTo('WRITE', request, () => {
        writeSync(descriptor(handle), data, 0, data.length, offset);
        ok(request);
      }),
    );
    sftp.on('READ', (request, handle, offset, length) =>
      answerTo('READ', request, () => {
        const bytes = Buffer.alloc(length);
        const read = readSync(descriptor(handle), bytes, 0, length, offset);
        if (read === 0) sftp.status(request, STATUS_CODE.EOF);
        else sftp.data(request, bytes.subarray(0, read));
      }),
    );
    sftp.on('FSTAT', (request, handle) =>
      answerTo('FSTAT', request, () => sftp.attrs(request, attributesOf(fstatSync(descriptor(handle))))),
    );
    sftp.on('CLOSE', (request, handle) =>
      answerTo('CLOSE', request, () => {
        closeSync(descriptor(handle));
        ok(request);
      }),
    );
    sftp.on('LSTAT', (request, name) =>
      answerTo('LSTAT', request, () => sftp.attrs(request, attributesOf(lstatSync(at(name))))),
    );
    sftp.on('REMOVE', (request, name) =>
      answerTo('REMOVE', request, () => {
        unlinkSync(at(name));
        ok(request);
      }),
    );
    sftp.on('RENAME', (request, from, to) =>
      answerTo('RENAME', request, () => {
        if (existsSync(at(to))) throw new Error('taken');
        renameSync(at(from), at(to));
        ok(request);
      }),
    );
    sftp.on('MKDIR', (request, name) =>
      answerTo('MKDIR', request, () => {
        mkdirSync(at(name));
        ok(request);
      }),
    );
    sftp.on('EXTENDED', (request) => sftp.status(request, STATUS_CODE.OP_UNSUPPORTED));
  }
}

function attributesOf({ mode, uid, gid, size, atimeMs, mtimeMs }: Stats): Attributes {
  return { mode, uid, gid, size, atime: atimeMs / 1000, mtime: mtimeMs / 1000 };
}

/** One pair in some hundred that ssh2 makes it cannot read itself (`Malformed OpenSSH public key`). */
function readableKeys(): { readonly private: string; readonly ssh: Buffer } {
  for (let tries = 0; ; tries += 1) {
    const pair = ssh2.utils.generateKeyPairSync('ed25519');
    const [read, own] = [ssh2.utils.parseKey(pair.public), ssh2.utils.parseKey(pair.private)];
    if (!(read instanceof Error) && !(own instanceof Error)) return { private: pair.private, ssh: read.getPublicSSH() };
    if (tries === 20) throw new Error('no pair of keys can be read');
  }
}
