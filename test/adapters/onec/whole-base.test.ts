import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { OnecStandIn } from '../../../stand-ins/onec/stand-in.ts';
import { writeFiles } from '../../support/service.ts';
import { Workspace } from '../../support/workspace.ts';

const program = fileURLToPath(new URL('../../../bin/huntflow-connector.js', import.meta.url));
const soak = process.env['SOAK'] !== undefined;
const megabyte = 1_000_000;

const hireToZup = `mapping: hire-to-1c
to: zup
preset: zup-3.1/hire
with: { organisation: ООО Ромашка }
`;

/** What a process took, seconds of processor and bytes, and how it ended. */
interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly processor: number;
  readonly resident: number;
}

describe('check --live of a base that publishes everything', () => {
  const workspace = new Workspace();
  let standIn: OnecStandIn;

  before(async () => {
    standIn = await OnecStandIn.start({ zup: true, behaviour: { metadataSize: (soak ? 45 : 12) * megabyte } });
  });

  after(async () => {
    await standIn.stop();
    workspace.remove();
  });

  function check(config: string): Promise<Ended> {
    const { promise, resolve } = Promise.withResolvers<Ended>();
    const child = spawn(process.execPath, [program, 'check', '--live', '--config', config], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [out, resident, processor] = ['', 0, 0];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (out += String(text)));
    const watch = setInterval(() => {
      resident = Math.max(resident, mostResident(child.pid));
      processor = Math.max(processor, processorOf(child.pid));
    }, 20);
    child.once('close', (code) => {
      clearInterval(watch);
      resolve({ code, out, processor, resident });
    });
    return promise;
  }

  it('takes 10 s of processor and 250 MB at most', async () => {
    const { user, password } = standIn.behaviour;
    const config = writeFiles(workspace, {
      config: { targets: { zup: { adapter: 'onec-odata', settings: { url: standIn.url, user, password } } } },
      mappings: { 'hire-to-1c.yaml': hireToZup },
    });
    const ended = await check(config);

    expect(ended.code, ended.out).to.equal(0);
    expect(ended.resident, 'bytes resident').to.be.within(1, 250 * 1024 ** 2);
    // Of the clock it is 3 to 4 s on a quiet machine; beside other work the clock says nothing.
    expect(ended.processor, 'seconds of processor').to.be.within(0.1, 10);
  });
});

/** VmHWM, the most that was resident; 0 once the process is gone. */
function mostResident(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

/** User and system time in seconds, of a hundred ticks each (proc(5)); 0 once the process is gone. */
function processorOf(pid: number | undefined): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return 0;
  }
}
