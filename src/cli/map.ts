import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { envelopeOf } from '../huntflow/envelope.ts';
import { type HuntflowView, viewOf } from '../huntflow/view.ts';
import { stagesOf } from '../config/config.ts';
import type { Composition } from '../container.ts';
import { formatFault } from '../files/fault.ts';
import { fewFaults } from '../files/few-faults.ts';
import { readEvent } from '../mapping/event-view.ts';
import type { Explanation } from '../mapping/record/explanation.ts';
import { fieldPath } from '../mapping/record/field-path.ts';
import { readBodyFile } from '../mapping/file/body-file.ts';
import { recordProblems } from '../mapping/file/record-check.ts';
import type { Mapping } from '../mapping/file/mapping.ts';
import { meaning, unmet } from '../mapping/record/unmet.ts';
import type { Condition, Stages } from '../mapping/record/wants.ts';
import { constantsOf } from '../mapping/constants.ts';
import { mask } from '../report/mask.ts';
import { explainMapping, shownMapped } from '../shown/mapped.ts';
import { join, type Text } from '../text.ts';
import { openDatabase, withComposition } from './open.ts';
import { operator } from './operator.ts';
import { type ConfigOption, configured, type JsonOption } from './options.ts';
import { readFile } from './send.ts';
import { table } from './table.ts';
import { CommandError, type Terminal } from './terminal.ts';

interface MapOptions extends ConfigOption, JsonOption {
  readonly source?: string;
  readonly event?: string;
  readonly explain?: boolean;
  readonly reveal?: boolean;
}

/** An event to look at; one that Huntflow sent is masked unless asked for. */
interface Subject {
  readonly view: HuntflowView;
  readonly source: string | undefined;
  readonly stored: boolean;
}

export function mapCommand(terminal: Terminal): Command {
  return configured('map', 'print the record that a mapping makes of an event; sends nothing')
    .argument('<mapping>', 'name of a mapping')
    .argument('<event>', 'a webhook body, JSON file; or the id of a kept event')
    .option('--source <name>', "whose stages hold (default: the organisation's)")
    .option('--event <type>', 'the X-Huntflow-Event header, for bodies of version 1.0 (default: read from the body)')
    .option('--explain', 'show which conditions hold and where each field comes from')
    .option('--reveal', 'do not mask the values of a kept event')
    .option('--json', 'for machines: conditions, fields and record in one object')
    .action((mapping: string, event: string, options: MapOptions) =>
      withComposition(
        options.config,
        async (composition) => {
          await mapEvent(
            await findMapping(mapping, composition, terminal),
            await subjectOf(event, options, composition),
            options,
            composition,
            terminal,
          );
        },
        { database: 'unneeded' },
      ),
    );
}

async function subjectOf(event: string, options: MapOptions, composition: Composition): Promise<Subject> {
  if (/^\d+$/.test(event) && !existsSync(event)) {
    await openDatabase(composition);
    const kept = await composition.inbox.find(Number(event));
    if (kept === undefined) throw new CommandError({ ru: `события ${event} нет`, en: `there is no event ${event}` });
    if (options.reveal)
      await composition.audit.add(operator(composition), { action: 'reveal', on: [`event/${kept.id}`] });
    const view = await readEvent(kept);
    if ('unreadable' in view) throw new CommandError(view.unreadable);
    return { view: view.view, source: options.source ?? kept.source, stored: true };
  }
  const read = readBodyFile(readFile(event));
  if (!read.ok) throw new CommandError(read.text);
  const type = options.event ?? envelopeOf(read.body, {}).eventType;
  return { view: viewOf(read.body, type === undefined ? {} : { event: type }), source: options.source, stored: false };
}

