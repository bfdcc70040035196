import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Adapter, adapterErrorKind, type DeliveryContext } from '../../src/adapter.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { loadTargets, type Target } from '../../src/targets/target.ts';
import { validate } from '../../src/files/validation.ts';
import { deliveryOf, toolsIn } from '../support/delivery-context.ts';
import { type Answer, HttpStandIn } from '../../stand-ins/http-stand-in.ts';
import { Workspace } from '../support/workspace.ts';

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'adapters.md'), 'utf8');
const pass = { applicant: 17, holder: 'Иванова Анна', from: '2026-12-01' };

describe('the adapter in docs/adapters.md', () => {
  const workspace = new Workspace();
  const tools = toolsIn();
  let office: HttpStandIn;
  let target: Target;
  let adapter: Adapter<unknown>;

  const answerWith =
    (status: number, body = ''): Answer =>
    (_arrival, response) =>
      void response.writeHead(status).end(body);

  before(async () => {
    const [, file = '', code = ''] = /```ts\n\/\/ (\S+)\n(.*?)```/s.exec(page) ?? [];
    const [, yaml = ''] = /```yaml\n(targets:.*?)```/s.exec(page) ?? [];
    mkdirSync(workspace.path('my-adapters'));
    writeFileSync(workspace.path(file), code);
    office = await HttpStandIn.start(answerWith(201, '{"id":"P-1"}'));
    writeFileSync(workspace.path('connector.yaml'), yaml.replace('https://passes.example/api', office.url));
    const { config, document, faults } = loadConfig(workspace.path('connector.yaml'), { PASS_TOKEN: 'made-up' });
    if (config === undefined) throw new Error(JSON.stringify(faults));
    const loaded = await loadTargets(config, document);
    const [only] = loaded.targets;
    if (only === undefined) throw new Error(JSON.stringify(loaded.faults));
    target = only;
    adapter = Reflect.construct(target.adapter, [target.settings, tools]);
  });

  after(async () => {
    await office.stop();
    tools.dispose();
    workspace.remove();
  });

  async function kindOf(answer: Answer, delivery: DeliveryContext = deliveryOf(9)): Promise<string | undefined> {
    office.answer = answer;
    try {
      await adapter.deliver(pass, delivery);
      return 'delivered';
    } catch (error) {
      return adapterErrorKind(error);
    }
  }

  it('is found by its path, with schemas that find mistakes', () => {
    expect(target.adapter.type).to.equal('pass-office');
    expect(validate(target.record, pass).problems).to.deep.equal([]);
    expect(validate(target.record, { ...pass, form: '2026-12-01' }).problems.map(({ path }) => path)).to.deep.equal([
      ['form'],
    ]);
  });

  it('creates a pass, and changes it the next time', async () => {
    office.answer = answerWith(201, '{"id":"P-1"}');
    const delivery = deliveryOf(1);
    expect(await adapter.deliver(pass, delivery)).to.deep.equal({ summary: 'created' });
    expect(await adapter.deliver(pass, { ...deliveryOf(2), references: delivery.references })).to.deep.equal({
      summary: 'updated',
    });
    expect(office.arrivals.map(({ method, url }) => `${method} ${url}`)).to.deep.equal([
      'POST /passes',
      'PUT /passes/P-1',
    ]);
    expect(office.arrivals[0]?.headers['idempotency-key']).to.equal('key-1');
    expect(delivery.exchanges).to.deep.equal([
      { request: { summary: 'POST /passes', body: pass }, response: { summary: '201' } },
    ]);
  });

  it('throws the errors that the page tells of', async () => {
    expect(await kindOf(answerWith(503))).to.equal('unavailable');
    expect(await kindOf(answerWith(400))).to.equal('rejected');
    expect(await kindOf((_arrival, _response, socket) => void socket.destroy())).to.equal('uncertain');
  });
});
