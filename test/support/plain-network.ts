import { openNetwork } from './loopback-only.ts';

/** For suites whose senders name hosts of their own making, or look for none: nothing is in their way. */
export function plainNetwork(): void {
  before(() => openNetwork(true));
  after(() => openNetwork(false));
}
