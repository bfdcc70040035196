import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface Server {
  readonly url: string;
  readonly child: ChildProcess;
  stop(): Promise<void>;
}

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** Starts a server of this folder and waits for the URL that it prints first. */
export async function startServer(name: string, args: readonly string[]): Promise<Server> {
  const child = spawn(process.execPath, [here(name), ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const forget = () => void child.kill('SIGKILL');
  process.once('exit', forget);
  child.once('exit', () => process.removeListener('exit', forget));
  const lines = createInterface({ input: child.stdout });
  const url = await new Promise<string>((resolve, reject) => {
    lines.once('line', resolve);
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code}`)));
  });
  return {
    url,
    child,
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
      }),
  };
}

/** Runs a script of this folder to its end and reads the JSON it prints last. */
export async function runScript<T>(name: string, args: readonly string[], read: (value: unknown) => T): Promise<T> {
  const child = spawn(process.execPath, [here(name), ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  for await (const chunk of child.stdout) printed += String(chunk);
  const value: unknown = JSON.parse(printed.trim().split('\n').at(-1) ?? '');
  return read(value);
}

export interface Measured {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** When the first webhook left, milliseconds since 1970. */
  readonly began: number;
  /** When each webhook was due, by its event id; only where a rate was asked for. */
  readonly sent: ReadonlyMap<string, number>;
}

/** What load.ts printed: one entry for each of its URLs. */
export function measuredEach(value: unknown): readonly Measured[] {
  return (Array.isArray(value) ? value : []).map((one: unknown) => {
    const field = (name: string) => Number(typeof one === 'object' && one !== null ? Reflect.get(one, name) : NaN);
    if (field('refused') > 0) throw new Error(`${field('refused')} requests were refused: the figures mean nothing`);
    const sent: unknown = typeof one === 'object' && one !== null && 'sent' in one ? one.sent : {};
    return {
      perSecond: field('perSecond'),
      p50: field('p50'),
      p99: field('p99'),
      began: field('began'),
      sent: numbersOf(sent),
    };
  });
}

export function measured(value: unknown): Measured {
  const [only] = measuredEach(value);
  if (only === undefined) throw new Error('the load told nothing');
  return only;
}

/** The members of a JSON object that are numbers. */
export function numbersOf(value: unknown): ReadonlyMap<string, number> {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return new Map(entries.filter((entry): entry is [string, number] => typeof entry[1] === 'number'));
}

/**
 * Milliseconds of processor time that a process has used, all its threads together; NaN where the system does not tell.
 */
export function processorTime(child: ChildProcess): number {
  const stat = `/proc/${child.pid}/stat`;
  if (!existsSync(stat)) return NaN;
  const fields = readFileSync(stat, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10; // in ticks of 1/100 s
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
