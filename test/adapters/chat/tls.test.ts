import { readFileSync } from 'node:fs';
import https from 'node:https';
import { expect } from 'chai';
import { Bitrix24 } from '../../../adapters/bitrix24.ts';
import { Mattermost } from '../../../adapters/mattermost.ts';
import { Slack } from '../../../adapters/slack.ts';
import { Telegram } from '../../../adapters/telegram.ts';
import { expectFitForPeople, failureOf } from '../../conformance/adapter.ts';
import { at } from '../../support/console.ts';
import { deliveryOf, toolsIn } from '../../support/delivery-context.ts';
import { plainNetwork } from '../../support/plain-network.ts';
import type { Chat } from '../../../adapters/chat/chat.ts';

const file = (name: string): string => new URL(`../../fixtures/tls/${name}`, import.meta.url).pathname;

/** Chats of a firm's own stand behind an authority of its own as a rule. */
describe('a chat behind an authority of its own', () => {
  plainNetwork();
  const tls = { ca: file('authority.crt') };
  const keys = { cert: readFileSync(file('server.crt')), key: readFileSync(file('server.key')) };
  const answers: readonly (readonly [string, string, (base: string, more: object) => Chat])[] = [
    [
      'Mattermost',
      '{"id":"p1"}',
      (base, more) => new Mattermost(Mattermost.settings.cast({ baseUrl: base, token: 'geheim', ...more }), toolsIn()),
    ],
    [
      'Bitrix24',
      '{"result":1}',
      (base, more) => new Bitrix24(Bitrix24.settings.cast({ webhook: `${base}/rest/1/geheim`, ...more }), toolsIn()),
    ],
    [
      'Telegram',
      '{"ok":true,"result":{}}',
      (base, more) => new Telegram(Telegram.settings.cast({ token: '1:geheim', base, ...more }), toolsIn()),
    ],
    [
      'Slack',
      '{"ok":true,"ts":"1"}',
      (base, more) => new Slack(Slack.settings.cast({ token: 'geheim', base, ...more }), toolsIn()),
    ],
  ];
  for (const [name, body, make] of answers) {
    it(`is trusted by settings.tls.ca, and names it without: ${name}`, async () => {
      let asked = 0;
      const server = https.createServer(keys, (_request, response) => {
        asked += 1;
        response.writeHead(200, { 'content-type': 'application/json' }).end(body);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const base = `https://localhost:${String(at(server.address(), 'port'))}`;
      const [trusting, plain] = [make(base, { tls }), make(base, {})];
      try {
        expect(await trusting.deliver({ to: '17', text: 'x' }, deliveryOf(1))).to.include({ summary: 'sent' });
        const error = await failureOf(plain.deliver({ to: '17', text: 'x' }, deliveryOf(2)));
        expectFitForPeople(error, ['geheim']);
        expect(error.text.en).to.include('settings.tls.ca');
        expect(asked).to.equal(1);
      } finally {
        await trusting.close();
        await plain.close();
        server.close();
        server.closeAllConnections();
      }
    });
  }
});
