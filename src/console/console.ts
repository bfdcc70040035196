import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type Router from '@koa/router';
import { readerLanguage } from '../config/process-environment.ts';
import { Drafts } from '../mapping/store/drafts.ts';
import { MappingEngine } from '../mapping/thread/engine.ts';
import { anything } from '../shown/shape.ts';
import { Sessions } from '../access/sessions.ts';
import { Throttle } from '../access/throttle.ts';
import { Users } from '../access/users.ts';
import { Gate } from './access/gate.ts';
import { checkHost } from './access/hosts.ts';
import { apiRouter } from './api/api-router.ts';
import { type Endpoint, endpoint } from './api/endpoint.ts';
import { endpointsOf } from './api/endpoints.ts';
import { openApi } from './api/openapi.ts';
import { PageFiles } from './page-files.ts';
import { pageRouter } from './page-router.ts';
import type { ConsoleParts } from './parts.ts';
import { draftRoutes } from './routes/drafts.ts';
import { makeTestRoutes } from './routes/make-test.ts';
import { sessionRoutes } from './routes/session.ts';
import { workbenchRoutes } from './routes/workbench.ts';
import { signOnRoutes } from './routes/sign-on.ts';
import { streamRoutes } from './routes/stream.ts';
import { Changes } from './stream/changes.ts';

interface Console {
  readonly routers: readonly Router[];
  /** Ends the threads that it started. */
  readonly close: () => Promise<void>;
}

/** The operators' API and page. */
export function consoleOf(parts: ConsoleParts): Console {
  const { config, database, report, seals, now } = parts;
  const { hosts } = config.console;
  const users = new Users(config.console.users, config.console.usersNamed);
  const sessions = new Sessions(database, now);
  const gate = new Gate(users, sessions);
  const engine = new MappingEngine({ deadline: config.formulas.deadline });
  const changes = new Changes({ database, mappings: () => `${mappingsMark(parts)} ${parts.refusing()?.en ?? ''}` });
  const files = PageFiles.read();
  const access = {
    users,
    sessions,
    throttle: new Throttle(database, now),
    version: version(),
    page: files?.script ?? null,
  };
  const drafts = new Drafts(database, seals, now);
  const endpoints = describedEndpoints([
    ...endpointsOf(parts),
    ...workbenchRoutes(parts, { engine, drafts }),
    ...draftRoutes(parts, drafts),
    ...makeTestRoutes(parts, { engine }),
    ...sessionRoutes(parts, access),
    ...signOnRoutes(parts, access),
    ...streamRoutes(changes, gate),
  ]);
  const routers = [
    apiRouter({
      endpoints,
      hosts,
      language: readerLanguage(),
      gate,
      failed: (error) => report.requestFailed('console', error),
    }),
    pageRouter({
      files,
      zone: config.zone,
      admit: ({ req }) => {
        checkHost(req.headers, hosts);
        return gate.admitToPage(req);
      },
    }),
  ];
  return { routers, close: () => engine.close() };
}

/** The same with the route that describes them all, itself included. */
function describedEndpoints(endpoints: readonly Endpoint[]): Endpoint[] {
  const all: Endpoint[] = [...endpoints];
  all.push(
    endpoint({
      method: 'get',
      path: '/openapi.json',
      role: 'viewer',
      summary: { ru: 'Описание этого API', en: 'The description of this API' },
      answer: anything(),
      act: async () => openApi(all, version()),
    }),
  );
  return all;
}

function mappingsMark({ mappings }: ConsoleParts): string {
  return [...mappings.current.map(({ hash }) => hash), ...mappings.refused.map(({ faults }) => faults.length)].join();
}

/** By the package's own name: sources and their build do not lie equally deep. */
function version(): string {
  const description: { readonly version: string } = JSON.parse(
    readFileSync(fileURLToPath(import.meta.resolve('huntflow-connector/package.json')), 'utf8'),
  );
  return description.version;
}
