import { expect } from 'chai';
import { forwardingHeader } from '../../src/process/forwarding.ts';

describe('forwardingHeader', () => {
  for (const name of ['x-forwarded-for', 'via', 'true-client-ip', 'cf-ray', 'fly-client-ip', 'x-azure-socketip'])
    it(`knows ${name}`, () => expect(forwardingHeader({ [name]: '1' })).to.equal(name));

  for (const name of ['wl-proxy-client-ip', 'x-nf-client-connection-ip', 'ali-cdn-real-ip', 'x-vercel-forwarded-for'])
    it(`knows ${name} by its family`, () => expect(forwardingHeader({ [name]: '1' })).to.equal(name));

  for (const name of ['x-scheme', 'x-amzn-trace-id', 'front-end-https', 'x-varnish', 'x-nginx-proxy'])
    it(`knows ${name}, which names nobody but comes from proxies alone`, () =>
      expect(forwardingHeader({ [name]: '1' })).to.equal(name));

  it('lets pass what Huntflow, curl and clients with tracing send themselves', () => {
    const headers = { host: 'x', 'user-agent': 'curl', accept: '*/*', 'x-request-id': '1', 'x-huntflow-event': 'PING' };
    expect(forwardingHeader(headers)).to.equal(undefined);
  });
});
