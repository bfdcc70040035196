import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { expect } from 'chai';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { Mail } from '../../adapters/mail.ts';
import { adapterErrorKind } from '../../src/adapter.ts';
import { validate } from '../../src/files/validation.ts';
import { closedPort } from '../../stand-ins/http-stand-in.ts';
import { expectFitForPeople, failureOf } from '../conformance/adapter.ts';
import { ConnectProxy } from '../support/connect-proxy.ts';
import { deliveryOf, toolsIn } from '../support/delivery-context.ts';
import { until } from '../support/until.ts';
import { Workspace } from '../support/workspace.ts';
import type { MailRecord } from '../../adapters/mail/record.ts';
import type { AddressInfo } from 'node:net';

interface Taken {
  readonly to: readonly string[];
  readonly raw: string;
}

describe('Mail', () => {
  const taken: Taken[] = [];
  let server: SMTPServer | undefined;
  let raw: Server | undefined;
  const sockets = new Set<Socket>();

  afterEach(async () => {
    taken.length = 0;
    for (const socket of sockets) socket.destroy();
    sockets.clear();
    await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
    await new Promise<void>((resolve) => (raw ? raw.close(() => resolve()) : resolve()));
    server = undefined;
    raw = undefined;
  });

  /** A server that keeps every letter; `options` let it refuse. */
  async function start(options: SMTPServerOptions = {}): Promise<number> {
    const listening = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      logger: false,
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          taken.push({
            to: session.envelope.rcptTo.map(({ address }) => address),
            raw: Buffer.concat(chunks).toString(),
          });
          done();
        });
      },
      ...options,
    });
    listening.on('error', () => undefined);
    server = listening;
    await new Promise<void>((resolve) => {
      listening.listen(0, '127.0.0.1', resolve);
    });
    return portOf(listening.server.address());
  }

  /** A server of bare lines: `answer` says what follows each command; undefined leaves the client waiting. */
  async function startRaw(answer: (line: string, socket: Socket) => string | undefined): Promise<number> {
    const listening = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.write('220 ready\r\n');
      let rest = '';
      let inData = false;
      socket.on('data', (chunk) => {
        rest += chunk.toString();
        for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
          const line = rest.slice(0, end);
          rest = rest.slice(end + 2);
          if (inData && line !== '.') continue;
          inData = line === 'DATA';
          const said = answer(line, socket);
          if (said !== undefined) socket.write(`${said}\r\n`);
        }
      });
    });
    raw = listening;
    await new Promise<void>((resolve) => {
      listening.listen(0, '127.0.0.1', resolve);
    });
    return portOf(listening.address());
  }

  function mailAt(port: number, more: Readonly<Record<string, unknown>> = {}, timeout = 3000): Mail {
    const settings = {
      host: '127.0.0.1',
      port,
      tls: false,
      from: { name: 'Отдел кадров', address: 'hr@firm.example' },
    };
    return new Mail(Mail.settings.cast({ ...settings, ...more }), toolsIn('/nowhere', { timeout }));
  }

  const cast = (record: object): MailRecord => Mail.record.cast(record);
  const letter: MailRecord = { to: 'boss@firm.example', subject: 'Кандидат Иванова', text: 'Готова выйти 1 декабря' };

  async function kindOf(attempt: Promise<unknown>): Promise<string> {
    const error = await failureOf(attempt);
    expectFitForPeople(error, ['boss@firm.example', 'Иванова', 'geheim']);
    return String(adapterErrorKind(error));
  }

  it('sends a letter whose Message-ID is the same over attempts', async () => {
    const mail = mailAt(await start());
    const delivery = deliveryOf(1);
    expect(await mail.deliver(letter, delivery)).to.deep.equal({ summary: 'sent' });
    await mail.deliver(letter, deliveryOf(1, { attempt: 2 }));
    const ids = taken.map(({ raw: text }) => /^Message-ID: (.+)\r?$/im.exec(text)?.[1]);
    expect(ids).to.deep.equal(['<key-1@firm.example>', '<key-1@firm.example>']);
    expect(taken[0]?.raw).to.include(Buffer.from('Готова выйти 1 декабря').toString('base64'));
    expect(delivery.exchanges[0]?.request.summary).to.equal('SMTP 127.0.0.1');
    expect(delivery.exchanges[0]?.response?.summary).to.equal('250');
  });

  it('keeps a name with a comma and a line end from becoming an address or a header', async () => {
    const mail = mailAt(await start());
    const to = [{ name: 'Иванова, Анна\r\nBcc: evil@firm.example', address: 'a@firm.example' }];
    await mail.deliver({ ...letter, to, subject: 'x\r\nBcc: evil@firm.example' }, deliveryOf(1));
    expect(taken[0]?.to).to.deep.equal(['a@firm.example']);
    expect(taken[0]?.raw).not.to.match(/^Bcc:/m);
  });

  it('writes to several, copies and attaches an invitation', async () => {
    const mail = mailAt(await start());
    const ics = { name: 'interview.ics', content: 'BEGIN:VCALENDAR', type: 'text/calendar; method=REQUEST' };
    const to = ['a@firm.example', null, { email: 'A@firm.example' }];
    await mail.deliver({ ...letter, to, cc: 'b@firm.example', attachments: [ics] }, deliveryOf(1));
    expect(taken[0]?.to).to.deep.equal(['a@firm.example', 'b@firm.example']);
    expect(taken[0]?.raw).to.include('text/calendar').and.include('interview.ics');
  });

  it('attaches a file of Huntflow by what it contains', async () => {
    const workspace = new Workspace();
    writeFileSync(workspace.path('cv'), 'the CV itself');
    const mail = new Mail(
      Mail.settings.cast({ host: '127.0.0.1', port: await start(), tls: false, from: 'hr@firm.example' }),
      toolsIn('/nowhere', {
        attachment: async () => ({ path: workspace.path('cv'), size: 13, type: 'application/pdf' }),
      }),
    );
    await mail.deliver(cast({ ...letter, attachments: [{ name: 'cv.pdf', file: 5 }] }), deliveryOf(1));
    expect(taken[0]?.raw).to.include('application/pdf').and.include(Buffer.from('the CV itself').toString('base64'));
    workspace.remove();
  });

  it('goes through its proxy', async () => {
    const proxy = await ConnectProxy.start();
    const port = await start();
    await mailAt(port, { proxy: `http://${proxy.url}` }).deliver(letter, deliveryOf(1));
    expect(taken).to.have.length(1);
    expect(proxy.seen).to.deep.equal([`127.0.0.1:${port} `]);
    await proxy.stop();
    expect(await kindOf(mailAt(port, { proxy: `http://${proxy.url}` }).deliver(letter, deliveryOf(2)))).to.equal(
      'unavailable',
    );
  });

  it('asks for attention when a server refuses one of two', async () => {
    const mail = mailAt(
      await start({
        onRcptTo: ({ address }, _session, done) =>
          address.startsWith('gone') ? done(Object.assign(new Error('no such user'), { responseCode: 550 })) : done(),
      }),
    );
    const receipt = await mail.deliver({ ...letter, to: ['gone@firm.example', 'a@firm.example'] }, deliveryOf(1));
    expect(receipt.summary).to.equal('sent to 1 of 2');
    expect(receipt.attention).to.have.length(1);
    expect(JSON.stringify(receipt)).not.to.include('gone@');
  });

  it('tries again for those alone whom a server puts off, as greylisting does', async () => {
    let grey = true;
    const refuse = (code: number) => Object.assign(new Error('no'), { responseCode: code });
    const mail = mailAt(
      await start({
        onRcptTo: ({ address }, _session, done) =>
          address.startsWith('gone')
            ? done(refuse(550))
            : done(grey && address.startsWith('grey') ? refuse(451) : null),
      }),
    );
    const record = { ...letter, to: ['a@firm.example', 'grey@firm.example'], cc: 'gone@firm.example' };
    const first = deliveryOf(1);
    expect(await kindOf(mail.deliver(record, first))).to.equal('unavailable');
    grey = false;
    expect(JSON.stringify(first.saved)).not.to.include('@');
    const receipt = await mail.deliver(record, deliveryOf(1, { attempt: 2, progress: first.saved.at(-1) }));
    expect(taken.map(({ to }) => to)).to.deep.equal([['a@firm.example'], ['grey@firm.example']]);
    expect(receipt.summary).to.equal('sent to 2 of 3');
  });

  it('is rejected when all whom it is for are refused and copies alone went out, which do not go twice', async () => {
    let refused = true;
    const mail = mailAt(
      await start({
        onRcptTo: ({ address }, _session, done) =>
          done(refused && address.startsWith('boss') ? Object.assign(new Error('no'), { responseCode: 550 }) : null),
      }),
    );
    const record = { ...letter, cc: 'b@firm.example' };
    const first = deliveryOf(1);
    expect(await kindOf(mail.deliver(record, first))).to.equal('rejected');
    refused = false;
    await mail.deliver(record, deliveryOf(1, { attempt: 2, progress: first.saved.at(-1) }));
    expect(taken.map(({ to }) => to)).to.deep.equal([['b@firm.example'], ['boss@firm.example']]);
  });

  it('writes a domain of other letters in its ASCII form', async () => {
    const mail = mailAt(await start());
    await mail.deliver({ ...letter, to: { name: 'Отдел', address: 'hr@почта.рф' } }, deliveryOf(1));
    expect(taken[0]?.to.map((address) => address.replace(/почта\.рф/, 'xn--80a1acny.xn--p1ai'))).to.deep.equal([
      'hr@xn--80a1acny.xn--p1ai',
    ]);
    expect(taken[0]?.raw).to.match(/^To: .*<hr@xn--80a1acny\.xn--p1ai>\r?$/m);
  });

  it('waits for no server without end that drips its reply', async () => {
    const port = await startRaw((line, socket) => {
      if (line === 'DATA') return '354 go on';
      if (line !== '.') return '250 ok';
      const drip = setInterval(() => socket.write('250-still at it\r\n'), 50);
      socket.on('close', () => clearInterval(drip));
      return undefined;
    });
    expect(await kindOf(mailAt(port, {}, 200).deliver(letter, deliveryOf(1)))).to.equal('uncertain');
  });

  const refusals = [
    ['450 at RCPT', 'RCPT', '450 busy', 'unavailable'],
    ['550 at RCPT', 'RCPT', '550 no such user boss@firm.example', 'rejected'],
    ['530 at MAIL', 'MAIL', '530 log in first', 'unavailable'],
    ['552 after the letter', '.', '552 too large', 'rejected'],
    ['451 after the letter', '.', '451 later', 'unavailable'],
    ['503 at MAIL', 'MAIL', '503 bad sequence', 'unavailable'],
  ] as const;
  for (const [name, command, reply, kind] of refusals) {
    it(`is ${kind} after ${name}`, async () => {
      const port = await startRaw((line) => {
        if (line.startsWith(command)) return reply;
        return line === 'DATA' ? '354 go on' : '250 ok';
      });
      expect(await kindOf(mailAt(port).deliver(letter, deliveryOf(1)))).to.equal(kind);
    });
  }

  it('is unavailable without a connection, without a greeting and after a greeting that refuses', async () => {
    expect(await kindOf(mailAt(await closedPort()).deliver(letter, deliveryOf(1)))).to.equal('unavailable');
    const silent = createServer((socket) => sockets.add(socket));
    raw = silent;
    await new Promise<void>((resolve) => {
      silent.listen(0, '127.0.0.1', resolve);
    });
    const mail = mailAt(portOf(silent.address()), {}, 300);
    expect(await kindOf(mail.deliver(letter, deliveryOf(1)))).to.equal('unavailable');
    for (const greeting of ['421 too many', '554 no service for you']) {
      const refusing = createServer((socket) => void socket.end(`${greeting}\r\n`));
      await new Promise<void>((resolve) => void refusing.listen(0, '127.0.0.1', resolve));
      expect(await kindOf(mailAt(portOf(refusing.address())).deliver(letter, deliveryOf(1))), greeting).to.equal(
        'unavailable',
      );
      await new Promise<void>((resolve) => void refusing.close(() => resolve()));
    }
  });

  it('judges replies to several recipients one by one: put off while one of them may come', async () => {
    const to = ['boss@firm.example', 'chief@firm.example'];
    let replies = ['550 no such user', '450 busy'];
    const port = await startRaw((line) =>
      line.startsWith('RCPT') ? replies[line.includes('boss') ? 0 : 1] : line === 'DATA' ? '354 go on' : '250 ok',
    );
    expect(await kindOf(mailAt(port).deliver({ ...letter, to }, deliveryOf(1)))).to.equal('unavailable');
    replies = ['550 no such user', '553 not here'];
    expect(await kindOf(mailAt(port).deliver({ ...letter, to }, deliveryOf(2)))).to.equal('rejected');
  });

  it('waits while the login cannot be judged', async () => {
    const port = await startRaw((line) => {
      if (line.startsWith('EHLO')) return '250-x\r\n250 AUTH PLAIN';
      return line.startsWith('AUTH') ? '454 later' : '250 ok';
    });
    const login = mailAt(port, { user: 'hr', password: 'geheim' });
    expect(await kindOf(login.deliver(letter, deliveryOf(1)))).to.equal('unavailable');
  });

  it('is unavailable when the login is refused or STARTTLS is not offered', async () => {
    const port = await start({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => done(new Error('wrong')),
    });
    const login = mailAt(port, { user: 'hr', password: 'geheim' });
    expect(await kindOf(login.deliver(letter, deliveryOf(1)))).to.equal('unavailable');
    expect(await kindOf(mailAt(port, { tls: 'starttls' }).deliver(letter, deliveryOf(1)))).to.equal('unavailable');
  });

  describe('over TLS', () => {
    const file = (name: string): string => new URL(`../fixtures/tls/${name}`, import.meta.url).pathname;
    const keys = { cert: readFileSync(file('server.crt')), key: readFileSync(file('server.key')) };
    const english = async (mail: Mail): Promise<string> => {
      const error = await failureOf(mail.deliver(letter, deliveryOf(1)));
      expectFitForPeople(error, ['boss@firm.example', 'Иванова']);
      expect(adapterErrorKind(error)).to.equal('unavailable');
      return error.text.en;
    };

    for (const tls of [true, 'starttls'] as const) {
      it(`trusts an authority of its own by settings.ca, and says so without (tls: ${tls})`, async () => {
        const port = await start({ ...keys, secure: tls === true, disabledCommands: [] });
        const host = 'localhost';
        expect(await english(mailAt(port, { host, tls }))).to.match(/is not trusted \(\w+\).*settings\.ca/);
        await mailAt(port, { host, tls, ca: file('authority.crt') }).deliver(letter, deliveryOf(1));
        expect(taken).to.have.length(1);
        const missing = mailAt(port, { host, tls, ca: file('none.crt') });
        expect(await english(missing)).to.include('The file of tls.ca cannot be read (ENOENT)');
        const findings = Mail.foresees(Mail.settings.cast({ host, from: 'hr@firm.example', ca: 'none.crt' }), {
          mappings: [],
          resolvePath: file,
        });
        expect(findings).to.have.length(1);
      });
    }

    it('says which tls a port wants that begins in clear', async () => {
      expect(await english(mailAt(await start(), { tls: true }))).to.match(/begins in clear\. Put tls: starttls/);
    });
  });

  for (const end of ['FIN', 'RST', 'silence'] as const) {
    it(`does not know whether a letter was taken after ${end} behind its last dot`, async () => {
      const port = await startRaw((line, socket) => {
        if (line === 'DATA') return '354 go on';
        if (line !== '.') return '250 ok';
        if (end === 'FIN') socket.end();
        if (end === 'RST') socket.resetAndDestroy();
        return undefined;
      });
      expect(await kindOf(mailAt(port, {}, 500).deliver(letter, deliveryOf(1)))).to.equal('uncertain');
    });
  }

  it('sends nothing when it was stopped before, and stops waiting when it is stopped', async () => {
    const mail = mailAt(await startRaw(() => undefined), {}, 60_000);
    expect(await kindOf(mail.deliver(letter, deliveryOf(1, { signal: AbortSignal.abort() })))).to.equal('unavailable');
    const abort = new AbortController();
    const waiting = kindOf(mail.deliver(letter, deliveryOf(1, { signal: abort.signal })));
    await until('the server is asked', () => sockets.size > 0);
    abort.abort();
    expect(await waiting).to.equal('unavailable');
  });

  it('refuses addresses and bodies that no server takes before anything is sent', () => {
    const problems = (record: object) => validate(Mail.record, record).problems.length;
    expect(problems(letter)).to.equal(0);
    for (const to of ['Иванова', 'иван@firm.example', 'a b@firm.example', 'a@x>, <b@y', {}])
      expect(problems({ ...letter, to }), JSON.stringify(to)).to.be.above(0);
    expect(problems({ to: 'a@firm.example', subject: 'x' })).to.be.above(0);
  });
});

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the server does not listen on a port');
  return address.port;
}
