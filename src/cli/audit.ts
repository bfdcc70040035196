import { Command, InvalidArgumentError } from 'commander';
import type { AuditEntry } from '../audit/entry.ts';
import type { Language, Text } from '../text.ts';
import { shownAudit } from '../shown/audit.ts';
import { auditActions, auditPlaces } from '../words/audit.ts';
import { withComposition } from './open.ts';
import { type ConfigOption, configured, type JsonOption, limit } from './options.ts';
import { formatTime, table } from './table.ts';
import { CommandError, type Terminal } from './terminal.ts';
import { firstRows } from './first-rows.ts';

interface ListOptions extends ConfigOption, JsonOption {
  readonly who?: string;
  readonly action?: string;
  readonly on?: string;
  readonly limit?: number | 'all';
}

type Head = Pick<AuditEntry, 'seq' | 'hash'>;

interface VerifyOptions extends ConfigOption, JsonOption {
  readonly head?: readonly Head[];
}

export function auditCommand(terminal: Terminal): Command {
  const list = configured('list', 'who did what, when, on what and from where, newest first')
    .option('--who <name>', 'of one user')
    .option('--action <action>', 'of one kind, e.g. reveal, retry, forget')
    .option('--on <id>', 'on one thing, e.g. delivery/17, event/3, target/zup')
    .option('--limit <count>', 'at most so many, or all (default: 50)', limit)
    .option('--json', 'for machines')
    .action((options: ListOptions) => listAudit(options, terminal));
  const verify = configured('verify', 'whether nobody has changed, deleted or put in anything past the program')
    .option('--head <seq:hash>', 'an end of the chain as the log or the SIEM has it; may be repeated', heads)
    .option('--json', 'for machines')
    .action((options: VerifyOptions) => verifyAudit(options, terminal));
  return new Command('audit')
    .description('the journal of what people did')
    .addCommand(list, { isDefault: true })
    .addCommand(verify);
}

function heads(text: string, before: readonly Head[] = []): readonly Head[] {
  const [, seq, hash] = /^(\d{1,15}):([0-9a-f]{16,64})$/.exec(text) ?? [];
  if (seq === undefined || hash === undefined)
    throw new InvalidArgumentError('the number of an entry, a colon and its hash are needed');
  return [...before, { seq: Number(seq), hash }];
}

async function listAudit(options: ListOptions, terminal: Terminal): Promise<void> {
  const { who, action, on } = options;
  await withComposition(options.config, async ({ audit, config: { zone } }) => {
    const filter = {
      ...(who !== undefined && { who }),
      ...(action !== undefined && { action }),
      ...(on !== undefined && { on }),
    };
    const entries = await firstRows(
      options.limit,
      (most) => audit.list({ ...filter, ...(most !== undefined && { limit: most }) }),
      options.json ? undefined : terminal,
    );
    if (options.json) terminal.print(JSON.stringify({ items: entries.map(shownAudit), next: null }));
    else
      terminal.print(
        table(
          terminal.language,
          ['ID', 'WHEN', 'BY', 'FROM', 'ACTION', 'ABOUT'],
          entries.map((entry) => [
            String(entry.seq),
            formatTime(entry.at, zone),
            entry.who,
            placeOf(entry, terminal.language),
            deedOf(entry, terminal.language),
            shortened(entry.on),
          ]),
        ),
      );
  });
}

/** With the word that `--action` takes. */
function deedOf({ action }: AuditEntry, language: Language): string {
  const said = actions[action];
  return language === 'en' || said === undefined ? action : `${said.ru} (${action})`;
}

function placeOf({ from }: AuditEntry, language: Language): string {
  return language === 'en' ? from : (places[from]?.ru ?? from);
}

/** A kept entry may be of an action that a newer program knows. */
const actions: Readonly<Record<string, Text>> = auditActions;
const places: Readonly<Record<string, Text>> = auditPlaces;

/** Ids of a line of a table. */
const mostShown = 5;

function shortened(on: readonly string[]): string {
  const more = on.length - mostShown;
  return on.slice(0, mostShown).join(' ') + (more > 0 ? ` +${more}` : '');
}

async function verifyAudit({ config, head, json }: VerifyOptions, terminal: Terminal): Promise<void> {
  await withComposition(config, async ({ audit }) => {
    const { entries, head: last, problem } = await audit.verify(head);
    if (json) {
      const shown = problem === undefined ? null : { id: problem.seq, text: problem.text };
      terminal.print(JSON.stringify({ ok: problem === undefined, entries, head: last ?? null, problem: shown }));
    } else if (problem === undefined) {
      terminal.print(
        {
          ru: `Записей ${entries}, все сходятся. Конец журнала: ${headText(last)}`,
          en: `${entries} entries, all of them fit. Its end: ${headText(last)}`,
        }[terminal.language],
      );
    }
    if (problem !== undefined) throw new CommandError(problem.text);
  });
}

function headText(head: Head | undefined): string {
  return head === undefined ? '—' : `${head.seq}:${head.hash}`;
}
