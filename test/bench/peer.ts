import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A peer installed from npm into a folder of its own, gone afterwards; the project itself never depends on it. */
export class Peer {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async install(name: string): Promise<Peer> {
    const folder = mkdtempSync(join(tmpdir(), 'huntflow-connector-peer-'));
    writeFileSync(join(folder, 'package.json'), '{ "name": "peer", "private": true }');
    await new Promise<void>((resolve, reject) => {
      const npm = spawn('npm', ['install', '--no-audit', '--no-fund', name], {
        cwd: folder,
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      npm.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`npm could not install ${name}`))));
    });
    return new Peer(folder);
  }

  path(...parts: readonly string[]): string {
    return join(this.folder, ...parts);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
