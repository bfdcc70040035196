import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { OnecStandIn } from '../../../stand-ins/onec/stand-in.ts';
import { toolsIn } from '../../support/delivery-context.ts';
import { hireOf, valuesOf } from './hire.ts';

const child = new URL('./deliver-child.ts', import.meta.url).pathname;

/**
 * Kills the delivering process at every write in turn, and starts it again until the hire is through. @returns the
 * number of kills.
 */
async function killAtEveryWrite(standIn: OnecStandIn, committed: boolean, compiled: string): Promise<number> {
  const tools = toolsIn();
  const { behaviour, url } = standIn;
  const settings = { url, user: behaviour.user, password: behaviour.password, settle: '100ms' };
  writeFileSync(`${tools.root}/task.json`, JSON.stringify({ settings, record: hireOf(valuesOf(17)) }));
  const survived = new Set<string>();
  let kills = 0;
  try {
    for (let code: unknown = null; code !== 0;) {
      const process_ = spawn(process.execPath, [child, tools.root], {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, NODE_COMPILE_CACHE: compiled },
      });
      standIn.trouble = ({ method, set }) => {
        if (method === 'GET' || survived.has(set)) return undefined;
        survived.add(set);
        kills += 1;
        process_.kill('SIGKILL');
        return committed ? { kind: 'commitThenDrop' } : { kind: 'drop' };
      };
      [code] = await once(process_, 'exit');
      if (code !== null && code !== 0) throw new Error(`the child ended with ${JSON.stringify(code)}`);
    }
  } finally {
    tools.dispose();
  }
  return kills;
}

describe('a hire whose process is killed', function suite() {
  this.timeout(60_000);

  // Starting the process is most of the time, so its code is compiled once.
  const compiled = mkdtempSync(join(tmpdir(), 'onec-compiled-'));
  after(() => rmSync(compiled, { recursive: true, force: true }));

  for (const [keepsKeys, committed] of [
    [true, true],
    [false, true],
    [false, false],
  ] as const) {
    it(`is resumed and ends with one of each (killed ${committed ? 'after' : 'before'} each write was done, the base ${keepsKeys ? 'keeps' : 'replaces'} our keys)`, async () => {
      const standIn = await OnecStandIn.start({ behaviour: { keepsKeys } });
      try {
        expect(await killAtEveryWrite(standIn, committed, compiled)).to.equal(4);
        for (const set of [
          'Catalog_ФизическиеЛица',
          'InformationRegister_ФИОФизическихЛиц',
          'Catalog_Сотрудники',
          'Document_ПриемНаРаботу',
        ]) {
          expect(standIn.base.all(set), set).to.have.length(1);
        }
      } finally {
        await standIn.stop();
      }
    });
  }
});
