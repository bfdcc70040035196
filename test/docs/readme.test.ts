import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { Workspace } from '../support/workspace.ts';

const project = join(import.meta.dirname, '..', '..');

for (const readme of ['README.md', 'README.ru.md']) {
  describe(`the first mapping of ${readme}`, function () {
    this.timeout(30_000);
    const workspace = new Workspace();
    const text = readFileSync(join(project, readme), 'utf8');

    function run(...args: readonly string[]) {
      return spawnSync(process.execPath, [join(project, 'src', 'main.ts'), ...args], { cwd: workspace.folder, encoding: 'utf8' });
    }

    before(() => {
      mkdirSync(workspace.path('mappings', 'examples'), { recursive: true });
      cpSync(join(project, 'config'), workspace.path('config'), { recursive: true });
      cpSync(join(project, 'mappings', 'hire-to-csv.yaml'), workspace.path('mappings', 'hire-to-csv.yaml'));
      for (const fixtures of ['fixtures', join('examples', 'fixtures')]) cpSync(join(project, 'mappings', fixtures), workspace.path('mappings', fixtures), { recursive: true });
      for (const [, append, file = '', content = ''] of text.matchAll(/^cat (>)?> (\S+) <<'EOF'\n(.*?)^EOF$/gms)) {
        if (append === undefined) writeFileSync(workspace.path(file), content);
        else appendFileSync(workspace.path(file), content);
      }
    });

    after(() => workspace.remove());

    it('passes check with the one warning that it tells of', () => {
      const { status, stdout } = run('check');
      expect(stdout.trim().split('\n')).to.have.lengthOf(2);
      expect(stdout).to.match(/^config\/connector\.yaml:\d+:\d+ /);
      expect(status).to.equal(0);
    });

    it('makes a record of an opened vacancy', () => {
      const { status, stdout } = run('map', 'vacancy-to-csv', 'mappings/examples/fixtures/vacancy-opened.json');
      expect(status).to.equal(0);
      const record: unknown = JSON.parse(stdout);
      expect(Object.values(record ?? {})).to.deep.equal([9, 'Бухгалтер', 'Бухгалтерия', '2026-10-20']);
    });

    it('names only files that are there', () => {
      for (const [, path = ''] of text.matchAll(/\]\(((?!https?:)[^)#]+)\)/g)) expect(() => readFileSync(join(project, path)), path).to.not.throw(/ENOENT/);
    });
  });
}
