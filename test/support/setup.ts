import './temporary.ts';
import './compiled.ts';
import './loopback-only.ts';
import type { Context } from 'mocha';
import { stopOwnPostgres } from './postgres.ts';
import { expectNoLeaks, searchLogs } from './served-log.ts';

export const mochaHooks = {
  afterEach(this: Context): void {
    searchLogs(this.currentTest?.fullTitle() ?? 'a test');
  },
  /** Whatever suites shared is given back at the very end; a failing hook would end the rest. */
  afterAll: [
    () => stopOwnPostgres(),
    (): void => {
      searchLogs('after the last test');
      expectNoLeaks();
    },
  ],
};
