import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { plainNetwork } from '../support/plain-network.ts';
import { Service } from '../support/service.ts';
import { command } from '../support/serving.ts';
import { until } from '../support/until.ts';
import { postWebhook, secret } from '../support/webhook.ts';

const rows =
  'mapping: rows\non: { event: APPLICANT, type: STATUS }\nto: staff\nonce: =log.id\nrecord: { Кандидат: =applicant.id }\n';
const sum =
  'mapping: sums\non: { event: APPLICANT, type: STATUS }\nto: staff\norder: none\nrecord: { Оклад: { from: =applicant.salary, as: decimal } }\n';

/** A webhook of the shipped tests, in the form of version 1.0 or 2.0. */
const fixtureOf = (name: string): Buffer => readFileSync(`mappings/fixtures/${name}.json`);

describe('one hire that comes by webhooks of version 1.0 and 2.0', function suite() {
  this.timeout(60_000);
  plainNetwork();
  let service: Service;

  async function start(source: object, mapping: string): Promise<void> {
    service = await Service.start({
      mappings: { 'rows.yaml': mapping },
      config: {
        sources: { huntflow: { secrets: [secret], ...source } },
        targets: { staff: { adapter: 'csv', settings: { folder: './drop', create: true, name: 'staff.csv' } } },
      },
    });
  }

  afterEach(() => service.stop());

  const send = async (body: Uint8Array): Promise<void> => {
    expect((await postWebhook(service.url, body)).status).to.equal(200);
  };
  const done = async (count: number) =>
    until('all are looked at', async () => {
      const events = await service.app.composition.inbox.list({});
      return events.length === count && events.every(({ state }) => state !== 'received');
    });
  const deliveries = () => service.app.composition.outbox.list({});

  for (const names of [
    ['applicant-status-hired-version-1', 'applicant-status-hired'],
    ['applicant-status-hired', 'applicant-status-hired-version-1'],
  ])
    it(`is one delivery where the source says its scope (${names.join(', then ')})`, async () => {
      await start({ scope: 'main' }, rows);
      for (const name of names) await send(fixtureOf(name));
      await done(2);

      expect((await deliveries()).map(({ key }) => key)).to.deep.equal(['applicant/17']);
    });

  it('is two of two organisations where it does not: version 1.0 names no domain', async () => {
    await start({}, rows);
    await send(fixtureOf('applicant-status-hired'));
    await send(fixtureOf('applicant-status-hired-version-1'));
    await done(2);

    expect(await deliveries()).to.have.length(2);
  });

  it('is kept with a NaN in its body, and delivered once somebody has put a number there', async () => {
    await start({}, sum);
    const body = fixtureOf('applicant-status-hired').toString('utf8').replace('"id": 17,', '"id": 17, "salary": NaN,');
    expect(body).to.include('NaN');
    await send(Buffer.from(body));
    const dead = async () => (await deliveries()).find(({ state }) => state === 'dead');
    const { id, lastError } = await until('it is dead', dead);
    expect(lastError?.ru).to.include('«Оклад»');

    const record = service.workspace.path('record.json');
    writeFileSync(record, '{"Оклад":"100000.50"}');
    const config = service.app.composition.config.file;
    const { code, err } = await command([
      'deliveries',
      'edit',
      String(id),
      '--record',
      record,
      '--reason',
      'typo',
      '--config',
      config,
    ]);

    expect(code, err).to.equal(0);
    await until('it is delivered', async () => (await deliveries()).some(({ state }) => state === 'delivered'));
    expect(readFileSync(`${service.workspace.path('config')}/drop/staff.csv`, 'utf8')).to.include('100000.50');
  });
});
