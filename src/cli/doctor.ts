import type { Command } from 'commander';
import { loadConfig } from '../config/load-config.ts';
import { compose } from '../container.ts';
import { MigrationError } from '../database/migrate.ts';
import { sqliteFile } from '../database/url.ts';
import { formatFault } from '../files/fault.ts';
import { createLog } from '../report/log.ts';
import type { Text } from '../text.ts';
import { loadTargets } from '../targets/target.ts';
import { findFaults } from './check.ts';
import { type DoctorFinding, finding, organs } from './doctor/finding.ts';
import {
  actFindings,
  backupFindings,
  clockFindings,
  copyFindings,
  diskFindings,
  retentionFindings,
  sealingFindings,
  serviceFindings,
} from './doctor/machine.ts';
import { logFindings } from './doctor/write-ahead-log.ts';
import { deliveryFindings, quarantineFindings, stageFindings, targetFindings, webhookFindings } from './doctor/road.ts';
import { openDatabase } from './open.ts';
import { type ConfigOption, configured, type JsonOption } from './options.ts';
import { productVersion } from '../process/version.ts';
import { startError } from './start-error.ts';
import { CommandError, type Terminal } from './terminal.ts';

/** Looks at everything that must be well for the road to work. */
export function doctorCommand(terminal: Terminal): Command {
  return configured('doctor', 'look at everything that must be well: disk, clock, database, targets, webhook, backup')
    .option('--json', 'for machines')
    .action((options: ConfigOption & JsonOption) => examine(options, terminal));
}

async function examine(options: ConfigOption & JsonOption, terminal: Terminal): Promise<void> {
  const findings = await findingsOf(options.config);
  const ok = findings.every(({ level }) => level !== 'error');
  if (options.json)
    terminal.print(
      JSON.stringify({
        ok,
        findings: findings.map(({ about, level, text }) => ({ about, level, text: text[terminal.language] })),
      }),
    );
  else
    for (const { level, about, text } of findings)
      terminal.print(
        `${signs[level]} ${terminal.language === 'ru' ? organs[about] : about}: ${text[terminal.language]}`,
      );
  if (!ok)
    throw new CommandError({
      ru: 'есть что чинить: строки с «✗»',
      en: 'there is something to mend: the lines with "✗"',
    });
}

const signs: Readonly<Record<DoctorFinding['level'], string>> = { error: '✗', warning: '!', info: '✓' };

async function findingsOf(path: string): Promise<DoctorFinding[]> {
  const loaded = loadConfig(path);
  const faults = await findFaults(loaded, false);
  const findings: DoctorFinding[] = faults.faults.map((fault) => {
    const about =
      fault.file !== loaded.document.file ? 'mappings' : /secret/i.test(fault.text.en) ? 'secrets' : 'config';
    const [ru, en] = [formatFault(fault, 'ru'), formatFault(fault, 'en')];
    return finding(about, fault.level, ru, en);
  });
  const { remainder } = loaded;
  if (remainder === undefined) return findings;
  const { targets } = await loadTargets(remainder, loaded.document);
  const composition = compose(remainder, targets, { log: createLog('silent') });
  try {
    findings.push(...mappingFindings(faults.mappings, findings), ...(await targetFindings(composition)));
    findings.push(...(await diskFindings(remainder, targets)), ...(await serviceFindings(remainder)));
    try {
      if ((await composition.database.schema()).is === 'missing') throw new MigrationError(noDatabase);
      await openDatabase(composition);
      findings.push(
        finding('database', 'info', 'база данных открывается, схема верна', 'the database opens, its schema is right'),
      );
      findings.push(...actFindings(await composition.forgetting.actsElsewhere()));
      findings.push(...copyFindings({ config: remainder, forgotten: (await composition.forgetting.list())[0] }));
      findings.push(...logFindings(remainder), ...(await deliveryFindings(composition)));
      findings.push(...(await stageFindings(composition)), ...(await webhookFindings(composition, loaded)));
      findings.push(...(await quarantineFindings(composition)));
    } catch (error) {
      findings.push(databaseFinding(error, remainder.database.url));
    }
    findings.push(...clockFindings(composition.clock?.ahead, remainder.zone));
  } finally {
    await composition.close();
  }
  findings.push(
    ...backupFindings(remainder, sqliteFile(remainder.database.url) === undefined),
    ...sealingFindings(remainder, findings),
    ...retentionFindings(remainder),
    finding('versions', 'info', versions(), versions()),
  );
  return findings;
}

function mappingFindings(count: number, before: readonly DoctorFinding[]): DoctorFinding[] {
  return before.some(({ about, level }) => about === 'mappings' && level === 'error')
    ? []
    : [finding('mappings', 'info', `маппингов в порядке: ${count}`, `mappings that are well: ${count}`)];
}

/** Whoever looks makes none. */
const noDatabase: Text = {
  ru: 'базы данных ещё нет, её создаёт служба: запустите её (huntflow-connector serve)',
  en: 'there is no database yet, the service makes it: start it (huntflow-connector serve)',
};

function databaseFinding(error: unknown, url: string): DoctorFinding {
  const told = startError(error, url);
  if (!(told instanceof CommandError)) throw error;
  return { about: 'database', level: 'error', text: told.text };
}

function versions(): string {
  return `huntflow-connector ${productVersion()}, Node.js ${process.versions.node}`;
}
