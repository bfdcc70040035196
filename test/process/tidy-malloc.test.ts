import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

const program = fileURLToPath(new URL('tidy-child.ts', import.meta.url));

async function told(env: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, ['--max-old-space-size=300', program, 'serve', 'a b'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  await once(child, 'close');
  return { pid: child.pid, told: JSON.parse(out), err };
}

const { MALLOC_TRIM_THRESHOLD_: _none, NODE_OPTIONS: _options, ...env } = process.env;

describe('a service that starts', function suite() {
  this.timeout(30_000);
  before(function linuxOnly() {
    if (process.platform !== 'linux') this.skip();
  });

  it('begins once more with a C library that gives memory back: same process, same arguments, no word of it', async () => {
    const { pid, told: child, err } = await told(env);
    expect(child).to.deep.equal({
      pid,
      before: '1048576',
      also: 'set',
      args: ['serve', 'a b'],
      flags: ['--max-old-space-size=300'],
    });
    expect(err).to.equal('');
  });

  it('heeds whoever has set that already, and a parent that listens', async () => {
    expect((await told({ ...env, MALLOC_TRIM_THRESHOLD_: '5' })).told.before).to.equal('5');
    const child = fork(program, [], { env, execArgv: [] });
    const [heard] = await once(child, 'message');
    expect(heard).to.include({ pid: child.pid }).and.not.to.have.property('before');
  });
});
