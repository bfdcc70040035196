import { readdirSync, readFileSync, statSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { Infobase } from '../../../adapters/onec/infobase.ts';
import type { Metadata } from '../../../adapters/onec/metadata.ts';
import { OnecOdata } from '../../../adapters/onec-odata.ts';
import { PublishedMetadata } from '../../../adapters/onec/published-metadata.ts';
import { HttpStandIn } from '../../../stand-ins/http-stand-in.ts';
import { type TestTools, toolsIn } from '../../support/delivery-context.ts';
import { Turns } from '../../support/thread-time.ts';
import { failure } from './failure.ts';

const { signal } = new AbortController();
const megabyte = 1024 * 1024;

/** A base with as many catalogs as take so many bytes, of the shape of a real one. */
function descriptionOf(bytes: number): Buffer {
  const text = readFileSync(new URL('../../fixtures/onec/metadata-accounting.xml', import.meta.url), 'utf8');
  const [from, to] = [text.indexOf('<EntityType'), text.indexOf('<EntityContainer')];
  const types = text.slice(from, to);
  const copies = Array.from({ length: Math.ceil(bytes / Buffer.byteLength(types)) }, (_each, number) =>
    types.replaceAll('Name="Catalog_', `Name="Catalog_${number || ''}`),
  );
  return Buffer.from(text.slice(0, from) + copies.join('') + text.slice(to));
}

describe('the $metadata of a whole base', () => {
  let server: HttpStandIn;
  let tools: TestTools;

  beforeEach(async () => {
    server = await HttpStandIn.start();
    tools = toolsIn();
  });

  afterEach(async () => {
    await server.stop();
    tools.dispose();
  });

  function serve(body: Buffer, encoding?: string): void {
    server.answer = (_arrival, response) => {
      response.writeHead(200, {
        'Content-Type': 'application/xml',
        ...(encoding !== undefined && { 'Content-Encoding': encoding }),
      });
      response.end(body);
    };
  }

  async function reading<T>(limit: string, work: (metadata: PublishedMetadata) => Promise<T>): Promise<T> {
    const settings = OnecOdata.settings.cast({ url: server.url, metadata: { limit, wait: '30s' } });
    const infobase = new Infobase(settings, tools);
    const metadata = new PublishedMetadata(infobase, settings, tools);
    try {
      return await work(metadata);
    } finally {
      await metadata.close();
      await infobase.close();
    }
  }

  const read = (limit = '64mb'): Promise<Metadata> => reading(limit, (metadata) => metadata.read(signal));
  const copies = () => readdirSync(tools.stateFolder()).filter((name) => name.startsWith('metadata-'));

  it('is read in short stretches, and never whole in memory', async () => {
    const body = descriptionOf(24 * megabyte);
    serve(body);
    let most = 0;
    const turns = new Turns();
    const before = process.memoryUsage().external;
    const timer = setInterval(() => {
      most = Math.max(most, process.memoryUsage().external - before);
    }, 5);
    const metadata = await read();
    clearInterval(timer);
    const longest = turns.end();

    expect(metadata.names).to.have.length(94);
    expect(longest, 'milliseconds of processor in one turn').to.be.below(150);
    expect(most, 'bytes beside the heap').to.be.below(body.length / 2);
    expect(statSync(`${tools.stateFolder()}/${copies()[0]}`).size).to.equal(body.length);
  });

  for (const [encoding, zip] of [
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ] as const)
    it(`is read out of ${encoding}, and kept unzipped`, async () => {
      const body = descriptionOf(megabyte);
      serve(zip(body), encoding);

      expect((await read()).set('Catalog_Банки')?.keys).to.deep.equal(['Ref_Key']);
      server.answer = (_arrival, response) => void response.writeHead(500).end();
      const again = await reading('64mb', (metadata) => metadata.current(signal));
      expect(again.set('Catalog_Банки')?.keys).to.deep.equal(['Ref_Key']);
    });

  for (const [what, zip] of [
    ['plain', undefined],
    ['zipped', gzipSync],
  ] as const)
    it(`names the limit and the setting where it is larger (${what})`, async () => {
      const body = descriptionOf(2 * megabyte);
      serve(zip === undefined ? body : zip(body), zip === undefined ? undefined : 'gzip');

      const error = await failure('unavailable', read('1mb'));

      expect(error.ru).to.include('больше 1mb').and.to.include('metadata.limit');
      expect(error.en).to.include('larger than 1mb').and.to.include('raise metadata.limit');
      expect(copies()).to.deep.equal([]);
    });

  it('is not taken when the answer breaks off', async () => {
    const body = descriptionOf(megabyte);
    server.answer = (_arrival, response, socket) => {
      response.writeHead(200, { 'Content-Type': 'application/xml', 'Content-Length': body.length });
      response.write(body.subarray(0, body.length / 2), () => socket.destroy());
    };

    await failure('unavailable', read());
    expect(copies()).to.deep.equal([]);
  });

  it('is no login page', async () => {
    serve(Buffer.from('<!DOCTYPE html><html><body>Вход</body></html>'));

    expect((await failure('unavailable', read())).en).to.include('is not the OData interface of 1C');
  });
});
