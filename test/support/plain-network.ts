import nock from 'nock';

/**
 * For suites whose senders hang up, send what is no HTTP, or are many: nock stands in the way of every socket. Loopback
 * only.
 */
export function plainNetwork(): void {
  before(() => nock.restore());
  after(() => {
    if (!nock.isActive()) nock.activate();
  });
}
