import { readFileSync } from 'node:fs';
import { readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect } from 'chai';
import { adapterErrorKind } from '../../src/adapter.ts';
import { wantFiles } from '../../src/attachments/named-files.ts';
import { Attachments } from '../../src/attachments/attachments.ts';
import type { FetchRules } from '../../src/attachments/download.ts';
import { Database } from '../../src/database/database.ts';
import { Seals } from '../../src/people/seals.ts';
import { bytesOf } from '../../src/toolkit.ts';
import { openSealedStores, type SealedStores } from '../support/sealed-stores.ts';
import { failureOf } from '../conformance/adapter.ts';
import { raw, runSql } from '../support/procedures.ts';
import { Workspace } from '../support/workspace.ts';

const certificate = readFileSync(new URL('../fixtures/tls/self-signed.crt', import.meta.url), 'utf8');
const key = readFileSync(new URL('../fixtures/tls/self-signed.key', import.meta.url), 'utf8');
const png = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex');

describe('Attachments', () => {
  let workspace: Workspace;
  let server: Server;
  let port: number;
  let asked: IncomingMessage[];
  let answer: (request: IncomingMessage, response: ServerResponse) => void;
  let now: number;
  const open: Attachments[] = [];

  beforeEach(async () => {
    workspace = new Workspace();
    now = Date.UTC(2026, 10, 27, 9);
    asked = [];
    answer = (_request, response) => response.end(png);
    server = createServer({ cert: certificate, key }, (request, response) => {
      asked.push(request);
      answer(request, response);
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const address = server.address();
    port = typeof address === 'object' && address !== null ? address.port : 0;
  });

  afterEach(async () => {
    for (const attachments of open.splice(0)) await attachments.stop();
    server.closeAllConnections();
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
    workspace.remove();
  });

  function attachmentsWith(
    rules: Partial<FetchRules> = {},
    seals = new Seals(new Database('sqlite:nowhere')),
    isSigned = true,
  ): Attachments {
    const all = { hosts: ['127.0.0.1'], private: true, limit: 1000, port, timeout: 5000, ca: certificate, ...rules };
    const attachments = new Attachments({
      folder: () => workspace.folder,
      rules: all,
      seals,
      isSigned,
      now: () => now,
      failed: (error) => {
        throw error;
      },
    });
    open.push(attachments);
    return attachments;
  }

  const address = (path: string): string => `https://127.0.0.1:${port}${path}`;

  async function kindOf(attempt: Promise<unknown>): Promise<string> {
    return String(adapterErrorKind(await failureOf(attempt)));
  }

  it('are fetched as soon as a record names them, by id or by address, and lent by what they contain', async () => {
    const attachments = attachmentsWith();
    const body = { event: { applicant: { photo: { id: 5, url: address('/5?Expires=9999999999') } } } };
    await attachments.want('a', { photo: { file: 5, name: 'photo' } }, body);
    await attachments.want('a', { cv: { file: address('/6?sig=1') } }, body);
    await attachments.idle();
    const photo = await attachments.find('a', '5');
    expect(photo).to.include({ size: png.length, type: 'image/png' });
    expect(await bytesOf(photo)).to.deep.equal(png);
    expect((await stat(photo.path ?? '')).mode & 0o777).to.equal(0o600);
    expect((await attachments.find('a', address('/6?sig=2'))).size).to.equal(png.length);
    expect(asked.map(({ method, headers }) => [method, headers.authorization])).to.deep.equal([
      ['GET', undefined],
      ['GET', undefined],
    ]);
    expect(await kindOf(attachments.find('b', '5'))).to.equal('unavailable');
  });

  it('are nobody’s business without a host', async () => {
    const attachments = attachmentsWith({ hosts: [] });
    await attachments.want('a', { file: address('/5') }, {});
    expect(asked).to.deep.equal([]);
    expect(await kindOf(attachments.find('a', address('/5')))).to.equal('rejected');
  });

  const refused: readonly (readonly [string, Partial<FetchRules>, (path: string) => string])[] = [
    ['another host', { hosts: ['files.example'] }, address],
    ['a private address', { private: false }, address],
    [
      'a name that stands for a private address',
      { private: false, hosts: ['localhost'] },
      (path) => `https://localhost:${port}${path}`,
    ],
    ['another port', { port: 1 }, address],
    ['plain http', {}, (path) => `http://127.0.0.1:${port}${path}`],
    ['a password in the address', {}, (path) => `https://a:b@127.0.0.1:${port}${path}`],
  ];
  for (const [what, rules, make] of refused) {
    it(`are never fetched from ${what}`, async () => {
      const attachments = attachmentsWith(rules);
      await attachments.want('a', { file: make('/5') }, {});
      await attachments.idle();
      expect(asked).to.deep.equal([]);
      expect(await kindOf(attachments.find('a', make('/5')))).to.equal('rejected');
    });
  }

  it('are fetched for no webhook that nobody signed, unless a signed one names them as well', async () => {
    const attachments = attachmentsWith({}, undefined, false);
    const records = [JSON.stringify({ cv: { file: address('/6') }, photo: { file: 5 } })];
    const body = Buffer.from(JSON.stringify({ event: { photo: { id: 5, url: address('/5') } } }));
    const event = { scope: 'a', body, person: null, records };
    await wantFiles(attachments, { ...event, signed: false });
    await attachments.idle();
    for (const file of [address('/6'), address('/7'), 5])
      expect(await kindOf(attachments.find('a', file))).to.equal('rejected');
    expect(asked).to.deep.equal([]);
    await wantFiles(attachments, { ...event, signed: true });
    await wantFiles(attachments, { ...event, signed: false });
    await attachments.idle();
    for (const file of [address('/6'), 5]) expect((await attachments.find('a', file)).size).to.equal(png.length);
  });

  it('are not waited for when the webhook that names one by its id has no address of it', async () => {
    const attachments = attachmentsWith();
    await attachments.want('a', { cv: { file: 999 } }, { event: {} });
    expect(await kindOf(attachments.find('a', 999))).to.equal('rejected');
    await attachments.want('a', { cv: { file: 999 } }, { event: { cv: { id: 999, url: address('/999') } } });
    await attachments.idle();
    expect((await attachments.find('a', 999)).size).to.equal(png.length);
    expect(await failureOf(attachments.find('a', 1000)), 'an id nobody knows costs attempts').to.include({
      holds: undefined,
    });
  });

  it('follow no redirect and take 403 for a link that ran out', async () => {
    const attachments = attachmentsWith();
    answer = (request, response) =>
      request.url === '/1' ? response.writeHead(302, { location: address('/2') }).end() : response.writeHead(403).end();
    await attachments.want('a', [{ file: address('/1') }, { file: address('/3') }], {});
    await attachments.idle();
    expect(asked.map(({ url }) => url)).to.have.members(['/1', '/3']);
    for (const path of ['/1', '/3']) expect(await kindOf(attachments.find('a', address(path)))).to.equal('rejected');
  });

  it('end at the limit while they stream and leave nothing behind', async () => {
    const attachments = attachmentsWith();
    answer = (_request, response) => {
      response.write(Buffer.alloc(800));
      response.end(Buffer.alloc(800));
    };
    await attachments.want('a', { file: address('/5') }, {});
    await attachments.idle();
    expect(await kindOf(attachments.find('a', address('/5')))).to.equal('rejected');
    expect((await readdir(workspace.folder)).filter((name) => !name.endsWith('.json'))).to.deep.equal([]);
  });

  it('end at the limit whatever length is announced, and at the deadline however they drip', async () => {
    const attachments = attachmentsWith({ timeout: 400 });
    let sent = 0;
    answer = (request, response) => {
      if (request.url === '/2gb') {
        response.writeHead(200, { 'content-length': String(2 * 1024 ** 3) });
        const more = (): void => {
          while (!response.destroyed && response.write(Buffer.alloc(65_536))) sent += 65_536;
        };
        response.on('drain', more);
        more();
      } else {
        response.writeHead(200, { 'content-encoding': 'gzip' });
        const drip = setInterval(() => response.write('x'), 20);
        response.on('close', () => clearInterval(drip));
      }
    };
    await attachments.want('a', [{ file: address('/2gb') }, { file: address('/drip') }], {});
    await attachments.idle();
    expect(await kindOf(attachments.find('a', address('/2gb')))).to.equal('rejected');
    expect(await kindOf(attachments.find('a', address('/drip')))).to.equal('unavailable');
    expect(sent).to.be.lessThan(64 * 1024 ** 2);
    expect((await readdir(workspace.folder)).filter((name) => !name.endsWith('.json'))).to.deep.equal([]);
  });

  it('are what they contain, whatever name and header say', async () => {
    const attachments = attachmentsWith();
    answer = (_request, response) =>
      response.writeHead(200, { 'content-type': 'image/png' }).end('<!doctype html><form action="/login">');
    await attachments.want('a', { file: address('/photo.png') }, {});
    await attachments.idle();
    const { type } = await attachments.find('a', address('/photo.png'));
    expect(type).not.to.match(/^image\//);
  });

  it('are asked for again after a fault, also by the next process, until their link ran out', async () => {
    const attachments = attachmentsWith();
    answer = (request) => request.socket.destroy();
    const ends = Math.floor(now / 1000) + 3600;
    const file = address(`/5?Expires=${ends}`);
    await attachments.want('a', { file }, {});
    await attachments.idle();
    expect(await kindOf(attachments.find('a', file))).to.equal('unavailable');
    await attachments.stop();

    const next = attachmentsWith();
    answer = (_request, response) => response.end(png);
    await next.start();
    await next.idle();
    expect((await next.find('a', file)).size).to.equal(png.length);
  });

  describe('with keys', () => {
    let stores: SealedStores;
    beforeEach(async () => {
      stores = await openSealedStores('sqlite');
    });
    afterEach(() => stores.close());

    const onDisk = async (): Promise<string> =>
      (
        await Promise.all((await readdir(workspace.folder)).map((name) => readFile(workspace.path(name), 'latin1')))
      ).join();
    const secret = 'резюме Тайной'.repeat(50_000);
    const large = { limit: 10_000_000 };
    async function personWithKey(): Promise<number> {
      const whom = { applicant: '17', profile: { last: 'Тайная' } };
      const { event } = await stores.inbox.keep({
        source: 'huntflow',
        scope: 'a',
        event: 'APPLICANT',
        type: 'ADD',
        action: 'ADD',
        dedupeKey: undefined,
        variant: '',
        receivedAt: 1000,
        body: Buffer.from('{}'),
        bodySize: 2,
        headers: {},
        error: undefined,
        whom,
      });
      return (await stores.inbox.find(event))?.person ?? 0;
    }

    it('lie sealed with the key of whom they are about, and so does where they came from', async () => {
      const attachments = attachmentsWith(large, stores.seals);
      answer = (_request, response) => response.end(secret);
      const file = address('/Тайная-резюме.pdf?sig=5');
      const person = await personWithKey();
      await attachments.want('a', { cv: { file } }, {}, person);
      await attachments.idle();
      const kept = await attachments.find('a', file);
      expect(kept).to.include({ path: undefined, size: Buffer.byteLength(secret) });
      expect((await bytesOf(kept)).toString()).to.equal(secret);
      expect(await onDisk()).not.to.match(/127\.0\.0\.1|sig=5|\.pdf/);
      expect(Buffer.from(await onDisk(), 'latin1').toString()).not.to.include('Тайн');

      const [row] = await raw(stores.database.reads, 'select key from people');
      await stores.ring.destroy([Number(Object(row).key)]);
      expect(await kindOf(bytesOf(kept))).to.equal('rejected');
    });

    it('are not taken when a piece was cut off or lies in another file', async () => {
      const attachments = attachmentsWith(large, stores.seals);
      answer = (_request, response) => response.end(secret);
      await attachments.want('a', [{ file: address('/1') }, { file: address('/2') }], {});
      await attachments.idle();
      const [first = '', second = ''] = (await readdir(workspace.folder)).filter((name) => !name.endsWith('.json'));
      const whole = await readFile(workspace.path(first));
      const one = await attachments.find('a', address('/1'));
      const two = await attachments.find('a', address('/2'));
      await truncate(workspace.path(first), 11 + 4 + whole.readUInt32BE(11));
      await writeFile(workspace.path(second), whole);
      for (const kept of [one, two]) expect(await kindOf(bytesOf(kept))).to.equal('rejected');
      await truncate(workspace.path(first), 12);
      for (const kept of [one, two]) expect(await kindOf(bytesOf(kept))).to.equal('rejected');
    });

    it('are sealed at the next start where an earlier version left them, and drafts of killed ones go', async () => {
      const before = attachmentsWith();
      await before.want('a', [{ file: address('/1?sig=5') }], {});
      answer = (request) => request.socket.destroy();
      await before.idle();
      await before.want('a', [{ file: address('/2?sig=5') }], {});
      await before.idle();
      await before.stop();
      await writeFile(workspace.path(`${'a'.repeat(40)}.draft`), 'Тайная');
      await utimes(workspace.path(`${'a'.repeat(40)}.draft`), 1, 1);
      expect(await onDisk()).to.include('sig=5');

      const attachments = attachmentsWith({}, stores.seals);
      answer = (_request, response) => response.end(png);
      await attachments.start();
      await attachments.idle();
      expect(await onDisk()).not.to.include('sig=5');
      expect(await onDisk()).not.to.include(png.toString('latin1'));
      for (const path of ['/1', '/2'])
        expect(await bytesOf(await attachments.find('a', address(path)))).to.deep.equal(png);
      expect((await readdir(workspace.folder)).filter((name) => name.endsWith('draft'))).to.deep.equal([]);
    });

    for (const [comes, answered] of Object.entries({
      comes: (response: ServerResponse) => response.end(png),
      'breaks off': (response: ServerResponse) => response.destroy(),
      'is refused': (response: ServerResponse) => response.writeHead(404).end(),
    }))
      it(`leave nothing of whoever is forgotten while one is fetched, though it ${comes} afterwards`, async () => {
        const attachments = attachmentsWith({}, stores.seals);
        const arrived = Promise.withResolvers<ServerResponse>();
        answer = (_request, response) => arrived.resolve(response);
        const person = await personWithKey();
        await attachments.want('a', { file: address('/1?sig=5') }, {}, person);
        const response = await arrived.promise;
        await stores.database.call(runSql, 'update people set forgotten_at = 5');
        for (const name of await readdir(workspace.folder)) await rm(workspace.path(name));
        answered(response);
        await attachments.idle();
        expect(await readdir(workspace.folder)).to.deep.equal([]);
        // Nor does a record that was mapped before bring it back.
        await attachments.want('a', { file: address('/1?sig=6') }, {}, person);
        await attachments.idle();
        expect(await readdir(workspace.folder)).to.deep.equal([]);
        expect(asked).to.have.length(1);
      });

    it('go by their age when no key opens what is known of them', async () => {
      const attachments = attachmentsWith({}, stores.seals);
      await attachments.want('a', [{ file: address('/1') }], {}, await personWithKey());
      await attachments.idle();
      const [row] = await raw(stores.database.reads, 'select key from people');
      await stores.ring.destroy([Number(Object(row).key)]);
      expect(await attachments.clear(Date.now() - 60_000)).to.equal(0);
      expect(await attachments.clear(Date.now() + 60_000)).to.equal(1);
      expect(await readdir(workspace.folder)).to.deep.equal([]);
    });
  });

  it('are given up when the link has run out', async () => {
    const attachments = attachmentsWith();
    answer = (request) => request.socket.destroy();
    const file = address(`/5?Expires=${Math.floor(now / 1000) - 1}`);
    await attachments.want('a', { file }, {});
    await attachments.idle();
    expect(await kindOf(attachments.find('a', file))).to.equal('rejected');
  });
});
