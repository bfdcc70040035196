import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { HttpClient } from '../../../adapters/http.ts';
import Rest from '../../../adapters/rest.ts';
import { adapterErrorKind } from '../../../src/adapter.ts';
import { bodiesWhereNoneBelong, framingFaults } from '../../../adapters/testing/framing-faults.ts';
import { RawServer } from '../../../stand-ins/raw-server.ts';
import { deliveryOf, toolsIn } from '../../support/delivery-context.ts';
import { plainNetwork } from '../../support/plain-network.ts';
import type { FramingFault } from '../../../adapters/testing/framing-faults.ts';

const folder = new URL('../../fixtures/tls/', import.meta.url);
const certificate = {
  key: readFileSync(new URL('self-signed.key', folder)),
  cert: readFileSync(new URL('self-signed.crt', folder)),
};

const trust = { ca: certificate.cert };

/** Only the timeout ends these; all others end by themselves, and have time to on a busy machine. */
const silent = ({ name }: FramingFault): boolean => name.endsWith('silence');

/** How one POST ended: what the road makes of it, and how many requests the server saw. */
async function post(fault: FramingFault, status: number): Promise<{ outcome: string; text: string; requests: number }> {
  const server = await RawServer.start(() => fault.steps(status));
  const tools = toolsIn(undefined, { timeout: silent(fault) ? 1_000 : 5_000 });
  const adapter = new Rest({ baseUrl: server.url, auth: {}, body: 'json' }, tools);
  try {
    const receipt = await adapter.deliver({ path: '/hires', body: { id: 1 } }, deliveryOf(1));
    const warning = receipt.warnings?.[0];
    const text = typeof warning === 'string' ? warning : (warning?.en ?? '');
    return { outcome: 'delivered', text, requests: server.requests };
  } catch (error) {
    const text = error instanceof Error ? error.message : '';
    return { outcome: adapterErrorKind(error) ?? 'unforeseen', text, requests: server.requests };
  } finally {
    await adapter.close();
    tools.dispose();
    await server.stop();
  }
}

const meanings = [
  [201, 'delivered'],
  [422, 'rejected'],
  [503, 'unavailable'],
] as const;

describe('An answer with a flaw in its framing', () => {
  plainNetwork();

  for (const fault of framingFaults) {
    if (fault.knows === 'none') {
      it(`is no answer: ${fault.name}`, async () => {
        const { outcome, text, requests } = await post(fault, 201);
        expect(outcome, text).to.equal('uncertain');
        expect(text).to.match(/HPE_|ECONNRESET|status 101/);
        expect(requests).to.equal(1);
      });
      continue;
    }
    it(`means what its status says: ${fault.name}`, async () => {
      for (const [status, meaning] of meanings) {
        const { outcome, text, requests } = await post(fault, status);
        expect(outcome, `${status} ${text}`).to.equal(meaning);
        if (status === 201 && fault.knows === 'status') expect(text).to.match(/could not be read|malformed/);
        expect(requests).to.equal(1);
      }
    });
  }

  for (const status of [204, 304]) {
    for (const fault of bodiesWhereNoneBelong) {
      it(`means what its status says: ${status} with ${fault.name}`, async () => {
        const { outcome, text } = await post(fault, status);
        expect(outcome, text).to.equal(status === 204 ? 'delivered' : 'rejected');
      });
    }
  }

  it('means the same over TLS', async () => {
    for (const fault of [...framingFaults.slice(0, 10), ...bodiesWhereNoneBelong.slice(0, 1)]) {
      const status = bodiesWhereNoneBelong.includes(fault) ? 204 : 201;
      const server = await RawServer.start(() => fault.steps(status), certificate);
      const client = new HttpClient({
        baseUrl: server.url,
        timeout: silent(fault) ? 1_000 : 5_000,
        concurrency: 1,
        tls: () => trust,
      });
      const answer = await client.request({
        method: 'POST',
        path: '/',
        body: '{}',
        signal: new AbortController().signal,
      });
      expect(answer.status, fault.name).to.equal(status);
      client.close();
      await server.stop();
    }
  });
});
