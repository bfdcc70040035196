import { readFileSync } from 'node:fs';
import https from 'node:https';
import { expect } from 'chai';
import { OnecOdata } from '../../../adapters/onec-odata.ts';
import { OnecXml } from '../../../adapters/onec-xml.ts';
import { expectFitForPeople, failureOf } from '../../conformance/adapter.ts';
import { at } from '../../support/console.ts';
import { deliveryOf, type TestTools, toolsIn } from '../../support/delivery-context.ts';
import { plainNetwork } from '../../support/plain-network.ts';

const file = (name: string): string => new URL(`../../fixtures/tls/${name}`, import.meta.url).pathname;

/** A firm publishes its base behind a certificate of its own authority as a rule. */
describe('1C behind an authority of its own', () => {
  plainNetwork();
  const tls = { ca: file('authority.crt') };
  const keys = { cert: readFileSync(file('server.crt')), key: readFileSync(file('server.key')) };
  const description = readFileSync(new URL('../../fixtures/onec/metadata-accounting.xml', import.meta.url));
  const { signal } = new AbortController();
  let tools: TestTools;

  before(() => (tools = toolsIn()));

  after(() => tools.dispose());

  async function withServer(work: (base: string, asked: () => number) => Promise<void>): Promise<void> {
    let asked = 0;
    const server = https.createServer(keys, (request, response) => {
      asked += 1;
      const body = request.url?.includes('odata') === true ? description : '';
      response.writeHead(200, { 'content-type': 'application/xml' }).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      await work(`https://localhost:${String(at(server.address(), 'port'))}`, () => asked);
    } finally {
      server.close();
      server.closeAllConnections();
    }
  }

  it('is trusted by settings.tls.ca, and names it without: onec-odata', () =>
    withServer(async (base, asked) => {
      const url = `${base}/zup/odata/standard.odata`;
      const [trusting, plain] = [{ url, tls }, { url }].map(
        (settings) => new OnecOdata(OnecOdata.settings.cast(settings), tools),
      );
      try {
        expect((await trusting?.describe([], signal))?.sets).to.include('Catalog_ФизическиеЛица');
        const reached = asked();
        const [first] = (await plain?.check({ mappings: [], signal })) ?? [];
        expect(JSON.stringify(first)).to.include('settings.tls.ca');
        expect(asked()).to.equal(reached);
      } finally {
        await trusting?.close();
        await plain?.close();
      }
    }));

  it('is trusted by settings.tls.ca, and names it without: onec-xml', () =>
    withServer(async (base, asked) => {
      const url = `${base}/zup/hs/hire`;
      const [trusting, plain] = [{ url, tls }, { url }].map(
        (settings) => new OnecXml(OnecXml.settings.cast(settings), tools),
      );
      const record = { root: 'Hire', content: { id: '17' } };
      try {
        expect(await trusting?.deliver(record, deliveryOf(1))).to.include({ summary: '200' });
        const error = await failureOf(plain?.deliver(record, deliveryOf(2)) ?? Promise.resolve());
        expectFitForPeople(error, []);
        expect(error.text.en).to.include('settings.tls.ca');
        expect(asked()).to.equal(1);
      } finally {
        await trusting?.close();
        await plain?.close();
      }
    }));

  for (const adapter of [OnecOdata, OnecXml])
    it(`is checked without a network for a file that is not there: ${adapter.type}`, () => {
      const settings = { url: 'https://1c.example/zup/odata/standard.odata', tls: { ca: '/nowhere.crt' } };
      const context = { mappings: [], resolvePath: tools.resolvePath };
      const [finding] =
        adapter === OnecXml
          ? OnecXml.foresees(OnecXml.settings.cast(settings), context)
          : OnecOdata.foresees(OnecOdata.settings.cast(settings), context);
      expect(JSON.stringify(finding)).to.include('tls.ca');
    });
});
