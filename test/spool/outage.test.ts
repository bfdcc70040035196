import { expect } from 'chai';
import { sharedPostgres } from '../support/postgres.ts';
import { plainNetwork } from '../support/plain-network.ts';
import { type Answer, request } from '../support/request.ts';
import { hireToCsv, Service } from '../support/service.ts';
import { TcpProxy } from '../support/tcp-proxy.ts';
import { until } from '../support/until.ts';
import { hire, postWebhook } from '../support/webhook.ts';
import { Workspace } from '../support/workspace.ts';
import { pause } from '../support/pause.ts';

/** Seconds that PostgreSQL is away, and webhooks a second. */
const [away, rate] = process.env['SOAK'] === undefined ? [3, 40] : [120, 100];
const keys = 20;

describe(`PostgreSQL away for ${away} s at ${rate} webhooks a second, with a spool`, function () {
  this.timeout((away + 120) * 1000);
  plainNetwork();
  let workspace: Workspace;
  let proxy: TcpProxy;
  let service: Service;

  const start = () =>
    Service.start(
      {
        mappings: { 'hire.yaml': hireToCsv },
        config: { database: { url: url.href, spool: workspace.path('spool') } },
      },
      {},
      workspace,
    );
  let url: URL;

  beforeEach(async () => {
    workspace = new Workspace();
    const server = await sharedPostgres();
    proxy = await TcpProxy.start(server.port);
    url = new URL(await server.createDatabase());
    url.port = String(proxy.port);
    service = await start();
  });

  afterEach(async () => {
    await service.app.stop();
    await proxy.stop();
    workspace.remove();
  });

  for (const how of ['says nothing', 'breaks every connection'] as const)
    it(`answers each webhook 200 when the server ${how}, maps it once, and keeps the order of each key`, async () => {
      const answers: Promise<Answer>[] = [];
      let sent = 0;
      const send = async (seconds: number) => {
        for (let left = seconds * rate; left > 0; left -= 1) {
          sent += 1;
          answers.push(postWebhook(service.url, hire(sent, { key: sent % keys })));
          await pause(1000 / rate);
        }
      };
      await send(1);
      if (how === 'says nothing') proxy.silence(true);
      const breaking = setInterval(() => how !== 'says nothing' && proxy.cut(), 2);
      await send(away);
      await until('the spool is in use', () => service.app.composition.spooled?.waiting !== undefined);
      const ready = await request(`${service.url}/health/ready`, { method: 'GET' });
      expect(ready.status).to.equal(200);
      clearInterval(breaking);
      proxy.silence(false);
      proxy.cut();
      await send(1);
      const statuses = (await Promise.all(answers)).map(({ status }) => status);
      expect(statuses.filter((status) => status !== 200)).to.deep.equal([]);
      await until('the spool is empty', () => service.app.composition.spooled?.waiting === undefined, 60_000);
      const { inbox } = service.app.composition;
      await until('all is mapped', async () => (await inbox.backlog()).count === 0, 60_000);
      const events = (await inbox.list({})).toReversed();
      expect(events.length).to.equal(sent);
      const order = new Map<number, number[]>();
      for (const { id } of events) {
        const body = JSON.parse(Buffer.from((await inbox.find(id))?.body ?? []).toString());
        const key = Number(body.event.applicant.id);
        order.set(key, [...(order.get(key) ?? []), Number(body.meta.event_id)]);
      }
      for (const [key, numbers] of order)
        expect(numbers, `key ${key}`).to.deep.equal(numbers.toSorted((a, b) => a - b));
    });

  it('gives up what waited after a kill: a new process finds it', async () => {
    proxy.silence(true);
    expect((await postWebhook(service.url, hire(1))).json).to.deep.equal({ status: 'accepted' });
    // As a kill leaves it: files of the spool, and whatever the database did or did not commit.
    expect(service.app.composition.spooled?.waiting).to.equal(1);
    proxy.silence(false);
    proxy.cut();
    await service.app.stop();
    service = await start();
    await until('it is kept', async () => (await service.app.composition.inbox.list({})).length === 1);
    expect((await postWebhook(service.url, hire(1))).json).to.deep.include({ status: 'duplicate' });
  });
});
