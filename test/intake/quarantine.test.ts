import { expect } from 'chai';
import { operator } from '../../src/cli/operator.ts';
import { wireBytes } from '../../src/huntflow/wire.ts';
import { fixture } from '../support/fixtures.ts';
import { plainNetwork } from '../support/plain-network.ts';
import { hireToCsv, Service } from '../support/service.ts';
import { command } from '../support/serving.ts';
import { at } from '../support/console.ts';
import { until } from '../support/until.ts';
import { postWebhook, withValue } from '../support/webhook.ts';
import { Workspace } from '../support/workspace.ts';

const body = fixture('facts/04-status-hired').document;

describe('the quarantine', function () {
  this.timeout(60_000);
  plainNetwork();
  let workspace: Workspace;
  let service: Service;

  const files = (secrets: readonly string[]) => ({
    mappings: { 'hire.yaml': hireToCsv },
    config: {
      sources: {
        huntflow: { secrets, quarantine: { max: 3, maxBytes: '100kb' } },
        strict: { secrets },
      },
    },
  });

  beforeEach(async () => {
    workspace = new Workspace();
    service = await Service.start(files(['the-old-secret']), {}, workspace);
  });

  afterEach(async () => {
    await service.app.stop();
    workspace.remove();
  });

  const post = (secret: string | null, bytes: Buffer, source = 'huntflow') =>
    postWebhook(service.url, bytes, { secret, source });

  const restart = async (secrets: readonly string[]) => {
    await service.app.stop();
    service = await Service.start(files(secrets), {}, workspace);
  };

  const run = (...args: readonly string[]) =>
    command([...args, '--config', workspace.path('config', 'connector.yaml')], {}, workspace.folder);

  it('takes what another secret signed, counts it nowhere, and refuses what goes beyond its bounds', async () => {
    const bytes = wireBytes(body);
    for (let sent = 0; sent < 3; sent += 1)
      expect((await post('the-new-secret', bytes)).json).to.deep.equal({ status: 'quarantined' });
    expect((await post('the-new-secret', bytes)).status).to.equal(401);
    expect(service.log.join()).to.include('put into quarantine (events verify takes it in)');
    expect(service.log.filter((line) => line.includes('webhook refused'))).to.have.length(1);
    expect((await run('doctor')).out).to.match(
      /^! webhook: in quarantine: 3 webhook\(s\), the first since .* events verify$/m,
    );
    expect((await post(null, bytes)).status, 'nothing to be proven by').to.equal(401);
    expect((await post('the-new-secret', bytes, 'strict')).status).to.equal(401);
    expect((await post('the-new-secret', Buffer.alloc(200_000, ' '))).status).to.equal(401);
    const { inbox, people } = service.app.composition;
    expect((await inbox.backlog()).count).to.equal(0);
    await service.app.drain();
    expect((await inbox.list({})).map(({ state }) => state)).to.deep.equal(Array(3).fill('quarantined'));
    expect(await people.search('Иванова')).to.deep.equal([]);
    // It holds no dedupe key.
    expect((await post('the-old-secret', bytes)).json).to.include({ status: 'accepted' });
  });

  it('loses what it has of somebody who is forgotten, and of nobody else', async () => {
    const other = withValue(body, ['event', 'applicant', 'id'], 9_000_001);
    await post('the-old-secret', wireBytes(body));
    await post('the-new-secret', wireBytes(body));
    await post('the-new-secret', wireBytes(other));
    await service.app.drain();
    const { inbox } = service.app.composition;
    const applicant = String(at(body, 'event', 'applicant', 'id'));
    const { code, out, err } = await run('forget', 'applicant', applicant, '--cancel', '--yes');
    expect(code, err).to.equal(0);
    expect(out).to.include('Уничтожено: событий 2,');
    await until('what was marked is erased', async () => (await inbox.find(2))?.body === null);
    expect((await inbox.find(2))?.headers).to.deep.equal({});
    expect((await inbox.find(3))?.body).to.not.equal(null);
  });

  it('tells of somebody whom it alone knows, and forgets them, by the copy that is put back too', async () => {
    const stranger = withValue(body, ['event', 'applicant', 'id'], 9_000_001);
    await post('the-new-secret', wireBytes(stranger));
    await post('the-new-secret', wireBytes(body));
    const copy = workspace.path('copy.db');
    expect((await run('backup', copy)).code).to.equal(0);
    const exported = JSON.parse((await run('export', 'applicant', '9000001')).out);
    expect(exported.events).to.have.length(1);
    expect(exported.events[0]).to.deep.include({ state: 'quarantined', body: stranger });
    const { code, out, err } = await run('forget', 'applicant', '9000001', '--yes');
    expect(code, err).to.equal(0);
    expect(out).to.include('Уничтожено: событий 1,');
    expect((await run('export', 'applicant', '9000001')).err).to.match(/was forgotten at .* act 1/);
    await service.app.stop();
    expect((await run('restore', copy, '--yes')).err).to.equal('');
    service = await Service.start(files(['the-old-secret']), {}, workspace);
    const { inbox } = service.app.composition;
    expect((await inbox.find(1))?.body).to.equal(null);
    expect((await run('events', 'show', '1')).out).to.include('the person that it was about was forgotten');
    expect((await inbox.find(2))?.body).to.not.equal(null);
  });

  it('gives up what a secret of today proves: one event of it, audited', async () => {
    const bytes = wireBytes(body);
    for (const secret of ['the-new-secret', 'the-new-secret', 'of a stranger']) await post(secret, bytes);
    const before = await run('events', 'verify', '--json');
    expect(JSON.parse(before.out)).to.deep.equal({ admitted: [], duplicates: [], left: 3 });
    await restart(['the-old-secret', 'the-new-secret']);
    const after = await run('events', 'verify', '--json');
    expect([after.code, JSON.parse(after.out)]).to.deep.equal([0, { admitted: [1], duplicates: [2], left: 1 }]);
    await service.app.drain();
    const { inbox, outbox, audit } = service.app.composition;
    expect((await inbox.find(1))?.state).to.equal('mapped');
    expect((await inbox.find(1))?.headers).not.to.have.property('x-huntflow-signature');
    expect(await outbox.list({})).to.have.length(1);
    expect((await audit.list({ action: 'admit' })).map(({ on }) => on)).to.deep.equal([['event/2'], ['event/1']]);
    expect((await post('the-new-secret', bytes)).json).to.deep.equal({ status: 'duplicate', event: 1 });
  });

  it('gives up what a person names, after a question', async () => {
    await post('of a stranger', wireBytes(body));
    const asked = await run('events', 'verify', '1');
    expect([asked.code, asked.err]).to.have.nested.property('[1]').that.includes('--yes');
    expect((await run('events', 'verify', '7', '--yes')).code).to.equal(1);
    expect((await run('replay', '1', '--dry-run')).err).to.include('in quarantine');
    expect(JSON.parse((await run('events', 'verify', '1', '--yes', '--json')).out).admitted).to.deep.equal([1]);
    await service.app.drain();
    expect((await service.app.composition.inbox.find(1))?.state).to.equal('mapped');
  });

  it('takes an unreadable one as failed', async () => {
    await post('of a stranger', Buffer.from('{"meta":'));
    const { quarantine, inbox } = service.app.composition;
    expect(await quarantine.admit(1, operator(service.app.composition))).to.equal('admitted');
    expect((await inbox.find(1))?.state).to.equal('failed');
    expect(await quarantine.admit(1, operator(service.app.composition))).to.equal('gone');
  });
});
