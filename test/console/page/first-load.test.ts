import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect } from 'chai';
import { buildPage } from '../../../tools/console-page/build.ts';

/** Bytes of gzip that the overview may cost before it stands there. */
const budget = 180 * 1024;

describe('the first load of the page', function () {
  this.timeout(60_000);

  const folder = mkdtempSync(join(tmpdir(), 'console-page-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('is 180 KB at most, without the editor', async () => {
    const { metafile } = await buildPage(folder);
    const manifest: { readonly script: string; readonly style: string } = JSON.parse(
      readFileSync(join(folder, 'manifest.json'), 'utf8'),
    );
    const outputs = new Map(Object.entries(metafile.outputs).map(([path, output]) => [basename(path), output]));
    const needed = new Set([manifest.script, manifest.style]);
    for (const name of needed)
      for (const { path, kind } of outputs.get(name)?.imports ?? [])
        if (kind === 'import-statement') needed.add(basename(path));
    const bytes = [...needed].map((name) => statSync(join(folder, `${name}.gz`)).size).reduce((a, b) => a + b, 0);
    expect(bytes).to.be.within(20 * 1024, budget);
    const sources = [...needed].flatMap((name) => Object.keys(outputs.get(name)?.inputs ?? {}));
    expect(sources.filter((path) => /codemirror|lezer/.test(path))).to.deep.equal([]);
  });
});
