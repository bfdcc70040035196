// Loaded before a program that is to be killed: counts what its threads do to files and databases, and kills the
// process, as kill -9 does, before the step that is asked for.
import BetterSqlite from 'better-sqlite3';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import pg from 'pg';

const { appendFileSync, statSync } = fs;
/** A byte a step: all threads of the process share it. */
const counter = process.env['STEPS_FILE'];
const last = Number(process.env['DIE_AT_STEP'] ?? Infinity);

function step(): void {
  if (counter === undefined) return;
  appendFileSync(counter, '.');
  if (statSync(counter).size < last) return;
  process.kill(process.pid, 'SIGKILL');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

function counted(owner: object, names: readonly string[], isStep: (self: unknown, args: unknown[]) => boolean): void {
  for (const name of names) {
    const original: unknown = Reflect.get(owner, name);
    if (typeof original !== 'function') throw new Error(`there is no ${name} to count`);
    Reflect.set(owner, name, function (this: unknown, ...args: unknown[]) {
      if (isStep(this, args)) step();
      return Reflect.apply(original, this, args);
    });
  }
}

const always = () => true;
const writes = (text: unknown) => /^\s*(?:begin|commit|insert|update|delete|create|vacuum|with)/i.test(String(text));
counted(
  fs,
  ['writeSync', 'fsyncSync', 'renameSync', 'linkSync', 'rmSync', 'copyFileSync', 'writeFileSync', 'mkdirSync'],
  (_self, [path]) => path !== counter,
);
counted(fs.promises, ['rename', 'rm', 'writeFile'], always);
const handle = await fs.promises.open('/dev/null', 'w');
counted(Object.getPrototypeOf(handle), ['write', 'sync', 'datasync', 'truncate'], always);
await handle.close();
const memory = new BetterSqlite(':memory:');
const isWrite = (self: unknown) => writes(Reflect.get(Object(self), 'source'));
counted(Object.getPrototypeOf(memory.prepare('select 1')), ['run', 'all', 'get'], isWrite);
counted(BetterSqlite.prototype, ['exec', 'pragma'], (_self, [text]) => writes(text) || /checkpoint/.test(String(text)));
memory.close();
counted(pg.Client.prototype, ['query'], (_self, [query]) => writes(Reflect.get(Object(query), 'text') ?? query));
syncBuiltinESMExports();
