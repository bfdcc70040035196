import { expect } from 'chai';
import { plainNetwork } from '../support/plain-network.ts';
import { Service } from '../support/service.ts';

const tests = Array.from({ length: 3_000 }, (_, index) => `  - name: ${index}\n    given: {}\n    expect: { a: b }\n`);
const mapping = `mapping: hires\non: { event: APPLICANT }\nto: csv\nrecord: { a: =applicant.id }\ntests:\n${tests.join('')}`;

describe('a mapping file with thousands of faults', function suite() {
  this.timeout(60_000);
  plainNetwork();
  let service: Service;
  before(async () => {
    const csv = { adapter: 'csv', settings: { folder: './drop', create: true, name: 'h.csv' } };
    service = await Service.start({ mappings: { 'hires.yaml': mapping }, config: { targets: { csv } } });
  });
  after(() => service.stop());

  it('has twenty of them in the log, and a line that counts the others', () => {
    const lines = service.log.filter((line) => line.includes('mapping file refused'));
    expect(lines).to.have.length(21);
    expect(lines.at(-1)).to.include('and 2980 more faults');
  });

  it('has twenty of them, and their count, in /health/ready', async () => {
    const answer = await fetch(`${service.url}/health/ready`);
    expect(answer.status).to.equal(200);
    expect(await answer.text())
      .to.include('and 2980 more faults')
      .and.to.have.length.below(10_000);
  });
});
