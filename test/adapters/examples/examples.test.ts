import Pyrus from '../../../adapters/examples/pyrus.ts';
import SuccessFactors from '../../../adapters/examples/successfactors.ts';
import { describeAdapter, FaultServer, toolsFor } from '../../../adapters/testing.ts';
import { plainNetwork } from '../../support/plain-network.ts';

/** As the public descriptions of their APIs say; no real account was asked. */
describe('the examples', () => {
  plainNetwork();

  describeAdapter<unknown>('successfactors', async (timeout) => {
    const people = new Map<string, unknown>();
    const server = await FaultServer.start(({ path, headers, body }) => {
      if (path !== '/odata/v2/upsert' || !headers['authorization']?.startsWith('Basic ')) return { status: 401 };
      const [entity]: [{ __metadata: { uri: string }; lastName?: string }] = JSON.parse(body.toString());
      const refused = entity.lastName === undefined;
      if (!refused) people.set(entity.__metadata.uri, entity);
      const result = refused
        ? { key: null, status: 'ERROR', message: 'lastName of Петрова', httpCode: 400 }
        : { key: entity.__metadata.uri, status: 'OK', editStatus: 'UPSERTED', message: null, httpCode: 200 };
      return { status: 200, body: JSON.stringify({ d: [{ index: 0, ...result }] }) };
    });
    return {
      adapterClass: SuccessFactors,
      settings: { url: `${server.url}/odata/v2`, user: 'robot@firm', password: 'geheim' },
      tools: toolsFor({ timeout }),
      record: (n) => ({ upsert: [{ uri: `PerPersonal('HF-${n}')`, fields: { lastName: 'Иванова' } }] }),
      refused: { upsert: [{ uri: "PerPersonal('HF-66')", fields: { firstName: 'Петрова' } }] },
      secrets: ['Иванова', 'Петрова', 'geheim'],
      effects: () => people.size,
      server,
    };
  });

  describeAdapter('pyrus', async (timeout) => {
    const tasks: string[] = [];
    const server = await FaultServer.start(({ method, path, headers, body }) => {
      const { pathname, searchParams } = new URL(path, 'http://x');
      if (pathname === '/v4/auth') return { status: 200, body: '{"access_token":"made-up-token"}' };
      if (headers['authorization'] !== 'Bearer made-up-token') return { status: 401 };
      if (method === 'GET') {
        const found = tasks.filter((mark) => mark === searchParams.get('fld9'));
        return { status: 200, body: JSON.stringify({ tasks: found.map((_mark, id) => ({ id })) }) };
      }
      const { form_id, fields }: { form_id: number; fields: { id: number; value: string }[] } = JSON.parse(
        body.toString(),
      );
      if (form_id !== 3000) return { status: 400, body: '{"error_code":"form_not_found"}' };
      tasks.push(fields.find(({ id }) => id === 9)?.value ?? '');
      return { status: 200, body: JSON.stringify({ task: { id: tasks.length } }) };
    });
    server.strikes = ({ path }) => path === '/v4/tasks';
    return {
      adapterClass: Pyrus,
      settings: { url: `${server.url}/v4`, login: 'robot@firm.example', securityKey: 'geheim' },
      tools: toolsFor({ timeout }),
      record: () => ({ form: 3000, markField: 9, fields: [{ id: 1, value: 'Иванова' }] }),
      refused: { form: 1, markField: 9, fields: [{ id: 1, value: 'Петрова' }] },
      secrets: ['Иванова', 'Петрова', 'geheim', 'made-up-token'],
      effects: () => tasks.length,
      server,
    };
  });
});
