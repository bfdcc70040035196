import nock from 'nock';
import { openNetwork } from './loopback-only.ts';

nock.restore(); // it begins with its import, and every request of every other suite would pay for it

/** For suites whose requests nock answers, and no server. */
export function interceptedNetwork(): void {
  before(() => {
    openNetwork(true);
    nock.activate();
    nock.disableNetConnect();
    nock.enableNetConnect((host) => /^(127\.0\.0\.1|localhost|\[::1\])(:|$)/.test(host));
  });
  after(() => {
    nock.restore();
    openNetwork(false);
  });
}
