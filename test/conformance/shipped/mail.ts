import { createServer, type Socket } from 'node:net';
import { Mail } from '../../../adapters/mail.ts';
import { toolsFor } from '../../../adapters/testing.ts';
import { conforming, mayComeTwice, noHttp } from './conforming.ts';
import type { MailRecord } from '../../../adapters/mail/record.ts';
import type { AdapterHarness, OwnFault } from '../../../adapters/testing.ts';

type AfterDot = 'yes' | 'silent' | 'end' | 'reset';

/** A server of bare lines, which can be told what follows the final dot. */
class SmtpStandIn {
  letters = 0;
  afterDot: AfterDot = 'yes';
  greets: 'yes' | 'silent' | 'reset' = 'yes';
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
        else socket.write(`${replyTo(line)}\r\n`);
        inLetter = line === 'DATA';
      }
    });
  }

  #dot(socket: Socket): void {
    this.letters += 1;
    if (this.afterDot === 'yes') socket.write('250 queued\r\n');
    else if (this.afterDot === 'end') socket.end();
    else if (this.afterDot === 'reset') socket.resetAndDestroy();
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
      'reset before anything is taken': {
        begin: () => void (server.greets = 'reset'),
        end: () => void (server.greets = 'yes'),
      },
      'drop after commit': dot('end'),
      'reset after commit': dot('reset'),
      'silence after commit': dot('silent'),
    },
    dispose: () => server.stop(),
  };
}

const own = [
  'the same delivery again leaves one effect',
  'drop after commit',
  'reset after commit',
  'silence after commit',
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
      ...Object.fromEntries(own.map((name) => [name, mayComeTwice(name)])),
    },
  ),
);
