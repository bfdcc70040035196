import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';

const writer = new URL('../../src/writer/procedures.ts', import.meta.url).href;

/** Packages that a module loads, itself and by what it imports. */
async function packagesOf(module: string): Promise<string[]> {
  const program = `
    import { registerHooks } from 'node:module';
    const found = new Set();
    registerHooks({
      load(url, context, next) {
        const name = /node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(url)?.[1];
        if (name !== undefined) found.add(name);
        return next(url, context);
      },
    });
    await import(${JSON.stringify(module)});
    console.log(JSON.stringify([...found]));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], {
    env: {
      NODE_COMPILE_CACHE: fileURLToPath(new URL('../../node_modules/.cache/huntflow-connector', import.meta.url)),
    },
  });
  return JSON.parse(stdout);
}

describe('what a start loads', function suite() {
  this.timeout(30_000);

  it('brings the thread that writes an SQLite file no package but its driver: each weighs there a second time', async () => {
    expect(await packagesOf(writer)).to.deep.equal([]);
  });
});
