import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { Served } from '../adapters/onec/served.ts';
import { ask, at, listed } from '../support/console.ts';
import { expectDescribed } from '../support/described.ts';
import { fixture } from '../support/fixtures.ts';
import { plainNetwork } from '../support/plain-network.ts';
import { hireToCsv, Service } from '../support/service.ts';

import { hire, postWebhook } from '../support/webhook.ts';

describe('workbench in front of 1C', function () {
  this.timeout(60_000);
  plainNetwork();
  let served: Served;

  before(async () => {
    served = await Served.start();
    await served.hire(1);
    await listed(served.service, '/events');
  });
  after(() => served.stop());

  it('offers names with masked values, and what the base publishes, with what it does not', async () => {
    const event = at((await ask(served.service, '/events')).json, 'items', 0, 'id');
    const asked = (text?: string) =>
      ask(served.service, '/mappings/hire/completion', { body: { event, ...(text !== undefined && { text }) } });
    const { status, json, text } = await asked();
    expect([status, status === 200 ? '' : text]).to.deep.equal([200, '']);
    const described = (await ask(served.service, '/openapi.json')).json;
    expectDescribed(described, 'post', '/mappings/{name}/completion', json);
    const names = JSON.stringify(at(json, 'names'));
    expect(names)
      .to.include('"applicant.last_name"')
      .and.to.include('"log.id"')
      .and.not.to.match(/Иванов|Петров/);
    expect(at(json, 'target', 'described')).to.equal(true);
    const sets = JSON.stringify(at(json, 'target', 'sets'));
    expect(sets).to.include('"Catalog_ФизическиеЛица","published":true').and.to.include('"ДатаРождения"');
    const draft = `mapping: hire
on: { event: APPLICANT }
to: zup
record:
  steps:
    - create: Catalog_ФизическиеЛица
      of: { kind: applicant, id: =applicant.id }
      fields: { Description: =applicant.last_name, ПолеКоторогоНет: 1 }
    - create: Catalog_СовсемНет
      of: { kind: log, id: =log.id }
      fields: { Description: x }
`;
    const marked = JSON.stringify(at((await asked(draft)).json, 'target', 'sets'));
    expect(marked).to.include('{"name":"ПолеКоторогоНет","type":null,"max":null,"target":null,"published":false}');
    expect(marked).to.include('"Catalog_СовсемНет","published":false');
  });
});

describe('workbench that may write', function () {
  this.timeout(60_000);
  plainNetwork();
  let service: Service;

  before(async () => {
    service = await Service.start({ config: { console: { port: 0, writesMappings: true } } });
  });
  after(() => service.stop());

  const changed = hireToCsv.replace('Лог: =log.id', 'Лог: ="x" & log.id');
  const write = (text: string, base: unknown) => ask(service, '/mappings/hire-to-csv/write', { body: { text, base } });

  it('writes the file it knows, and none that somebody else changed or that is faulty', async () => {
    const { json } = await ask(service, '/mappings/hire-to-csv/draft');
    const base = at(json, 'sourceHash');
    expect((await write('mapping: [', base)).status).to.equal(400);
    expect((await write(changed.replace('hire-to-csv', 'other'), base)).status).to.equal(400);
    const file = service.workspace.path('mappings', 'hire-to-csv.yaml');
    writeFileSync(file, `${hireToCsv}# somebody's\n`);
    expect((await write(changed, base)).status).to.equal(409);
    const now = at((await ask(service, '/mappings/hire-to-csv/draft')).json, 'sourceHash');
    const written = await write(changed, now);
    expect([written.status, written.json]).to.deep.equal([200, { file: 'hire-to-csv.yaml' }]);
    const described = (await ask(service, '/openapi.json')).json;
    expectDescribed(described, 'post', '/mappings/{name}/write', written.json);
    expect(readFileSync(file, 'utf8')).to.equal(changed);
    for (const name of ['..%2Fevil', 'a%2Fb', 'x'.repeat(200)])
      expect([
        name,
        (await ask(service, `/mappings/${name}/write`, { body: { text: changed, base: null } })).status,
      ]).to.deep.equal([name, 400]);
    const audit = await ask(service, '/audit?action=mapping written');
    expect(at(audit.json, 'items', 0, 'on', 0)).to.equal('mapping/hire-to-csv');
  });

  it('lists the drafts of whoever asks, and tells events apart by time, stage and person', async () => {
    await ask(service, '/mappings/hire-to-csv/draft', { method: 'PUT', body: { text: changed, base: null } });
    const keep = (seen: unknown) =>
      ask(service, '/mappings/hire-to-csv/draft', { method: 'PUT', body: { text: changed, base: null, seen } });
    expect((await keep(null)).status, 'there is one by now').to.equal(409);
    const { savedAt } = Object((await ask(service, '/mappings/hire-to-csv/draft')).json);
    expect((await keep(savedAt)).status).to.equal(200);
    const drafts = (await ask(service, '/drafts')).json;
    expect([at(drafts, 'items', 0, 'mapping'), at(drafts, 'items', 1)]).to.deep.equal(['hire-to-csv', undefined]);
    await ask(service, '/mappings/hire-to-csv/draft', { method: 'DELETE' });
    expect(at((await ask(service, '/drafts')).json, 'items', 0)).to.equal(undefined);
    await postWebhook(service.url, hire(1));
    await postWebhook(service.url, fixture('facts/01-ping').document);
    await listed(service, '/deliveries');
    const { json } = await ask(service, '/mappings/hire-to-csv/events');
    const described = (await ask(service, '/openapi.json')).json;
    expectDescribed(described, 'get', '/mappings/{name}/events', json);
    expectDescribed(described, 'get', '/drafts', drafts);
    const taken = at(json, 'items', 1);
    expect([at(taken, 'wanted'), at(json, 'items', 0, 'wanted')]).to.deep.equal([true, false]);
    expect(at(taken, 'stage')).to.be.a('string');
    expect(at(taken, 'person')).to.match(/^\p{L}•+ /u);
    expect((await ask(service, '/mappings/no-such/events')).status).to.equal(404);
  });

  it('compares over 500 events within five seconds, formulas in their thread', async () => {
    const { document } = fixture('facts/04-status-hired');
    const { inbox } = service.app.composition;
    await postWebhook(service.url, document);
    await listed(service, '/deliveries');
    const [first] = await inbox.list({ limit: 1 });
    const kept = first === undefined ? undefined : await inbox.find(first.id);
    if (kept?.body === undefined || kept.body === null) throw new Error('an event was kept');
    const { body } = kept;
    await Promise.all(
      Array.from({ length: 500 }, (_, number) =>
        inbox.keep({
          source: 'huntflow',
          scope: kept.scope,
          event: 'APPLICANT',
          type: 'STATUS',
          action: 'ADD',
          dedupeKey: undefined,
          variant: String(number),
          receivedAt: 1_800_000_000_000 + number,
          body,
          bodySize: body.byteLength,
          headers: { 'x-huntflow-event': 'APPLICANT' },
          error: undefined,
        }),
      ),
    );
    const text = hireToCsv.replace('Лог: =log.id', `Лог: '=$string(log.id) & "-" & $string($count([1..50]))'`);
    const began = performance.now();
    const { status, json } = await ask(service, '/mappings/hire-to-csv/diff', { body: { text, events: 500 } });
    expect([status, at(json, 'events'), at(json, 'changed')]).to.deep.equal([200, 500, 500]);
    expect(performance.now() - began).to.be.below(5000);
  });
});
