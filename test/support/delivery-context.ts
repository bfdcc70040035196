import { axiosOf } from '../../adapters/http/axios-of.ts';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AdapterTools, DeliveryContext, Exchange } from '../../src/adapter.ts';

export interface SentExchange {
  readonly request: Exchange;
  response?: Exchange;
}

export interface NotedDelivery extends DeliveryContext {
  /** What the adapter said it sent, in order. */
  readonly exchanges: SentExchange[];
  /** What the adapter saved, in order. */
  readonly saved: unknown[];
}

/** A delivery without a database; `overrides` replace single members. */
export function deliveryOf(id: number, overrides: Partial<DeliveryContext> = {}): NotedDelivery {
  const exchanges: SentExchange[] = [];
  const saved: unknown[] = [];
  const names = new Map<string, string>();
  return {
    id,
    idempotencyKey: `key-${id}`,
    attempt: 1,
    key: `applicant/${id}`,
    scope: 'hunt.example/1',
    createdAt: Date.UTC(2026, 10, 21, 9, 0, 0),
    signal: new AbortController().signal,
    progress: undefined,
    saveProgress: async (value) => {
      saved.push(structuredClone(value));
    },
    references: {
      find: async (entity) => names.get(JSON.stringify(entity)),
      keep: async (entity, name) => {
        names.set(JSON.stringify(entity), name);
      },
      survivorOf: async (_kind, entityId) => String(entityId),
      aliasesOf: async () => [],
    },
    sent: (request) => {
      const exchange: SentExchange = { request };
      exchanges.push(exchange);
      return (response) => {
        exchange.response = response;
      };
    },
    exchanges,
    saved,
    ...overrides,
  };
}

export interface Warning {
  readonly text: string;
  readonly fields: Readonly<Record<string, string | number | boolean>> | undefined;
}

/** Tools over a folder of the test's own; relative paths of settings start there. */
export interface TestTools extends AdapterTools {
  readonly root: string;
  readonly warnings: Warning[];
  /** Takes the folder away. */
  dispose(): void;
}

export function toolsIn(
  root = mkdtempSync(path.join(tmpdir(), 'adapter-')),
  overrides: Partial<AdapterTools> = {},
): TestTools {
  const warnings: Warning[] = [];
  return {
    target: 'test-target',
    zone: 'Europe/Moscow',
    timeout: 2000,
    concurrency: 4,
    unknown: 'again',
    statuses: {},
    success: undefined,
    resolvePath: (file) => path.resolve(root, file),
    stateFolder: () => {
      const folder = path.join(root, 'state');
      mkdirSync(folder, { recursive: true });
      chmodSync(folder, 0o700);
      return folder;
    },
    attachment: async () => {
      throw new Error('no attachments here');
    },
    http: (settings) => axiosOf(settings, toolsIn(root, overrides)),
    now: () => Date.UTC(2026, 10, 21, 9, 0, 0),
    warn: (text, fields) => {
      warnings.push({ text, fields });
    },
    root,
    warnings,
    dispose: () => rmSync(root, { recursive: true, force: true }),
    ...overrides,
  };
}
