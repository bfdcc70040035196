import type { Command } from 'commander';
import { readUsers } from '../access/users-file.ts';
import type { Finding } from '../adapter.ts';
import { readAlarms } from '../alarms/read-alarms.ts';
import { type LoadedConfig, loadConfig } from '../config/load-config.ts';
import type { Config } from '../config/config.ts';
import { compose, type Composition } from '../container.ts';
import { createAdapter } from '../targets/target.ts';
import { type Fault, FaultyFileError, formatFault } from '../files/fault.ts';
import { fewFaults } from '../files/few-faults.ts';
import { surroundingFaults } from './surroundings.ts';
import { createLog } from '../report/log.ts';
import type { Mapping } from '../mapping/file/mapping.ts';
import { loadTargets, type Target } from '../targets/target.ts';
import { type Text, verbatim } from '../text.ts';
import { checkTarget, foreseenOf } from '../shown/target-check.ts';
import type { YamlDocument } from '../files/yaml-document.ts';
import { type ConfigOption, configured, type JsonOption } from './options.ts';
import { CommandError, type Terminal } from './terminal.ts';

interface CheckOptions extends ConfigOption, JsonOption {
  readonly live?: boolean;
}

/** Faults of one file: nobody reads more, and a file may have a million. */
const printed = 1_000;

export function checkCommand(terminal: Terminal): Command {
  return configured('check', 'find everything that is wrong in connector.yaml and the mappings; sends nothing')
    .option('--live', 'also ask the targets: address, credentials, and whether the mappings fit what they publish')
    .option('--json', 'for machines')
    .action((options: CheckOptions) => check(options, terminal));
}

async function check(options: CheckOptions, terminal: Terminal): Promise<void> {
  const loaded = loadConfig(options.config);
  const { faults, mappings } = await findFaults(loaded, options.live ?? false);
  const remarks = loaded.config === undefined ? [] : remarksOn(loaded.config);
  const shown = fewFaults(faults, printed);
  const errors = faults.filter((fault) => fault.level === 'error').length;
  if (options.json) {
    terminal.print(
      JSON.stringify({
        items: shown.map(({ file, line, column, level, text }) => ({
          file,
          line,
          column,
          level,
          text: text[terminal.language],
        })),
        next: null,
      }),
    );
  } else {
    for (const fault of shown) terminal.print(formatFault(fault, terminal.language));
    if (errors === 0)
      terminal.print(
        { ru: `Всё в порядке: маппингов ${mappings}`, en: `All is well: ${mappings} mapping(s)` }[terminal.language],
      );
  }
  for (const remark of remarks) terminal.note(remark[terminal.language]);
  if (errors > 0) throw new CommandError({ ru: `Ошибок: ${errors}`, en: `Errors: ${errors}` }, 2);
}

/** What is no fault, for it may be meant. */
function remarksOn({ retention, privacy }: Config): readonly Text[] {
  return [
    ...(retention === undefined
      ? [
          {
            ru: 'retention не задан: ничего не удаляется, данные людей хранятся вечно',
            en: 'retention is not set: nothing is ever deleted, personal data is kept for ever',
          },
        ]
      : []),
    ...(privacy.keyFile === undefined
      ? [
          {
            ru: 'privacy.keyFile не задан: личные данные в базе не зашифрованы',
            en: 'privacy.keyFile is not set: personal data in the database is not sealed',
          },
        ]
      : []),
  ];
}

