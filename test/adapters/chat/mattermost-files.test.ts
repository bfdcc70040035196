import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { Mattermost } from '../../../adapters/mattermost.ts';
import { adapterErrorKind } from '../../../src/adapter.ts';
import { MattermostStandIn } from '../../../stand-ins/chats/mattermost.ts';
import { Deliveries, FaultServer, faults, toolsFor } from '../../../adapters/testing.ts';
import { plainNetwork } from '../../support/plain-network.ts';
import type { TestTools } from '../../../adapters/testing.ts';

const token = 'mattermost-geheim';

describe('A file in Mattermost', () => {
  plainNetwork();
  let standIn: MattermostStandIn;
  let server: FaultServer;
  let tools: TestTools;
  let mattermost: Mattermost;

  beforeEach(async () => {
    tools = toolsFor({
      timeout: 2000,
      attachment: async () => {
        const path = tools.resolvePath('cv');
        writeFileSync(path, 'the CV itself');
        return { path, size: 13, type: 'application/pdf' };
      },
    });
    standIn = await MattermostStandIn.start(token, tools.now);
    standIn.people.set('anna@firm.example', 'anna');
    server = await FaultServer.before(standIn.url);
    mattermost = new Mattermost(Mattermost.settings.cast({ token, baseUrl: server.url }), tools);
  });

  afterEach(async () => {
    await mattermost.close();
    await server.stop();
    await standIn.stop();
    tools.dispose();
  });

  const record = {
    to: { email: 'anna@firm.example' },
    text: 'Кандидат ждёт',
    file: { file: 5, name: 'Иванова/CV "1".pdf' },
  };

  it('is brought into the channel of the person and posted there', async () => {
    const delivery = new Deliveries().attempt(1);
    expect(await mattermost.deliver(record, delivery)).to.include({ summary: 'sent' });
    const channel = standIn.posts.taken[0]?.chat;
    expect(standIn.files).to.deep.equal([
      { id: 'file-1', channel, name: 'Иванова_CV "1".pdf', content: 'the CV itself' },
    ]);
    expect(standIn.posts.taken[0]?.body['file_ids']).to.deep.equal(['file-1']);
    expect(JSON.stringify(delivery.exchanges)).to.include('POST /api/v4/files').and.not.include('the CV itself');
  });

  it('is brought again when an answer on the way is lost, and posted once', async () => {
    const deliveries = new Deliveries();
    server.fault = faults.find(({ name }) => name === 'drop after commit');
    server.strikes = ({ path }) => path === '/api/v4/files';
    const error: unknown = await mattermost.deliver(record, deliveries.attempt(1)).catch((thrown: unknown) => thrown);
    expect(adapterErrorKind(error)).to.equal('unavailable');
    server.fault = undefined;
    tools.pass(60_000);
    await mattermost.deliver(record, deliveries.attempt(1));
    expect(standIn.posts.taken).to.have.length(1);
    expect(standIn.files, 'one that was repeated at once, and that of the second attempt').to.have.length(3);
  });
});
