import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { Workspace } from '../support/workspace.ts';

const project = join(import.meta.dirname, '..', '..');

describe('the demo', function () {
  this.timeout(30_000);
  const workspace = new Workspace();
  const children: ChildProcess[] = [];

  function start(
    language: string,
    ...args: readonly string[]
  ): { readonly child: ChildProcess; readonly output: () => string; readonly ended: Promise<unknown[]> } {
    const { LC_ALL: _all, LC_MESSAGES: _messages, ...rest } = process.env;
    const child = spawn(process.execPath, [join(project, 'demo', 'main.ts'), ...args], {
      env: { ...rest, LANG: language, TMPDIR: workspace.folder },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    children.push(child);
    return { child, output: () => text, ended: once(child, 'close') };
  }

  after(() => {
    for (const child of children) child.kill('SIGKILL');
    workspace.remove();
  });

  it('tells what reached each target, what waits and what was skipped, and ends with 0', async () => {
    const { child, output, ended } = start('en_US.UTF-8');
    await ended;
    const story = output();
    expect(story).to.match(/a candidate is hired +200 {2}accepted event 1\n/);
    expect(story).to.match(/the same hire again .* +200 {2}duplicate event 1\n/);
    expect(story).to.match(/a forgery.* +401 /);
    expect(story.match(/^ +17;Иванова;Анна;/gm)).to.have.lengthOf(1);
    expect(story)
      .to.contain('POST   /api/employees')
      .and.to.contain('PUT    /api/vacancies/9')
      .and.to.contain('PATCH  /api/vacancies/9');
    expect(story).to.match(/-1001 +Кандидат ждёт вашего решения: Иванова Анна Сергеевна\n +Вакансия: Бухгалтер\n/);
    expect(story).to.match(/https:\/\/huntflow\.example\/my\/romashka#\S*vacancy\/9\S*id\/17/);
    expect(story).to.match(/Document_ПриемНаРаботу +2026-12-01, not posted/);
    expect(story).to.match(/delivery \d+ → careers +next attempt at/);
    expect(story).to.contain('503 Service Unavailable');
    expect(story).to.match(/event 4 APPLICANT COMMENT +the stage is the same/);
    expect(story).to.match(/delivery \d+ → careers +delivered at attempt 2/);
    expect(story.trimEnd().split('\n').at(-1)).to.equal('Everything came out as it should.');
    expect(child.exitCode).to.equal(0);
    expect(readdirSync(workspace.folder)).to.deep.equal([]);
  });

  it('keeps serving with --stay, with something to mend, until a SIGTERM, and leaves nothing behind', async () => {
    const { child, output, ended } = start('ru_RU.UTF-8', '--stay');
    while (!output().includes('npx huntflow-connector send')) await once(child.stdout ?? child, 'data');
    const address = /http:\S+(?=\/webhooks\/huntflow)/.exec(output())?.[0] ?? '';
    expect((await fetch(`${address}/health/ready`)).status).to.equal(200);
    while (!output().includes('/console/')) await once(child.stdout ?? child, 'data');
    const page = /http:\S+(?=\/console\/)/.exec(output())?.[0] ?? '';
    const of = async (list: string) => (await fetch(`${page}/api/${list}`)).text();
    expect((await of('causes')).match(/"advice":/g)).to.have.lengthOf(3);
    expect(await of('targets')).to.contain('обновляют карьерный сайт');
    child.kill('SIGTERM');
    await ended;
    expect(output()).to.contain('Всё вышло как должно.');
    expect(child.exitCode).to.equal(0);
    expect(readdirSync(workspace.folder)).to.deep.equal([]);
  });
});
