import { createServer, type Socket } from 'node:net';
import { Mail } from '../../../adapters/mail.ts';
import { toolsFor } from '../../../adapters/testing.ts';
import { conforming, mayComeTwice, noHttp } from './conforming.ts';
import type { MailRecord } from '../../../adapters/mail/record.ts';
import type { AdapterHarness, OwnFault } from '../../../adapters/testing.ts';

type AfterDot = 'yes' | 'silent' | 'end' | 'reset' | 'drip' | 'cut off' | 'babble';

/** A server of bare lines, which can be told what follows the final dot. */
class SmtpStandIn {
  letters = 0;
  afterDot: AfterDot = 'yes';
  greets: 'yes' | 'silent' | 'reset' | 'babble' = 'yes';
  /** Wants a login that nobody gave. */
  isClosed = false;
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer((socket) => this.#take(socket));
  port = 0;

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(this.port, '127.0.0.1', resolve));
    const address = this.#server.address();
    this.port = typeof address === 'object' && address !== null ? address.port : 0;
  }

  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => void this.#server.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #take(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => this.#sockets.delete(socket));
    if (this.greets === 'reset') return void socket.resetAndDestroy();
    if (this.greets === 'silent') return;
    if (this.greets === 'babble') return void socket.write('HTTP/1.1 200 OK\r\n\r\n');
    socket.write('220 ready\r\n');
    let rest = '';
    let inLetter = false;
    socket.on('data', (chunk: Buffer) => {
      rest += chunk.toString('latin1');
      for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        if (inLetter && line !== '.') continue;
        if (line === '.') this.#dot(socket);
        else socket.write(`${this.isClosed && line.startsWith('MAIL') ? '530 log in' : replyTo(line)}\r\n`);
        inLetter = line === 'DATA';
      }
    });
  }

  #dot(socket: Socket): void {
    this.letters += 1;
    if (this.afterDot === 'yes') socket.write('250 queued\r\n');
    else if (this.afterDot === 'end') socket.end();
    else if (this.afterDot === 'reset') socket.resetAndDestroy();
    else if (this.afterDot === 'cut off') socket.end('25');
    else if (this.afterDot === 'babble') socket.end('<html>busy</html>\r\n');
    else if (this.afterDot === 'drip') {
      const drip = setInterval(() => socket.write('250-wait\r\n'), 50);
      socket.on('close', () => clearInterval(drip));
    }
  }
}

function replyTo(line: string): string {
  if (line === 'DATA') return '354 go on';
  if (line === 'QUIT') return '221 bye';
  return line.startsWith('RCPT') && line.includes('nobody') ? '550 no such mailbox' : '250 fine';
}

async function harness(timeout: number): Promise<AdapterHarness<MailRecord>> {
  const server = new SmtpStandIn();
  await server.listen();
  const greeting = (greets: SmtpStandIn['greets']): OwnFault => ({
    begin: () => void (server.greets = greets),
    end: () => void (server.greets = 'yes'),
  });
  const dot = (afterDot: AfterDot): OwnFault => ({
    begin: () => void (server.afterDot = afterDot),
    end: () => void (server.afterDot = 'yes'),
  });
  return {
    adapterClass: Mail,
    settings: { host: '127.0.0.1', port: server.port, tls: false, from: 'robot@firm.example' },
    tools: toolsFor({ timeout }),
    record: () => ({ to: 'anna@firm.example', subject: 'Иванова Анна', text: 'Собеседование' }),
    refused: { to: 'nobody@firm.example', subject: 'Петрова', text: 'x' },
    secrets: ['Иванова', 'Петрова', 'anna@', 'nobody@'],
    effects: () => server.letters,
    network: {
      cutOff: () => server.stop(),
      reconnect: () => server.listen(),
      hang: () => void (server.greets = 'silent'),
    },
    faults: {
      'reset before anything is taken': greeting('reset'),
      'HTML with 200, nothing taken': greeting('babble'),
      '401': { begin: () => void (server.isClosed = true), end: () => void (server.isClosed = false) },
      'drop after commit': dot('end'),
      'reset after commit': dot('reset'),
      'silence after commit': dot('silent'),
      'slow drip': dot('drip'),
      'a status line that is cut off': dot('cut off'),
      'no HTTP at all': dot('babble'),
    },
    dispose: () => server.stop(),
  };
}

const own = [
  'the same delivery again leaves one effect',
  'drop after commit',
  'reset after commit',
  'silence after commit',
  'slow drip',
  'a status line that is cut off',
  'no HTTP at all',
];

export const mail = conforming(
  'mail',
  harness,
  noHttp(
    {
      ru: 'SMTP — не HTTP; его ответы проверяют отдельные тесты',
      en: 'SMTP is no HTTP; its replies have tests of their own',
    },
    {
      'reset before anything is taken': undefined,
      'HTML with 200, nothing taken': undefined,
      '401': undefined,
      ...Object.fromEntries(own.map((name) => [name, mayComeTwice(name)])),
    },
  ),
);
