import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { expect } from 'chai';
import { plainNetwork } from '../support/plain-network.ts';
import { program } from '../support/program.ts';
import { freePort } from '../support/postgres.ts';
import { writeFiles } from '../support/service.ts';
import { until } from '../support/until.ts';
import { hire, postWebhook } from '../support/webhook.ts';
import { Workspace } from '../support/workspace.ts';

/** Starts it with pipes that are full already. */
const behindFullPipes = 'timeout 1 yes >&2; timeout 1 yes; exec "$0" "$@"';

describe('a service whose output', () => {
  plainNetwork();
  const workspace = new Workspace();
  let child: ChildProcess | undefined;

  afterEach(() => void child?.kill('SIGKILL'));
  after(() => workspace.remove());

  for (const [how, before, silence] of [
    ['nobody reads', behindFullPipes, (pipe: Readable) => pipe.pause()],
    ['has lost its reader', 'exec "$0" "$@"', (pipe: Readable) => pipe.destroy()],
    ['goes to a disk that is full', 'exec "$0" "$@" >/dev/full 2>&1', () => undefined],
  ] as const) {
    it(`${how} takes webhooks and ends as it should`, async () => {
      const port = await freePort();
      const config = writeFiles(workspace, { config: { server: { port }, log: { level: 'debug' } } });
      const serve = [process.execPath, program('src/main.ts'), 'serve', '--config', config];
      child = spawn('sh', ['-c', before, ...serve], { stdio: ['ignore', 'pipe', 'pipe'] });
      const ended = once(child, 'exit');
      for (const pipe of [child.stdout, child.stderr]) if (pipe !== null) silence(pipe);
      const url = `http://127.0.0.1:${port}`;
      await until('it is ready', async () => (await live(url)) === 200, 60_000);
      const answers = await Promise.all(
        Array.from({ length: 30 }, async (_none, index) => (await postWebhook(url, hire(index))).status),
      );
      expect(new Set(answers)).to.deep.equal(new Set([200]));
      expect(await live(url)).to.equal(200);
      child.kill('SIGTERM');
      expect((await ended)[0]).to.equal(0);
    });
  }
});

async function live(url: string): Promise<number> {
  return fetch(`${url}/health/live`).then(
    ({ status }) => status,
    () => 0,
  );
}
