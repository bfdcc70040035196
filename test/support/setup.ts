import nock from 'nock';
import { stopSharedPostgres } from './postgres.ts';

nock.disableNetConnect();
nock.enableNetConnect((host) => /^(127\.0\.0\.1|localhost|\[::1\])(:|$)/.test(host));

/** Whatever suites shared is given back at the very end. */
export const mochaHooks = {
  afterAll: () => stopSharedPostgres(),
};
