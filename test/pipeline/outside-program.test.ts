import { existsSync, statSync } from 'node:fs';
import BetterSqlite from 'better-sqlite3';
import { expect } from 'chai';
import { closedPort } from '../../stand-ins/http-stand-in.ts';
import { inForm } from '../support/form.ts';
import { isInstalled, openFromOutside, type OutsideProgram, outsidePrograms } from '../support/outside-program.ts';
import { plainNetwork } from '../support/plain-network.ts';
import { writeFiles } from '../support/service.ts';
import { Serving } from '../support/serving.ts';
import { until } from '../support/until.ts';
import { hire, postWebhook } from '../support/webhook.ts';
import { Workspace } from '../support/workspace.ts';

describe('another program that opens the SQLite file of a service', function () {
  this.timeout(inForm(60_000, 1_800_000));
  plainNetwork();
  let workspace: Workspace;
  let config: string;
  let port: number;
  let serving: Serving;

  beforeEach(async () => {
    workspace = new Workspace();
    port = await closedPort();
    config = writeFiles(workspace, { config: { server: { port } }, mappings: {} });
    serving = await new Serving(config).ready();
  });

  afterEach(async () => {
    await serving.stop();
    workspace.remove();
  });

  const file = () => workspace.path('var', 'connector.db');
  const post = (number: number) => postWebhook(`http://127.0.0.1:${port}`, hire(number));
  /** Read as any other program reads it: after a kill nobody has to start for it. */
  function kept(): number[] {
    const database = new BetterSqlite(file(), { readonly: true });
    try {
      return database.prepare('select id from events').pluck().all().map(Number);
    } finally {
      database.close();
    }
  }

  for (const program of outsidePrograms)
    it(`${program} leaves the write-ahead log where it is, and what was answered 200 outlives kill -9`, async function () {
      if (!isInstalled(program)) this.skip();
      for (let number = 1; number <= 3; number += 1) expect((await post(number)).status).to.equal(200);
      const log = statSync(`${file()}-wal`).ino;
      expect(await openFromOutside(program, file())).to.equal(0);
      expect(existsSync(`${file()}-wal`) && statSync(`${file()}-wal`).ino).to.equal(log);
      for (let number = 4; number <= 6; number += 1) expect((await post(number)).status).to.equal(200);
      expect(kept(), 'before the kill').to.have.length(6);
      await serving.kill();
      expect(kept(), 'after the kill').to.have.length(6);
    });

  it('takes nothing away while webhooks arrive and the service is killed again and again', async () => {
    const webhooks = inForm(120, 20_000);
    const kills = inForm(1, 30);
    // The lightest one, so that the service has the machine to itself.
    const programs = (['sqlite3', 'python3', 'node'] as const).filter(isInstalled).slice(0, inForm(1, 3));
    const answered = new Set<number>();
    let opened = 0;
    let killed = 0;
    let next = 0;
    const over = new AbortController();
    let dying: Promise<void> = Promise.resolve();

    async function openAgainAndAgain(program: OutsideProgram): Promise<void> {
      while (!over.signal.aborted) {
        await openFromOutside(program, file());
        opened += 1;
        const seen = answered.size;
        await until('webhooks arrive', () => over.signal.aborted || answered.size > seen, 180_000);
      }
    }
    async function restart(): Promise<void> {
      await serving.kill();
      serving = await new Serving(config).ready(120_000); // three programs and eight senders are at it too
    }
    async function send(): Promise<void> {
      while (next < webhooks) {
        const number = (next += 1);
        const { json } = await until(
          `${number} is answered 200`,
          () =>
            post(number).then(
              (answer) => answer.status === 200 && answer,
              () => undefined,
            ),
          180_000,
        );
        answered.add(Number(Reflect.get(Object(json), 'event')));
        if (killed < kills && answered.size > (webhooks * (killed + 0.5)) / kills) {
          killed += 1;
          dying = dying.then(restart);
          await dying;
        }
      }
    }

    const outside = Promise.all(programs.map(openAgainAndAgain));
    await Promise.all(Array.from({ length: 8 }, send)).finally(() => over.abort());
    await outside;
    const ids = new Set(kept());
    expect([killed, opened > kills]).to.deep.equal([kills, true]);
    expect([...answered].filter((id) => !ids.has(id))).to.deep.equal([]);
    expect(ids.size).to.equal(webhooks);
  });
});
