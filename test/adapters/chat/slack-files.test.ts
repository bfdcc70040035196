import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { Slack } from '../../../adapters/slack.ts';
import { slackDialect } from '../../../adapters/chat/slack-dialect.ts';
import { adapterErrorKind } from '../../../src/adapter.ts';
import { SlackStandIn } from '../../../stand-ins/chats/slack.ts';
import { Deliveries, FaultServer, faults, toolsFor } from '../../../adapters/testing.ts';
import { plainNetwork } from '../../support/plain-network.ts';
import type { TestTools } from '../../../adapters/testing.ts';

const token = 'xoxb-geheim';

describe('A file in Slack', () => {
  plainNetwork();
  let standIn: SlackStandIn;
  let server: FaultServer;
  let tools: TestTools;
  let slack: Slack;

  beforeEach(async () => {
    tools = toolsFor({
      timeout: 2000,
      attachment: async () => {
        const path = tools.resolvePath('cv');
        writeFileSync(path, 'the CV itself');
        return { path, size: 13, type: 'application/pdf' };
      },
    });
    standIn = await SlackStandIn.start(token, tools.now);
    standIn.people.set('anna@firm.example', 'U012345');
    server = await FaultServer.before(standIn.url);
    slack = new Slack(Slack.settings.cast({ token, base: server.url }), tools);
  });

  afterEach(async () => {
    await slack.close();
    await server.stop();
    await standIn.stop();
    tools.dispose();
  });

  const record = {
    to: { email: 'anna@firm.example' },
    text: 'Кандидат <b> & другие',
    link: { url: 'https://hf.example/?a=1&b=2' },
    file: { file: 5, name: 'Иванова/CV.pdf' },
  };

  it('is brought to where Slack says, without the token, and posted into the channel of the person', async () => {
    const delivery = new Deliveries().attempt(1);
    expect(await slack.deliver(record, delivery)).to.include({ summary: 'sent' });
    expect(standIn.files).to.deep.equal([{ id: 'F1', name: 'Иванова_CV.pdf', size: 13, content: 'the CV itself' }]);
    const [post] = standIn.posts.taken;
    expect(post).to.deep.include({
      chat: 'DU012345',
      text: 'Кандидат &lt;b&gt; &amp; другие\nhttps://hf.example/?a=1&amp;b=2',
    });
    expect(post?.body['files']).to.deep.equal([{ id: 'F1', title: 'Иванова_CV.pdf' }]);
    expect(delivery.exchanges.map(({ request }) => request.summary)).to.deep.equal([
      'GET users.lookupByEmail',
      'GET files.getUploadURLExternal',
      'POST the file',
      'POST conversations.open',
      'POST files.completeUploadExternal',
    ]);
  });

  it('is brought again when an answer on the way is lost, and posted once', async () => {
    const deliveries = new Deliveries();
    server.fault = faults.find(({ name }) => name === 'drop after commit');
    for (const step of ['/api/files.getUploadURLExternal', '/upload/', '/api/conversations.open']) {
      server.strikes = ({ path }) => path.startsWith(step);
      tools.pass(60_000);
      const error: unknown = await slack.deliver(record, deliveries.attempt(1)).catch((thrown: unknown) => thrown);
      expect([step, adapterErrorKind(error)]).to.deep.equal([step, 'unavailable']);
    }
    server.fault = undefined;
    tools.pass(60_000);
    await slack.deliver(record, deliveries.attempt(1));
    expect(standIn.posts.taken).to.have.length(1);
  });

  it('goes nowhere but to Slack, whatever an answer says', async () => {
    const file = new File(['x'], 'x.pdf');
    for (const address of [
      'https://slack.com.evil.example/x',
      'http://files.slack.com/x',
      'https://files.slack.com:8443/x',
      'no address',
    ]) {
      const asked: string[] = [];
      const answer = {
        status: 200,
        headers: {},
        text: '',
        at: 0,
        json: { ok: true, file_id: 'F1', upload_url: address },
      };
      const request = await slackDialect('https://slack.com').bringFile?.(
        'C1',
        { text: 'x', link: undefined, key: 'k' },
        file,
        async ({ summary }) => {
          asked.push(summary);
          return answer;
        },
      );
      expect(request, address).to.be.instanceOf(Error);
      expect(asked).to.deep.equal(['GET files.getUploadURLExternal']);
    }
  });
});
