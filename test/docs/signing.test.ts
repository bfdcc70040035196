import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { Serving } from '../support/serving.ts';
import { freshInstallation, project } from './installation.ts';

for (const file of ['operations.md', 'operations.ru.md'])
  describe(`signing by hand, as docs/${file} has it`, function () {
    const page = readFileSync(join(project, 'docs', file), 'utf8');
    this.timeout(60_000);

    before(function () {
      try {
        for (const [tool = '', argument = ''] of [
          ['openssl', 'version'],
          ['curl', '--version'],
        ])
          execFileSync(tool, [argument], { stdio: 'ignore' });
      } catch {
        this.skip();
      }
    });

    it('is accepted with the right secret and refused with another', async () => {
      const script = /```sh\n(body=.*?)```/s.exec(page)?.[1] ?? '';
      expect(script).to.include('http://127.0.0.1:8080');
      const workspace = freshInstallation();
      const serving = await new Serving(workspace.path('config', 'connector.yaml'), {
        PORT: '0',
        CONSOLE_PORT: '0',
        HUNTFLOW_SECRET: 'made-up',
      }).ready();
      try {
        const sent = (secret: string) =>
          execFileSync('sh', ['-ec', script.replace('http://127.0.0.1:8080', serving.url)], {
            cwd: workspace.folder,
            encoding: 'utf8',
            env: { ...process.env, no_proxy: '127.0.0.1', HUNTFLOW_SECRET: secret },
          });
        expect(sent('another')).to.include('the signature is missing or wrong');
        expect(sent('made-up')).to.include('accepted');
      } finally {
        await serving.kill();
        workspace.remove();
      }
    });
  });
