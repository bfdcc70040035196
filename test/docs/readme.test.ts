import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { command, type CommandResult, Serving } from '../support/serving.ts';
import { until } from '../support/until.ts';
import type { Workspace } from '../support/workspace.ts';
import { commandsOf, freshInstallation, project, shell } from './installation.ts';

for (const readme of ['README.md', 'README.ru.md']) {
  describe(`the first mapping of ${readme}`, function () {
    this.timeout(180_000);
    const results: { readonly name: string; readonly result: CommandResult }[] = [];
    let workspace: Workspace;
    let serving: Serving;

    before(async () => {
      const text = readFileSync(join(project, readme), 'utf8');
      workspace = freshInstallation();
      for (const [, script = ''] of text.matchAll(/```sh\n(cat >.*?)```/gs)) await shell(script, workspace.folder);
      serving = await new Serving(workspace.path('config', 'connector.yaml'), { PORT: '0', CONSOLE_PORT: '0' }).ready();
      for (const args of commandsOf(text)) {
        const result = await command(args, { PORT: new URL(serving.url).port }, workspace.folder);
        results.push({ name: args.join(' '), result });
        if (args[0] === 'send') await serving.said('"msg":"delivered"');
      }
    });

    after(async () => {
      await serving.kill();
      workspace.remove();
    });

    const outs = (name: string) => results.filter((each) => each.name.startsWith(name)).map(({ result }) => result.out);

    it('runs as it stands', () => {
      for (const { name, result } of results) expect(result.code, `${name}: ${result.err}`).to.equal(0);
      expect(results.map(({ name }) => name.split(' ')[0])).to.deep.equal([
        'check',
        'map',
        'send',
        'send',
        'events',
        'deliveries',
        'targets',
        'test',
        'map',
        'replay',
      ]);
    });

    it('passes check with the one warning that it tells of', () => {
      const [out = ''] = outs('check');
      expect(out.trim().split('\n')).to.have.lengthOf(2);
      expect(out).to.match(/^config\/connector\.yaml:\d+:\d+ /);
    });

    it('makes a record of an opened vacancy, sends nothing, and keeps the event once', () => {
      const record: unknown = JSON.parse(outs('map vacancy-to-csv mappings/')[0] ?? '');
      expect(Object.values(record ?? {})).to.deep.equal([9, 'Бухгалтер', 'Бухгалтерия', '2026-10-20']);
      expect(outs('send').map((out) => /accepted|duplicate/.exec(out)?.[0])).to.deep.equal(['accepted', 'duplicate']);
      expect(outs('replay')[0]).to.match(/^1 +vacancy-to-csv +vacancies-csv +1 +same *$/m);
    });

    it('ends with one event, one delivery and one row', async () => {
      expect(outs('events')[0]?.trim().split('\n')).to.have.lengthOf(2);
      expect(outs('deliveries')[0]?.trim().split('\n')).to.have.lengthOf(2);
      const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Moscow' }).format(new Date());
      const file = await until('the file is there', () =>
        [workspace.path('drop', `vacancies-${day}.csv`)].find((path) => existsSync(path)),
      );
      expect(readFileSync(file, 'utf8').trimEnd().split('\r\n')).to.have.lengthOf(2);
    });
  });
}
