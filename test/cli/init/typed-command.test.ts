import { mkdirSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { typedCommand } from '../../../src/cli/init/typed-command.ts';
import { Workspace } from '../../support/workspace.ts';

describe('what a person types', () => {
  const workspace = new Workspace();
  after(() => workspace.remove());

  it('begins in the checkout', () => {
    expect(typedCommand('/opt/connector', '/home/мой коннектор', 'check')).to.equal(
      "cd /opt/connector && npx huntflow-connector check --config '/home/мой коннектор/connector.yaml'",
    );
  });

  it('begins where the package was installed, never within it: npx would build it anew', () => {
    const project = workspace.path('project');
    mkdirSync(`${project}/node_modules/.bin`, { recursive: true });
    writeFileSync(`${project}/node_modules/.bin/huntflow-connector`, '');
    const root = `${project}/node_modules/huntflow-connector`;
    expect(typedCommand(root, project, 'check')).to.equal(`cd ${project} && npx huntflow-connector check`);
    expect(typedCommand(root, `${project}/mine`, 'serve')).to.equal(
      `cd ${project} && npx huntflow-connector serve --config ${project}/mine/connector.yaml`,
    );
  });

  it('is the name alone of what is installed for everybody', () => {
    const root = workspace.path('lib', 'node_modules', 'huntflow-connector');
    expect(typedCommand(root, '/srv/hr', 'check')).to.equal('huntflow-connector check --config /srv/hr/connector.yaml');
  });
});