async function mapEvent(
  mapping: Mapping,
  { view, source, stored }: Subject,
  options: MapOptions,
  { config, engine, targets }: Composition,
  terminal: Terminal,
): Promise<void> {
  const reveal = !stored || options.reveal === true;
  const constants = constantsOf(mapping);
  const shown = (value: unknown) => (reveal ? value : mask(value, undefined, constants));
  const stages = stagesOf(config, source);
  const mapped = await explainMapping(engine, mapping, view, stages);
  const { held, explanation, outcome } = mapped;
  const wanted = explanation !== undefined;
  const record = outcome.outcome === 'record' ? shown(outcome.record) : null;

  if (options.json) terminal.print(JSON.stringify(shownMapped(mapped, terminal.language, reveal)));
  else {
    if (options.explain && mapping.preset !== undefined)
      terminal.print({ ru: `пресет ${mapping.preset}\n`, en: `preset ${mapping.preset}\n` }[terminal.language]);
    if (options.explain) explain(held, stages, explanation, shown, terminal);
    if (record !== null) terminal.print(JSON.stringify(record, null, 2));
    if (outcome.outcome === 'skipped')
      terminal.note((wanted ? stoppedByWhen : stoppedByOn(unmet(held, stages)))[terminal.language]);
  }
  if (outcome.outcome === 'failed') {
    throw new CommandError(withValue(outcome.text, explanation?.fields ?? [], shown));
  }
  const schema = targets.find(({ name }) => name === mapping.to)?.record;
  const problems = outcome.outcome === 'record' && schema !== undefined ? recordProblems(schema, outcome.record) : [];
  if (problems.length > 0) throw new CommandError(join(problems.map(({ text }) => text)));
}

/** The sentence alone names no value; whoever maps by hand wants to know which one the dictionary lacks. */
function withValue(text: Text, fields: Explanation['fields'], shown: (value: unknown) => unknown): Text {
  const failed = fields.find(({ failure }) => failure?.en === text.en);
  if (failed?.from === undefined || failed.from === null) return text;
  const value = JSON.stringify(shown(failed.from));
  return { ru: `${text.ru} (значение: ${value})`, en: `${text.en} (the value: ${value})` };
}

function stoppedByOn(why: Text): Text {
  return {
    ru: `пропущено: условия on не берут это событие (${why.ru})`,
    en: `skipped: \`on\` does not take this event (${why.en})`,
  };
}

const stoppedByWhen = { ru: 'пропущено: условие when дало false', en: 'skipped: `when` gave false' };

function explain(
  held: readonly Condition[],
  stages: Stages,
  explanation: Explanation | undefined,
  shown: (value: unknown) => unknown,
  terminal: Terminal,
): void {
  terminal.print(
    table(
      terminal.language,
      ['ON', 'WANTED', 'EVENT HAS', ''],
      held.map(({ name, wanted, actual, holds }) => [
        name,
        wanted.map((word) => (name === 'stage' ? meaning(word, stages) : String(word))).join(', '),
        actual ?? '—',
        holds ? '✔' : '✘',
      ]),
    ),
  );
  if (explanation === undefined) return;
  const rows = explanation.fields.map((field) => [
    fieldPath(field.path),
    cellOf(field, shown, terminal),
    field.formula ?? (field.origin === 'constant' ? constantWord[terminal.language] : field.origin),
    field.steps.join(', '),
  ]);
  terminal.print(`\n${table(terminal.language, ['FIELD', 'VALUE', 'FROM', 'STEPS'], rows)}\n`);
}

const constantWord = { ru: 'постоянное', en: 'constant' };

function cellOf(
  { failure, value, from, origin }: Explanation['fields'][number],
  shown: (value: unknown) => unknown,
  { language }: Terminal,
): string {
  if (failure !== undefined)
    return `✘ ${failure[language]}${(from ?? null) === null ? '' : `: ${JSON.stringify(shown(from))}`}`;
  if ((value ?? null) === null) return '—';
  return JSON.stringify(origin === 'constant' ? value : shown(value));
}

async function findMapping(name: string, { mappings }: Composition, terminal: Terminal): Promise<Mapping> {
  const read = await mappings.read();
  const mapping = read.mappings.find((each) => each.name === name);
  if (mapping !== undefined) return mapping;
  for (const fault of fewFaults(read.faults, 20)) terminal.note(formatFault(fault, terminal.language));
  // Who tries a mapping by hand wants to know why its tests fail.
  const untested = read.refused.find((each) => each.untested?.name === name)?.untested;
  if (untested !== undefined) return untested;
  const names = read.mappings.map((each) => each.name).join(', ');
  throw new CommandError({
    ru: `годного маппинга «${name}» нет; есть: ${names}`,
    en: `there is no good mapping "${name}"; there are: ${names}`,
  });
}
