import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { axiosOf } from '../http/axios-of.ts';
import type { AdapterTools } from '../../src/adapter.ts';

/** Tools over a folder of the test's own; relative paths of settings start there. */
export interface TestTools extends AdapterTools {
  readonly root: string;
  /** What the adapter put into the log. */
  readonly warnings: readonly string[];
  /** Moves the clock of `now`; milliseconds. */
  pass(time: number): void;
  /** Takes the folder away. */
  dispose(): void;
}

/** @param overrides single members, such as `attachment`, or settings of the target: `success`, `statuses`. */
export function toolsFor(overrides: Partial<AdapterTools> = {}): TestTools {
  const root = mkdtempSync(path.join(tmpdir(), 'adapter-'));
  const warnings: string[] = [];
  let now = Date.UTC(2026, 10, 21, 9, 0, 0);
  const tools: TestTools = {
    target: 'test-target',
    zone: 'Europe/Moscow',
    timeout: 5000,
    concurrency: 4,
    unknown: 'again',
    statuses: {},
    success: undefined,
    resolvePath: (file) => path.resolve(root, file),
    stateFolder: () => {
      const folder = path.join(root, 'state');
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      return folder;
    },
    attachment: async () => {
      throw new Error('this test has no attachments: give `attachment` to toolsFor');
    },
    http: (settings) => axiosOf(settings, tools),
    now: () => now,
    warn: (text) => void warnings.push(text),
    root,
    warnings,
    pass: (time) => {
      now += time;
    },
    dispose: () => rmSync(root, { recursive: true, force: true }),
    ...overrides,
  };
  return tools;
}