/** Everything that is wrong in the config, the mappings and around; `live`: also what targets say. */
export async function findFaults(
  loaded: LoadedConfig,
  live: boolean,
): Promise<{ readonly faults: readonly Fault[]; readonly mappings: number }> {
  if (loaded.remainder === undefined) return { faults: loaded.faults, mappings: 0 };
  const { targets, faults, held } = await loadTargets(loaded.remainder, loaded.document);
  const composition = compose(loaded.remainder, targets, { log: createLog('silent') });
  try {
    const read = await composition.mappings.read();
    const found = live
      ? await askTargets(composition, read.mappings, loaded.document)
      : [
          ...(await lookAtFolders(composition, loaded.document)),
          ...(await foresee(composition, read.mappings, loaded.document)),
          ...(await Promise.all(targets.map((target) => lifeFaults(target, composition)))).flat(),
        ];
    const alarms = await readAlarms(loaded.remainder, targets, loaded.document);
    const around = await surroundingFaults(loaded.remainder, loaded.document);
    const all = [
      ...loaded.faults,
      ...faults,
      ...held.map(({ fault }) => fault),
      ...read.faults,
      ...found,
      ...alarms.faults,
      ...around,
      ...usersFaults(loaded.remainder),
    ];
    return { faults: all, mappings: read.mappings.length };
  } finally {
    await composition.close();
  }
}

/** Nobody comes in while that file is faulty. */
function usersFaults({ console: { users } }: Config): readonly Fault[] {
  try {
    readUsers(users);
    return [];
  } catch (error) {
    if (error instanceof FaultyFileError) return error.faults;
    throw error;
  }
}

/** What can be told of targets without asking them; once asked, they look at their folders themselves. */
async function lookAtFolders({ targets, folderOf }: Composition, document: YamlDocument): Promise<Fault[]> {
  const found = await Promise.all(
    targets.map(async (target) => {
      const text = await folderOf(target)?.problem();
      return text === undefined ? [] : [faultOf({ level: 'error', text }, target, [], document)];
    }),
  );
  return found.flat();
}

/** What the classes can tell by themselves: missing files of settings, records that a chat will not take. */
async function foresee(
  { targets, toolsFor }: Composition,
  mappings: readonly Mapping[],
  document: YamlDocument,
): Promise<Fault[]> {
  const found = await Promise.all(
    targets.map(async (target) => {
      const own = mappings.filter(({ to }) => to === target.name);
      return shownFaults(await foreseenOf(target, own, toolsFor), target, own, document);
    }),
  );
  return found.flat();
}

/** A class of somebody's own may not even come to life; the shipped ones do. */
async function lifeFaults(target: Target, { toolsFor }: Composition): Promise<readonly Fault[]> {
  if (target.file === undefined) return [];
  try {
    await createAdapter(target, toolsFor(target)).close?.();
    return [];
  } catch (error) {
    if (error instanceof FaultyFileError) return error.faults;
    throw error;
  }
}

async function askTargets(
  { targets, toolsFor }: Composition,
  mappings: readonly Mapping[],
  document: YamlDocument,
): Promise<Fault[]> {
  const found = await Promise.all(
    targets.map(async (target) => {
      const own = mappings.filter(({ to }) => to === target.name);
      return shownFaults(await checkTarget(target, own, toolsFor), target, own, document);
    }),
  );
  return found.flat();
}

function shownFaults(
  findings: readonly Finding[],
  target: Target,
  mappings: readonly Mapping[],
  document: YamlDocument,
): readonly Fault[] {
  return findings
    .filter(({ level }) => level !== 'info')
    .map((finding) => faultOf(finding, target, mappings, document));
}

/** At the field of the mapping it is about, or at the target. */
function faultOf(finding: Finding, target: Target, mappings: readonly Mapping[], document: YamlDocument): Fault {
  const words = typeof finding.text === 'string' ? verbatim(finding.text) : finding.text;
  const text = { ru: `«${target.name}»: ${words.ru}`, en: `"${target.name}": ${words.en}` };
  const level = finding.level === 'error' ? 'error' : 'warning';
  const mapping = mappings.find(({ name }) => name === finding.mapping);
  return mapping === undefined
    ? document.fault(['targets', target.name], text, { level, atKey: true })
    : { ...mapping.faultAt(['record', ...(finding.path ?? [])], text), level };
}
