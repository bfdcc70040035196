import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import type { Environment } from './environment.ts';

export interface ConfigLocation {
  readonly path: string;
  /** The folder that `init` made last; nobody named it and it is not here. */
  readonly remembered: boolean;
  /** That folder's connector.yaml, where another one was found here. */
  readonly other?: string;
}

/** Where a connector.yaml is looked for when no `--config` names one. */
export function configLocation(variables: Environment): ConfigLocation {
  const named = variables['HUNTFLOW_CONNECTOR_CONFIG'];
  if (named !== undefined && named !== '') return { path: named, remembered: false };
  const here = ['connector.yaml', join('config', 'connector.yaml')].find((path) => existsSync(path));
  const remembered = rememberedConfig(variables);
  if (here !== undefined)
    return {
      path: here,
      remembered: false,
      ...(remembered !== undefined && !isSame(here, remembered) && { other: remembered }),
    };
  if (remembered !== undefined) return { path: remembered, remembered: true };
  return { path: join('config', 'connector.yaml'), remembered: false };
}

function isSame(one: string, other: string): boolean {
  const [first, second] = [statSync(one, { throwIfNoEntry: false }), statSync(other, { throwIfNoEntry: false })];
  return first?.ino === second?.ino && first?.dev === second?.dev;
}

/** Never fails: a home that cannot be written to costs a `--config`. Gives whether it is remembered. */
export function rememberConfig(path: string, variables: Environment): boolean {
  const note = noteFile(variables);
  try {
    mkdirSync(dirname(note), { recursive: true, mode: 0o700 });
    writeFileSync(note, `${path}\n`, { mode: 0o600 });
    return true;
  } catch {
    return false;
  }
}

function rememberedConfig(variables: Environment): string | undefined {
  try {
    const path = readFileSync(noteFile(variables), 'utf8').trim();
    return isAbsolute(path) && existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

function noteFile(variables: Environment): string {
  const base = variables['XDG_CONFIG_HOME'];
  return join(
    base !== undefined && isAbsolute(base) ? base : join(homedir(), '.config'),
    'huntflow-connector',
    'config',
  );
}
