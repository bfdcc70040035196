import { Rest } from '../../../adapters/rest.ts';
import { FaultServer, toolsFor } from '../../../adapters/testing.ts';
import { anyTwoHundred, conforming } from './conforming.ts';
import type { RestRecord } from '../../../adapters/rest/record.ts';
import type { AdapterTools } from '../../../src/adapter.ts';
import type { AdapterHarness } from '../../../adapters/testing.ts';

/** An API that heeds Idempotency-Key and refuses a body without a name. */
async function harness(timeout: number, success: AdapterTools['success']): Promise<AdapterHarness<RestRecord>> {
  const taken = new Set<string>();
  const server = await FaultServer.start(({ method, headers, body }) => {
    if (method === 'HEAD') return { status: 200 };
    if (!body.includes('name')) return { status: 422, body: '{"error":"Петрова"}' };
    taken.add(headers['idempotency-key'] ?? '');
    return { status: 201, headers: { 'content-type': 'application/json' }, body: '{"ok":true}' };
  });
  return {
    adapterClass: Rest,
    settings: { baseUrl: `${server.url}/api`, auth: { bearer: 'geheim' } },
    tools: toolsFor({ timeout, success }),
    record: () => ({ path: '/employees/Иванова', query: { q: 'Иванова' }, body: { name: 'Иванова' } }),
    refused: { path: '/employees', body: { who: 'Петрова' } },
    secrets: ['Иванова', '%D0%98', 'Петрова', 'geheim'],
    effects: () => taken.size,
    server,
  };
}

export const rest = conforming('rest', (timeout) => harness(timeout, undefined), anyTwoHundred);

export const restWithSuccess = conforming('rest + success', (timeout) =>
  harness(timeout, { when: '$not($exists(answer.error))' }),
);

/** An API that knows no key: each POST makes another employee, and a search tells who is there. */
async function pair(timeout: number): Promise<AdapterHarness<RestRecord>> {
  const people: string[] = [];
  const server = await FaultServer.start(({ method, path, body }) => {
    const number = new URL(path, 'http://x').searchParams.get('number') ?? '';
    if (method === 'GET') return { status: 200, body: JSON.stringify(people.includes(number) ? [{ id: number }] : []) };
    if (method === 'HEAD') return { status: 200 };
    if (!body.includes('name')) return { status: 422 };
    const person: { number: number } = JSON.parse(body.toString());
    if (method === 'POST') people.push(String(person.number));
    return { status: 200, body: JSON.stringify({ id: person.number }) };
  });
  const record = (number: number, body: object): RestRecord => ({
    of: { kind: 'applicant', id: number },
    create: { path: '/people', body: { ...body, number } },
    update: { path: '/people/{id}', body: { ...body, number } },
    find: { path: '/people', query: { number }, id: '$[0].id' },
  });
  return {
    adapterClass: Rest,
    settings: { baseUrl: `${server.url}/api`, auth: { bearer: 'geheim' } },
    tools: toolsFor({ timeout }),
    record: (n) => record(n, { name: 'Иванова' }),
    refused: record(66, { who: 'Петрова' }),
    secrets: ['Иванова', 'Петрова', 'geheim'],
    effects: () => people.length,
    server,
  };
}

export const restPair = conforming('rest, create and update', pair);
