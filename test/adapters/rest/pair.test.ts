import { expect } from 'chai';
import { idAt, isAnswerPath } from '../../../adapters/rest/answer-path.ts';
import { Rest } from '../../../adapters/rest.ts';
import { Deliveries, FaultServer, faults, toolsFor } from '../../../adapters/testing.ts';
import { adapterErrorKind } from '../../../src/adapter.ts';
import { validate } from '../../../src/files/validation.ts';
import { plainNetwork } from '../../support/plain-network.ts';
import type { RestRecord } from '../../../adapters/rest/record.ts';
import type { TestTools } from '../../../adapters/testing.ts';

const lost = faults.find(({ name }) => name === 'drop after commit');

/** A register of people that knows no key of ours: each POST makes another one. */
describe('a pair of create and update', () => {
  plainNetwork();
  const people = new Map<string, { external: string; name: string }>();
  let server: FaultServer;
  let tools: TestTools;
  let rest: Rest;
  let deliveries: Deliveries;

  beforeEach(async () => {
    people.clear();
    deliveries = new Deliveries();
    server = await FaultServer.start(({ method, path, body }) => {
      const { pathname, searchParams } = new URL(path, 'http://x');
      if (method === 'GET') {
        const [found] = [...people].filter(([, { external }]) => external === searchParams.get('external'));
        return { status: 200, body: JSON.stringify({ items: found === undefined ? [] : [{ id: found[0] }] }) };
      }
      const person: { external: string; name: string } = JSON.parse(body.toString());
      const id = method === 'POST' ? `Р/${people.size + 1}` : decodeURIComponent(pathname.slice('/api/people/'.length));
      if (method === 'PUT' && !people.has(id)) return { status: 404 };
      people.set(id, person);
      return { status: method === 'POST' ? 201 : 200, body: JSON.stringify({ data: { id } }) };
    });
    tools = toolsFor({ timeout: 2000 });
    rest = new Rest(Rest.settings.cast({ baseUrl: `${server.url}/api` }), tools);
  });

  afterEach(async () => {
    await rest.close();
    await server.stop();
    tools.dispose();
  });

  const record = (name: string, more: object = {}): RestRecord => {
    const body = { external: '17', name };
    return {
      of: { kind: 'applicant', id: 17 },
      create: { path: '/people', body },
      update: { path: '/people/{id}', body },
      find: { path: '/people', query: { external: '17' }, id: 'items[0].id' },
      id: 'data.id',
      ...more,
    };
  };
  const asked = () => server.requests.map(({ method, path }) => `${method} ${path}`);

  it('creates once, then updates under the id of the answer', async () => {
    expect(await rest.deliver(record('Анна'), deliveries.attempt(1))).to.deep.equal({ summary: 'created' });
    expect(await rest.deliver(record('Анна Иванова'), deliveries.attempt(2))).to.deep.equal({ summary: 'updated' });
    expect(asked()).to.deep.equal(['POST /api/people', 'PUT /api/people/%D0%A0%2F1']);
    expect([...people.values()]).to.deep.equal([{ external: '17', name: 'Анна Иванова' }]);
  });

  it('asks before another create when nobody knows how the first one ended', async () => {
    server.fault = lost;
    const error: unknown = await rest.deliver(record('Анна'), deliveries.attempt(1)).catch((thrown: unknown) => thrown);
    expect(adapterErrorKind(error)).to.equal('uncertain');
    server.fault = undefined;
    expect(await rest.deliver(record('Анна'), deliveries.attempt(1))).to.deep.equal({ summary: 'found and updated' });
    expect(people.size).to.equal(1);
    expect(asked()).to.deep.equal(['POST /api/people', 'GET /api/people?external=17', 'PUT /api/people/%D0%A0%2F1']);
  });

  it('creates when the search finds nothing, and waits while it cannot be asked', async () => {
    server.fault = faults.find(({ name }) => name === '502 with an HTML page');
    server.strikes = () => true;
    await rest.deliver(record('Анна'), deliveries.attempt(1)).catch(() => undefined);
    const error: unknown = await rest.deliver(record('Анна'), deliveries.attempt(1)).catch((thrown: unknown) => thrown);
    expect(adapterErrorKind(error)).to.equal('unavailable');
    expect(String(error)).to.include('nothing is created while it is not clear');
    server.fault = undefined;
    expect(await rest.deliver(record('Анна'), deliveries.attempt(1))).to.deep.equal({ summary: 'created' });
    expect(people.size).to.equal(1);
  });

  it('looks before the first create with find.always, and leaves what it finds without update', async () => {
    people.set('9', { external: '17', name: 'Их запись' });
    const find = { path: '/people', query: { external: '17' }, id: 'items[0].id', always: true };
    const receipt = await rest.deliver(record('Анна', { find, update: null }), deliveries.attempt(1));
    expect(receipt).to.deep.equal({ summary: 'already there' });
    expect(people.get('9')?.name).to.equal('Их запись');
    expect(people.size).to.equal(1);
  });

  for (const name of ['HTML with 200, nothing taken', 'HTML with 200 after commit']) {
    it(`takes a page of HTML for no answer, and looks: ${name}`, async () => {
      server.fault = faults.find((fault) => fault.name === name);
      const thrown = rest.deliver(record('Анна'), deliveries.attempt(1));
      const error: unknown = await thrown.catch((caught: unknown) => caught);
      expect(adapterErrorKind(error)).to.equal('uncertain');
      expect(String(error)).to.include('an HTML page that has no id').and.not.to.include('Анна');
      server.fault = undefined;
      await rest.deliver(record('Анна'), deliveries.attempt(1));
      expect(people.size).to.equal(1);
    });
  }

  it('says so when the answer has no id', async () => {
    const { attention } = await rest.deliver(record('Анна', { id: 'data.uuid' }), deliveries.attempt(1));
    expect(attention).to.have.length(1);
    expect(JSON.stringify(attention)).to.include('data.uuid').and.not.to.include('Анна');
  });

  it('is one of two forms of a record', () => {
    const problems = (value: unknown) => validate(Rest.record, value).problems.map(({ path }) => path.join('.'));
    expect(problems(record('Анна'))).to.deep.equal([]);
    expect(problems({ path: '/x' })).to.deep.equal([]);
    expect(problems({})).to.deep.equal(['path']);
    expect(problems({ path: '/x', id: 'id' })).to.deep.equal(['path']);
    expect(problems({ create: { path: '/x' } })).to.deep.equal(['of']);
    expect(problems({ ...record('Анна'), path: '/x' })).to.deep.equal(['of']);
    expect(problems({ ...record('Анна'), id: '$eval("1")' })).to.deep.equal(['id']);
    expect(problems({ ...record('Анна'), crate: {} })).to.deep.equal(['crate']);
  });

  it('finds an id by names and places, and takes no other for one', () => {
    const answer = { data: { items: [{ id: 7 }, { 'employee-id': 'Я' }], on: true, deep: { id: '' } } };
    expect(idAt(answer, 'data.items[0].id')).to.equal('7');
    expect(idAt(answer, 'data.items[1].employee-id')).to.equal('Я');
    expect(idAt([{ id: 1 }], '$[0].id')).to.equal('1');
    for (const path of ['data.on', 'data.items', 'data.deep.id', 'data.items[9].id', 'nothing.here', 'toString'])
      expect(idAt(answer, path), path).to.equal(undefined);
    expect(idAt({ id: 'x'.repeat(100_000) }, 'id')).to.equal(undefined);
    for (const path of ['', '.', 'a..b', 'a[x]', 'a b', 'x'.repeat(501)])
      expect(isAnswerPath(path), path).to.equal(false);
  });
});
