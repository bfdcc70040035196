import { mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import { Csv } from '../../adapters/csv.ts';
import { StateLock } from '../../adapters/drop/state-lock.ts';
import { Rest } from '../../adapters/rest.ts';
import { toolsIn } from '../support/delivery-context.ts';
import { HttpStandIn } from '../../stand-ins/http-stand-in.ts';
import { describeAdapter } from './adapter.ts';
import type { CsvRecord } from '../../adapters/csv/settings.ts';
import type { RestRecord } from '../../adapters/rest/schema.ts';
import type { AdapterHarness } from './adapter.ts';

async function csvHarness(): Promise<AdapterHarness<CsvRecord>> {
  const tools = toolsIn();
  const outer = path.join(tools.root, 'outer');
  mkdirSync(outer);
  const settings = { folder: 'outer/drop', create: true, encoding: 'windows-1251' };
  const lock = new StateLock(tools.stateFolder());
  let held = false;
  return {
    adapterClass: Csv,
    settings,
    adapter: new Csv(Csv.settings.cast(settings), tools),
    record: { Фамилия: 'Иванова', Телефон: '+7 900 000-00-00' },
    refused: { Фамилия: 'Петрова 🙂', Телефон: null },
    secrets: ['Иванова', 'Петрова', '000-00'],
    effects: async () => rowsIn(path.join(outer, 'drop')),
    cutOff: async () => renameSync(outer, `${outer}-gone`),
    reconnect: async () => renameSync(`${outer}-gone`, outer),
    hang: async () => {
      await lock.acquire(0);
      held = true;
    },
    dispose: async () => {
      if (held) await lock.release();
      tools.dispose();
    },
  };
}

function rowsIn(folder: string): number {
  try {
    return readdirSync(folder).reduce(
      (rows, name) => rows + readFileSync(path.join(folder, name), 'latin1').split('\r\n').length - 2,
      0,
    );
  } catch {
    return 0;
  }
}

async function restHarness(): Promise<AdapterHarness<RestRecord>> {
  const tools = toolsIn(undefined, { timeout: 5000 });
  const taken = new Map<string, string>();
  let hanging = false;
  let standIn = await start();

  /** An API that heeds Idempotency-Key and refuses a body without a name. */
  async function start(port?: number): Promise<HttpStandIn> {
    return HttpStandIn.start((arrival, response) => {
      if (hanging) return;
      if (arrival.method === 'HEAD') response.writeHead(200).end();
      else if (!arrival.body.includes('name')) response.writeHead(422).end('{"error":"Петрова"}');
      else {
        taken.set(String(arrival.headers['idempotency-key']), arrival.body);
        response.writeHead(201).end('{"id":1}');
      }
    }, port);
  }

  const settings = { baseUrl: `${standIn.url}/api`, auth: { bearer: 'geheim' } };
  const { port } = standIn;
  return {
    adapterClass: Rest,
    settings,
    adapter: new Rest(Rest.settings.cast(settings), tools),
    record: { path: '/employees/Иванова', query: { q: 'Иванова' }, body: { name: 'Иванова' } },
    refused: { path: '/employees', body: { who: 'Петрова' } },
    secrets: ['Иванова', '%D0%98', 'Петрова', 'geheim'],
    effects: async () => taken.size,
    cutOff: async () => standIn.stop(),
    reconnect: async () => {
      standIn = await start(port);
    },
    hang: async () => {
      hanging = true;
    },
    dispose: async () => {
      await standIn.stop();
      tools.dispose();
    },
  };
}

describeAdapter('csv', csvHarness);
describeAdapter('rest', restHarness);
