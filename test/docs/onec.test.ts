import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { OnecStandIn } from '../../stand-ins/onec/stand-in.ts';
import { command, type CommandResult, Serving } from '../support/serving.ts';
import type { Workspace } from '../support/workspace.ts';
import { commandsOf, freshInstallation, project } from './installation.ts';

for (const language of ['', '.ru'] as const) {
  const page = readFileSync(join(project, 'docs', `onec${language}.md`), 'utf8');

  describe(`the first hire of docs/onec${language}.md`, function () {
    this.timeout(180_000);
    const results = new Map<string, CommandResult>();
    let workspace: Workspace;
    let onec: OnecStandIn;
    let serving: Serving;

    before(async () => {
      onec = new OnecStandIn({ zup: true });
      await onec.listen(0);
      workspace = freshInstallation();
      const [target = '', hire = '', withdrawal = ''] = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(
        ([, yaml = '']) => yaml,
      );
      const config = workspace.path('config', 'connector.yaml');
      appendFileSync(config, target);
      writeFileSync(workspace.path('mappings', 'hire-to-1c.yaml'), hire);
      writeFileSync(workspace.path('mappings', 'hire-withdrawn-to-1c.yaml'), withdrawal);
      const environment = { PORT: '0', CONSOLE_PORT: '0', ONEC_URL: onec.url };
      serving = await new Serving(config, environment).ready();
      for (const args of commandsOf(page)) {
        const port = new URL(serving.url).port;
        results.set(args.join(' '), await command(args, { ...environment, PORT: port }, workspace.folder));
        if (args[0] === 'send' || args[0] === 'replay')
          await serving.said('"target":"zup"', args[0] === 'send' ? 1 : 2);
      }
    });

    after(async () => {
      await serving.kill();
      await onec.stop();
      workspace.remove();
    });

    async function ejected(args: readonly string[]): Promise<string> {
      const { out, code, err } = await command(args, {}, workspace.folder);
      expect(code, err).to.equal(0);
      return out;
    }

    it('takes ten lines of YAML at most', () => {
      const [, hire = ''] = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, yaml = '']) => yaml);
      expect(hire.trim().split('\n').length).to.be.at.most(10);
    });

    function result(name: string): CommandResult {
      const found = results.get(name);
      if (found === undefined) throw new Error(`the page does not have the command ${name}`);
      return found;
    }

    it('runs as it stands', () => {
      for (const [name, { code, err }] of results) expect(code, `${name}: ${err}`).to.equal(0);
      expect([...results.keys()].map((name) => name.split(' ')[0])).to.deep.equal([
        'check',
        'map',
        'send',
        'deliveries',
        'deliveries',
        'replay',
      ]);
    });

    it('is silent about a base that has everything, and names what it has not', async () => {
      expect(
        result('check --live').out.trim().split('\n'),
        'the warning about the secret, and that all is well',
      ).to.have.lengthOf(2);
      const file = workspace.path('mappings', 'hire-to-1c.yaml');
      const good = readFileSync(file, 'utf8');
      writeFileSync(file, (await ejected(['presets', 'eject', file])).replace('Отчество:', 'Отчествоо:'));
      const { code, out } = await command(['check', '--live'], { ONEC_URL: onec.url }, workspace.folder);
      writeFileSync(file, good);
      expect(code).to.equal(2);
      expect(out).to.match(/hire-to-1c\.yaml:\d+:\d+ .*Отчествоо.*did you mean "Отчество"\?/);
    });

    it('hires once, and finds everything there when it is repeated', async () => {
      const first = result('deliveries show 2').out;
      for (const set of ['Catalog_ФизическиеЛица', 'Catalog_Сотрудники', 'Document_ПриемНаРаботу'])
        expect(first).to.match(new RegExp(String.raw`${set}\(\S+\) created`));
      const { out } = await command(['deliveries', 'show', '3'], {}, workspace.folder);
      expect(out.match(/already there/g)).to.have.lengthOf(4);
      expect(out).not.to.include(' created');
    });
  });
}
