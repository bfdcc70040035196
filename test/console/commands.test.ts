import { expect } from 'chai';
import { ask, at, listed } from '../support/console.ts';
import { plainNetwork } from '../support/plain-network.ts';
import { Service } from '../support/service.ts';
import { command } from '../support/serving.ts';
import { fixture } from '../support/fixtures.ts';
import { postWebhook } from '../support/webhook.ts';

/** A mapping that cannot take what comes: its dead letter has every action. */
const impossible = `mapping: hire-to-csv
on: { event: APPLICANT, type: STATUS, action: ADD, stage: hired }
to: staff-csv
record: { Фамилия: { from: =applicant.nothing, required: true } }
`;

describe('commands that the console offers', function () {
  this.timeout(60_000);
  plainNetwork();
  let service: Service;

  before(async () => {
    service = await Service.start({ mappings: { 'hire-to-csv.yaml': impossible } });
    await postWebhook(service.url, fixture('facts/04-status-hired').document);
    await listed(service, '/deliveries?state=dead');
  });
  after(() => service.stop());

  /** As it is copied, with the config of this service; what changes more than one asks first. */
  const run = (text: string, ...more: readonly string[]) => {
    const [program, ...args] = text.split(' ');
    expect(program).to.equal('huntflow-connector');
    const config = service.workspace.path('config', 'connector.yaml');
    return command([...args, ...more, '--config', config], {}, service.workspace.folder);
  };

  it('are there, for each action of a delivery', async () => {
    const detail = (await ask(service, '/deliveries/1')).json;
    expect(at(detail, 'state')).to.equal('dead');
    const offered = at(detail, 'actions');
    expect(Array.isArray(offered) && offered.length).to.be.above(3);
    for (const each of Array.isArray(offered) ? offered : []) {
      const text = String(at(each, 'command'));
      const { code, err, out } = await run(text, '--help');
      expect([text, code, err, out.startsWith('Usage: ')]).to.deep.equal([text, 0, '', true]);
    }
  });

  it('do what they say, for a cause', async () => {
    const causes = (await ask(service, '/causes')).json;
    const text = String(at(causes, 'items', 0, 'command'));
    const { code, out, err } = await run(text, '--yes', '--json');
    expect([code, err]).to.deep.equal([0, '']);
    expect(out).to.include('"retried":[1]');
  });
});
