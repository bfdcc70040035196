import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type Router from '@koa/router';
import { readerLanguage } from '../config/config.ts';
import { anything } from '../shown/shape.ts';
import { checkHost, usualHosts } from './access/hosts.ts';
import { localCaller } from './access/local.ts';
import { apiRouter } from './api/api-router.ts';
import { type Endpoint, endpoint } from './api/endpoint.ts';
import { endpointsOf } from './api/endpoints.ts';
import { openApi } from './api/openapi.ts';
import { PageFiles } from './page-files.ts';
import { pageRouter } from './page-router.ts';
import type { ConsoleParts } from './parts.ts';

/** The operators' API and page. */
export function consoleRouters(parts: ConsoleParts): Router[] {
  const { config, report } = parts;
  const hosts = usualHosts;
  const endpoints = describedEndpoints(endpointsOf(parts));
  return [
    apiRouter({
      endpoints,
      hosts,
      language: readerLanguage(),
      callerOf: async ({ req }) => localCaller(req),
      failed: (error) => report.requestFailed('console', error),
    }),
    pageRouter({
      files: PageFiles.read(),
      zone: config.zone,
      admit: ({ req }) => {
        checkHost(req.headers, hosts);
        localCaller(req);
      },
    }),
  ];
}

/** The same with the route that describes them all, itself included. */
export function describedEndpoints(endpoints: readonly Endpoint[]): Endpoint[] {
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

/** By the package's own name: sources and their build do not lie equally deep. */
function version(): string {
  const description: { readonly version: string } = JSON.parse(
    readFileSync(fileURLToPath(import.meta.resolve('huntflow-connector/package.json')), 'utf8'),
  );
  return description.version;
}
