import { expect } from 'chai';
import { wireBytes } from '../../src/huntflow/wire.ts';
import { fixture, huntflowFixtures } from '../support/fixtures.ts';
import { plainNetwork } from '../support/plain-network.ts';
import { request } from '../support/request.ts';
import { Service } from '../support/service.ts';
import { headersOf, postWebhook, secret } from '../support/webhook.ts';

describe('intake of signed webhooks', () => {
  plainNetwork();
  let service: Service;
  const events = () => service.app.composition.inbox.list({});

  before(async () => {
    service = await Service.start({
      mappings: {},
      config: {
        sources: {
          huntflow: { secrets: [secret, 'the-next-secret', ''] },
          open: { unsigned: true },
          unset: { secrets: [''] },
          филиал: { secrets: ['of-the-branch'] },
        },
      },
    });
  });

  after(() => service.stop());

  it('answers 200 to every fixture in wire form, and keeps its bytes as they came', async () => {
    for (const { name, document, event } of huntflowFixtures()) {
      const answer = await postWebhook(service.url, document, { event, delivery: name });
      expect(answer.status, name).to.equal(200);
      expect(answer.headers['content-type'], name).to.match(/^application\/json/);
      if (event === 'PING') {
        expect(answer.json, name).to.deep.equal({ status: 'ping' });
        continue;
      }
      expect(answer.json, name).to.have.property('status').that.is.oneOf(['accepted', 'duplicate']);
      const id = idOf(answer.json);
      if (Reflect.get(Object(answer.json), 'status') === 'duplicate') continue;
      const kept = await service.app.composition.inbox.find(id);
      expect(Buffer.from(kept?.body ?? []).equals(wireBytes(document)), name).to.equal(true);
      expect(kept, name).to.include({ source: 'huntflow', event });
    }
  });

  it('answers 401 to every fixture of which one byte has changed, and keeps nothing of it', async () => {
    const before = (await events()).length;
    for (const { name, document, event } of huntflowFixtures()) {
      const bytes = wireBytes(document);
      const headers = headersOf(bytes, { event });
      const changed = Buffer.from(bytes);
      const at = (name.length * 7) % bytes.length;
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect((await request(`${service.url}/webhooks/huntflow`, { body: changed, headers })).status, name).to.equal(
        401,
      );
    }
    expect(await events()).to.have.length(before);
  });

  it('refuses a body that was parsed and written again under the signature of the original', async () => {
    const bytes = wireBytes(fixture('facts/27-wire-form').document);
    const again = Buffer.from(JSON.stringify(JSON.parse(bytes.toString('utf8'))));
    expect(
      (await request(`${service.url}/webhooks/huntflow`, { body: again, headers: headersOf(bytes) })).status,
    ).to.equal(401);
  });

  it('takes each of several secrets, the empty one excepted', async () => {
    const { document } = fixture('facts/02-add');
    expect((await postWebhook(service.url, document, { secret: 'the-next-secret' })).status).to.equal(200);
    expect((await postWebhook(service.url, document, { secret })).status).to.equal(200);
    expect((await postWebhook(service.url, document, { secret: '' })).status).to.equal(401);
    expect((await postWebhook(service.url, document, { secret: 'of-the-branch' })).status).to.equal(401);
  });

  it('asks every source for its own secret', async () => {
    const { document } = fixture('facts/02-add');
    const source = encodeURIComponent('филиал');
    expect((await postWebhook(service.url, document, { source, secret: 'of-the-branch' })).status).to.equal(200);
    expect((await postWebhook(service.url, document, { source, secret })).status).to.equal(401);
  });

  it('refuses a missing, empty, doubled or foreign signature', async () => {
    const bytes = wireBytes(fixture('facts/02-add').document);
    const right = headersOf(bytes)['x-huntflow-signature'] ?? '';
    for (const value of [
      undefined,
      '',
      ' ',
      `sha256=${right}`,
      `${right}, ${right}`,
      right.slice(2),
      '0'.repeat(64),
      'ÿ'.repeat(64),
    ]) {
      const headers = {
        ...headersOf(bytes, { secret: null }),
        ...(value !== undefined && { 'x-huntflow-signature': value }),
      };
      const { status, json } = await request(`${service.url}/webhooks/huntflow`, { body: bytes, headers });
      expect(status, value).to.equal(401);
      expect(json, value).to.have.property('error').that.is.a('string');
    }
  });

  it('takes a signature in upper-case hex and header names in any case', async () => {
    const bytes = wireBytes(fixture('facts/02-add').document);
    const { 'x-huntflow-signature': signature = '' } = headersOf(bytes);
    for (const name of ['X-Huntflow-Signature', 'X-HUNTFLOW-SIGNATURE', 'x-huntflow-signature']) {
      expect(
        (
          await request(`${service.url}/webhooks/huntflow`, {
            body: bytes,
            headers: { [name]: signature.toUpperCase(), 'X-HUNTFLOW-EVENT': 'APPLICANT' },
          })
        ).status,
      ).to.equal(200);
    }
  });

  it('takes unsigned webhooks of a source that says so, and of one without a secret on loopback', async () => {
    const { document } = fixture('facts/03-edit-tags');
    for (const source of ['open', 'unset']) {
      expect((await postWebhook(service.url, document, { source, secret: null })).json, source).to.have.property(
        'status',
        'accepted',
      );
      expect((await postWebhook(service.url, document, { source, secret: 'whatever' })).json, source).to.have.property(
        'status',
        'duplicate',
      );
    }
  });

  it('answers a PING at once, whatever it carries, and keeps nothing of it', async () => {
    const before = (await events()).length;
    for (const body of [
      '{"event": "PING"}',
      '',
      'not JSON',
      '[1]',
      '\u0000',
      '{"meta": {"event_type": "APPLICANT", "event_id": "1"}}',
    ]) {
      for (const event of ['PING', 'ping', ' PING ']) {
        const answer = await postWebhook(service.url, Buffer.from(body), { event });
        expect([answer.status, answer.json], body).to.deep.equal([200, { status: 'ping' }]);
      }
      expect(
        (await postWebhook(service.url, Buffer.from(body), { event: 'PING', secret: 'wrong' })).status,
        body,
      ).to.equal(401);
      expect(
        (await postWebhook(service.url, Buffer.from(body), { event: 'PING', secret: null })).status,
        body,
      ).to.equal(401);
    }
    expect(await events()).to.have.length(before);
  });

  it('tells which source was refused, in a line without the secret or the signature', async () => {
    const bytes = wireBytes(fixture('facts/02-add').document);
    await request(`${service.url}/webhooks/huntflow`, {
      body: bytes,
      headers: headersOf(bytes, { secret: 'a-wrong-secret' }),
    });
    const line = service.log.find((each) => each.includes('webhook refused') && each.includes('"huntflow"')) ?? '';
    expect(JSON.parse(line)).to.include({ source: 'huntflow', signature: 'wrong', level: 'warn' });
    const everything = service.log.join('');
    for (const hidden of [secret, 'the-next-secret', 'a-wrong-secret', headersOf(bytes)['x-huntflow-signature'] ?? '?'])
      expect(everything).not.to.include(hidden);
  });
});

function idOf(json: unknown): number {
  return Number(Reflect.get(Object(json), 'event'));
}
