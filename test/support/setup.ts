import './temporary.ts';
import './compiled.ts';
import type { Context } from 'mocha';
import nock from 'nock';
import { stopOwnPostgres } from './postgres.ts';
import { expectNoLeaks, searchLogs } from './served-log.ts';

nock.disableNetConnect();
nock.enableNetConnect((host) => /^(127\.0\.0\.1|localhost|\[::1\])(:|$)/.test(host));

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
