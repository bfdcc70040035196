import { expect } from 'chai';
import { axiosOf } from '../../../adapters/http/axios-of.ts';
import { adapterErrorKind } from '../../../src/adapter.ts';
import { FIN } from '../../../adapters/testing/framing-faults.ts';
import { HttpStandIn } from '../../../stand-ins/http-stand-in.ts';
import { RawServer } from '../../../stand-ins/raw-server.ts';
import { toolsIn } from '../../support/delivery-context.ts';
import { plainNetwork } from '../../support/plain-network.ts';

describe('tools.http', () => {
  plainNetwork();
  let target: HttpStandIn;

  beforeEach(async () => {
    target = await HttpStandIn.start();
  });

  afterEach(() => target.stop());

  const http = (baseUrl = `${target.url}/api`) =>
    axiosOf({ baseUrl, headers: { 'X-Key': 'k' } }, toolsIn(undefined, { timeout: 500 }));
  const kindOf = async (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => 'done',
      (error: unknown) => adapterErrorKind(error),
    );

  it('is axios: JSON both ways, parameters, forms and headers', async () => {
    target.answer = (_arrival, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":7}');
    const client = http();
    const { data, status } = await client.post<{ id: number }>('/people', { имя: 'Пётр' }, { params: { dry: 1 } });
    expect([data.id, status]).to.deep.equal([7, 200]);
    expect(target.arrivals[0]).to.include({ method: 'POST', url: '/api/people?dry=1', body: '{"имя":"Пётр"}' });
    expect(target.arrivals[0]?.headers).to.include({ 'x-key': 'k', 'content-type': 'application/json' });
    const form = new FormData();
    form.append('a', 'я');
    await client.post('/form', form);
    expect(target.arrivals[1]?.headers['content-type']).to.match(/^multipart\/form-data; boundary=/);
    expect(target.arrivals[1]?.body).to.include('name="a"\r\n\r\nя');
  });

  it('throws errors of the contract, without a word of the answer', async () => {
    for (const [status, kind] of [
      [404, 'rejected'],
      [422, 'rejected'],
      [401, 'unavailable'],
      [503, 'unavailable'],
    ] as const) {
      target.answer = (_arrival, response) => response.writeHead(status).end('{"name":"Крыжовников"}');
      const error = await http()
        .post('/x', {})
        .catch((thrown: unknown) => thrown);
      expect(adapterErrorKind(error), String(status)).to.equal(kind);
      expect(`${String(error)}${JSON.stringify(error)}`).not.to.include('Крыжовников');
      expect(error).to.have.property('data', '{"name":"Крыжовников"}');
    }
    const raw = await RawServer.start(() => [FIN]);
    expect(await kindOf(http(raw.url).post('/x', {}))).to.equal('uncertain');
    expect(await kindOf(http(raw.url).put('/x', {}))).to.equal('unavailable');
    const gone = raw.url;
    await raw.stop();
    expect(await kindOf(http(gone).post('/x', {}))).to.equal('unavailable');
  });

  it('takes a 2xx with a flaw for what it is', async () => {
    const raw = await RawServer.start(() => ['HTTP/1.1 204 No\r\nContent-Length: 2\r\n\r\n{}']);
    expect(await kindOf(http(raw.url).post('/x', {}))).to.equal('done');
    await raw.stop();
  });

  it('never leaves its base', async () => {
    for (const url of ['http://127.0.0.1:1/x', '//127.0.0.1/x', '/../admin', '/..;/admin'])
      expect(await kindOf(http().get(url)), url).to.equal('rejected');
    expect(target.arrivals).to.have.length(0);
  });
});
