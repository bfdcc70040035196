import { expect } from 'chai';
import { isJsonSchema, schemaAt } from '../../src/files/json-schema.ts';
import { ask, type Asked, at, listed } from '../support/console.ts';
import { expectDescribed } from '../support/described.ts';
import { fixture } from '../support/fixtures.ts';
import { plainNetwork } from '../support/plain-network.ts';
import { sharedPostgres } from '../support/postgres.ts';
import { engines } from '../support/stores.ts';
import { hireToCsv, Service } from '../support/service.ts';
import { postWebhook } from '../support/webhook.ts';

const personal = /Иванов|Кандидатов|\+7/;

for (const engine of engines)
  describe(`console api on ${engine}`, function () {
    this.timeout(60_000);
    plainNetwork();
    let service: Service;
    let described: unknown;
    const told = new Set<string>();

    before(async () => {
      const url =
        engine === 'postgres' ? await (await sharedPostgres()).createMigrated() : 'sqlite:../var/connector.db';
      service = await Service.start({
        config: { database: { url } },
        mappings: {
          'hire-to-csv.yaml': hireToCsv,
          'broken.yaml': 'mapping: broken\non: { event: APPLICANT }\nto: nowhere\nrecord: {}\n',
        },
      });
      await postWebhook(service.url, fixture('facts/04-status-hired').document);
      await listed(service, '/deliveries?state=delivered');
      described = (await ask(service, '/openapi.json')).json;
    });
    after(() => service.stop());

    /** Asks, and holds the answer against what the description says of it. */
    async function asked(route: string, path: string, options: Asked = {}): Promise<unknown> {
      const { status, json, text } = await ask(service, path, options);
      expect([path, status, status === 200 ? '' : text]).to.deep.equal([path, 200, '']);
      const method = (options.method ?? (options.body === undefined ? 'GET' : 'POST')).toLowerCase();
      told.add(`${method} /api${route}`);
      expectDescribed(described, method, route, json);
      return json;
    }

    it('describes every route, and answers as described', async () => {
      for (const list of [
        'events',
        'deliveries',
        'bulk',
        'causes',
        'blocked',
        'attention',
        'targets',
        'mappings',
        'audit',
        'alarms',
      ])
        await asked(`/${list}`, `/${list}`);
      await asked('/overview', '/overview');
      await asked('/me', '/me');
      await asked('/session', '/session');
      await asked('/openapi.json', '/openapi.json');
      const events = await asked('/events', '/events?limit=1');
      const event = at(events, 'items', 0, 'id');
      await asked('/events/{id}', `/events/${String(event)}`);
      const deliveries = await asked('/deliveries', '/deliveries?state=delivered');
      const delivery = at(deliveries, 'items', 0, 'id');
      const detail = await asked('/deliveries/{id}', `/deliveries/${String(delivery)}`);
      expect(at(detail, 'attempts', 0, 'outcome')).to.equal('delivered');
      expect(JSON.stringify(detail)).not.to.match(personal);
      const applicant = at(deliveries, 'items', 0, 'applicant');
      await asked('/people/{applicant}', `/people/${String(applicant)}`);
      const found = await asked('/people/search', '/people/search', { body: { q: String(applicant) } });
      expect(at(found, 'items', 0, 'applicant')).to.equal(applicant);
      const paused = await asked('/targets/{name}/pause', '/targets/staff-csv/pause', {
        body: { reason: ' upgrade ' },
      });
      expect(paused).to.include({ state: 'paused', pausedBy: 'local', pausedReason: 'upgrade', nextTryAt: null });
      const second = await ask(service, '/targets/staff-csv/pause', { body: {} });
      expect([second.status, at(second.json, 'error', 'by')]).to.deep.equal([409, 'local']);
      const resumed = await asked('/targets/{name}/resume', '/targets/staff-csv/resume', { body: {} });
      expect(resumed).to.include({ state: 'active', pausedBy: null, pausedReason: null });
      expect([typeof at(resumed, 'lastDeliveredAt'), typeof at(resumed, 'p95')]).to.deep.equal(['string', 'number']);
      await asked('/causes', '/causes?since=2026-12-01');
      const check = await asked('/targets/{name}/check', '/targets/staff-csv/check', { body: {} });
      expect(at(check, 'ok')).to.equal(true);
      await asked('/targets/{name}/confirm', '/targets/staff-csv/confirm', { body: {} });
      const dry = await asked('/events/{id}/replay', `/events/${String(event)}/replay`, { body: { dryRun: true } });
      expect(at(dry, 'items', 0, 'result')).to.equal('same');
      await asked('/attention/seen', '/attention/seen', { body: { ids: [delivery] } });
      await asked('/mappings/{name}/draft', '/mappings/hire-to-csv/draft', {
        method: 'PUT',
        body: { text: hireToCsv },
      });
      await asked('/mappings/{name}/draft', '/mappings/hire-to-csv/draft');
      await asked('/drafts', '/drafts');
      await asked('/mappings/{name}/events', '/mappings/hire-to-csv/events');
      await asked('/mappings/{name}/draft', '/mappings/hire-to-csv/draft', { method: 'DELETE', body: {} });
    });

    it('runs a bulk by the token of its preview, for whoever made it, once', async () => {
      await asked('/targets/{name}/pause', '/targets/staff-csv/pause', { body: {} });
      const event = at((await ask(service, '/events')).json, 'items', 0, 'id');
      await asked('/events/{id}/replay', `/events/${String(event)}/replay`, { body: {} });
      const wanted = { action: 'cancel', filter: { state: 'pending' }, preview: true };
      const preview = await asked('/bulk', '/bulk', { body: wanted });
      expect(at(preview, 'deliveries')).to.equal(1);
      const token = at(preview, 'token');
      const bulk = await asked('/bulk', '/bulk', { body: { token } });
      expect(at(bulk, 'total')).to.equal(1);
      const again = await ask(service, '/bulk', { body: { token } });
      expect([again.status, at(again.json, 'error', 'by')]).to.deep.equal([409, 'local']);
      const shown = await asked('/bulk/{id}', `/bulk/${String(at(bulk, 'id'))}`);
      expect(at(shown, 'action')).to.equal('cancel');
      await asked('/targets/{name}/resume', '/targets/staff-csv/resume', { body: {} });
    });

    it('changes a delivery, and says who was faster', async () => {
      await asked('/targets/{name}/pause', '/targets/staff-csv/pause', { body: {} });
      const event = at((await ask(service, '/events')).json, 'items', 0, 'id');
      const replayed = await asked('/events/{id}/replay', `/events/${String(event)}/replay`, { body: {} });
      const id = String(at(replayed, 'items', 0, 'delivery'));
      const refused = await ask(service, `/deliveries/${id}/edit`, {
        body: { record: { Кандидат: { deep: 1 } }, reason: 'x' },
      });
      expect([refused.status, String(at(refused.json, 'error', 'field')).startsWith('record')]).to.deep.equal([
        400,
        true,
      ]);
      const edited = await asked('/deliveries/{id}/edit', `/deliveries/${id}/edit`, {
        body: { record: { Кандидат: 1, Лог: 2, Фамилия: 'Кандидатова' }, reason: 'a wrong surname' },
      });
      const successor = String(at(edited, 'delivery'));
      const late = await ask(service, `/deliveries/${id}/edit`, {
        body: { record: { Кандидат: 1 }, reason: 'too late' },
      });
      expect([late.status, at(late.json, 'error', 'state'), at(late.json, 'error', 'by')]).to.deep.equal([
        409,
        'cancelled',
        'local',
      ]);
      const chain = at(await asked('/deliveries/{id}', `/deliveries/${successor}`), 'chain');
      expect(JSON.stringify(chain)).to.include('"relation":"replaces"').and.to.include('a wrong surname');
      await asked('/deliveries/{id}/retry', `/deliveries/${successor}/retry`, { body: {} });
      await asked('/deliveries/{id}/cancel', `/deliveries/${successor}/cancel`, { body: {} });
      expect((await ask(service, `/deliveries/${successor}/cancel`, { body: {} })).status).to.equal(409);
      expect((await ask(service, `/deliveries/${successor}/reveal`, { body: {} })).status).to.equal(403);
      const audit = await asked('/audit', `/audit?on=delivery/${successor}`);
      expect(JSON.stringify(audit)).to.include('"cancel"').and.not.to.match(personal);
      await asked('/targets/{name}/resume', '/targets/staff-csv/resume', { body: {} });
    });

    it('tries a mapping on kept events, in the thread that evaluates', async () => {
      const event = at((await ask(service, '/events')).json, 'items', 0, 'id');
      const preview = (text?: string) =>
        asked('/mappings/{name}/preview', '/mappings/hire-to-csv/preview', { body: { event, ...(text && { text }) } });
      const inUse = await preview();
      expect(at(inUse, 'mapped', 'outcome')).to.equal('record');
      expect(JSON.stringify(inUse)).not.to.match(personal);
      const changed = hireToCsv.replace('Лог: =log.id', 'Лог: ="x" & log.id');
      expect(at(await preview(changed), 'mapped', 'record', 'Лог')).to.match(/^x/);
      const faulty = await preview(hireToCsv.replace('=log.id,', '==log.id,'));
      expect([at(faulty, 'mapped'), at(faulty, 'faults', 0, 'line')]).to.deep.equal([null, 5]);
      const endless = await preview(hireToCsv.replace('=log.id,', '"=($f := function($x){ $f($x + 1) }; $f(1))",'));
      expect(at(endless, 'mapped', 'outcome')).to.equal('failed');
      const diff = await asked('/mappings/{name}/diff', '/mappings/hire-to-csv/diff', { body: { text: changed } });
      expect(diff).to.include({ events: 1, changed: 1, same: 0 });
      expect(at(diff, 'fields', 0, 'field')).to.equal('Лог');
      const write = await ask(service, '/mappings/hire-to-csv/write', { body: { text: changed } });
      expect([write.status, at(write.json, 'error', 'code')]).to.deep.equal([403, 'read-only']);
    });

    it('names the field of what no database takes, and of what every object inherits', async () => {
      const cases: readonly [path: string, body: unknown, field: string][] = [
        ['/deliveries?key=%00', undefined, 'key'],
        ['/people/%00', undefined, 'applicant'],
        ['/audit?on=%00', undefined, 'on'],
        ['/people/search', { q: '\0' }, 'q'],
        ['/people/search', { q: ['x'] }, 'q'],
        ['/people/search', { q: 'x', constructor: 1 }, 'constructor'],
        ['/people/search', JSON.parse('{"q":{"toString":1}}'), 'q.toString'],
        ['/deliveries?toString=1', undefined, 'toString'],
        ['/deliveries?constructor=1', undefined, 'constructor'],
        ['/deliveries?event=1e300', undefined, 'event'],
        ['/deliveries?event=9007199254740993', undefined, 'event'],
        ['/attention/seen', { ids: [1e300] }, 'ids.0'],
        ['/bulk', { action: 'retry', ids: [1e300], preview: true }, 'ids.0'],
        ['/bulk', { action: 'retry', filter: { key: '\0' }, preview: true }, 'filter'],
        ['/mappings/hire-to-csv/preview', { event: 1e300 }, 'event'],
      ];
      for (const [path, body, field] of cases) {
        const { status, json } = await ask(service, path, body === undefined ? {} : { body });
        expect([path, status, at(json, 'error', 'field')]).to.deep.equal([path, 400, field]);
      }
    });

    it('asks nothing where no step asks, and knows no delivery that is not there', async () => {
      const delivery = String(at((await ask(service, '/deliveries?state=delivered')).json, 'items', 0, 'id'));
      const choose = (id: string, body: object) => ask(service, `/deliveries/${id}/choose`, { body });
      for (const [body, field] of [
        [{ object: 'x' }, 'step'],
        [{ step: 'person' }, 'object'],
        [{ step: 'person', object: 'x', new: true }, 'object'],
        [{ step: 'person', object: 'x', more: 1 }, 'more'],
      ] as const) {
        const { status, json } = await choose(delivery, body);
        expect([JSON.stringify(body), status, at(json, 'error', 'field')]).to.deep.equal([
          JSON.stringify(body),
          400,
          field,
        ]);
      }
      const settled = await choose(delivery, { step: 'person', new: true });
      expect([settled.status, at(settled.json, 'error', 'state')]).to.deep.equal([409, 'delivered']);
      expect((await choose('987654', { step: 'person', new: true })).status).to.equal(404);
    });

    it('leaves out no route', () => {
      const paths = schemaAt(isJsonSchema(described) ? described : {}, 'paths');
      const routes = Object.entries(paths).flatMap(([path, methods]) =>
        isJsonSchema(methods) ? Object.keys(methods).map((method) => `${method} ${path}`) : [],
      );
      const elsewhere = [
        'get /api/stream',
        'post /api/session',
        'delete /api/session',
        'post /api/deliveries/{id}/choose',
        'post /api/deliveries/{id}/reveal',
        'post /api/bulk/{id}/abort',
        'post /api/mappings/{name}/completion',
        'post /api/mappings/{name}/test',
        'post /api/mappings/{name}/write',
      ];
      expect(routes.filter((route) => !told.has(route)).toSorted()).to.deep.equal(elsewhere.toSorted());
    });
  });
