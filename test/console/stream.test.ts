import { expect } from 'chai';
import http from 'node:http';
import net from 'node:net';
import { ask } from '../support/console.ts';
import { fixture } from '../support/fixtures.ts';
import { plainNetwork } from '../support/plain-network.ts';
import { Service } from '../support/service.ts';
import { until } from '../support/until.ts';
import { hire, postWebhook } from '../support/webhook.ts';

describe('stream', function () {
  this.timeout(60_000);
  plainNetwork();
  let service: Service;

  before(async () => {
    service = await Service.start();
  });
  after(() => service.stop());

  it('tells what changes by name, and nothing else', async () => {
    let told = '';
    const request = http.get(`${service.app.consoleUrl}/api/stream`, (response) => {
      expect(response.headers['content-type']).to.include('text/event-stream');
      response.setEncoding('utf8').on('data', (text: string) => (told += text));
      response.on('error', () => undefined);
    });
    await until('it greets', () => told.includes('event: hello'));
    await postWebhook(service.url, fixture('facts/04-status-hired').document);
    // One look tells how everything stands, the next what is different: what came before the first is news to nobody.
    let hires = 0;
    await until('it tells of the event and the delivery', async () => {
      hires += 1;
      await postWebhook(service.url, hire(hires));
      return told.includes('event: events') && told.includes('event: deliveries');
    });
    expect(told).not.to.match(/Иванов|Сидоров|Пётр|applicant/);
    await ask(service, '/targets/staff-csv/pause', { body: {} });
    await until('it tells of the target', () => told.lastIndexOf('event: targets') > told.lastIndexOf('event: events'));
    request.destroy();
  });

  it('keeps no stop waiting', async () => {
    const request = http.get(`${service.app.consoleUrl}/api/stream`);
    request.on('error', () => undefined);
    await new Promise((resolve) => request.once('response', resolve));
    const began = performance.now();
    await service.app.stop();
    expect(performance.now() - began).to.be.below(4000);
  });
});

describe('console on the wire', () => {
  plainNetwork();
  let service: Service;

  before(async () => {
    service = await Service.start();
  });
  after(() => service.stop());

  const raw = (text: string): Promise<string> =>
    new Promise((resolve) => {
      const { port, hostname } = new URL(service.app.consoleUrl);
      const socket = net.connect(Number(port), hostname, () => socket.end(text));
      let answer = '';
      socket.setEncoding('utf8').on('data', (more: string) => (answer += more));
      socket.on('error', () => undefined).on('close', () => resolve(answer));
    });

  it('takes no request that two readers would read in two ways', async () => {
    const head = 'POST /api/targets/staff-csv/pause HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n';
    for (const rest of [
      'Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      'Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}',
      'Transfer-Encoding: xchunked\r\n\r\n{}',
      'Content-Length : 2\r\n\r\n{}',
    ])
      expect(await raw(head + rest)).to.match(/^HTTP\/1\.1 400/);
    const twoHosts = 'GET /api/overview HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n';
    expect(await raw(twoHosts)).not.to.match(/^HTTP\/1\.1 200 .*evil/s);
    expect(await raw('GET http://evil.example/api/overview HTTP/1.1\r\nHost: evil.example\r\n\r\n')).to.match(
      /^HTTP\/1\.1 403/,
    );
  });
});
