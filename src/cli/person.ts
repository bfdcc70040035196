import type { Command } from 'commander';
import type { Person } from '../people/people.ts';
import { shownPerson, shownRoad } from '../shown/person.ts';
import { readRoad } from '../shown/read-road.ts';
import { withComposition } from './open.ts';
import { type ConfigOption, configured, type JsonOption } from './options.ts';
import { formatTime, table } from './table.ts';
import { CommandError, type Terminal } from './terminal.ts';
import { whyForgotten } from './whom.ts';

interface Options extends ConfigOption, JsonOption {
  readonly scope?: string;
  readonly reveal?: boolean;
}

/** All that happened to one applicant. */
export function personCommand(terminal: Terminal): Command {
  return configured('person', 'all that happened to one applicant, with one sentence on top')
    .argument('<who>', 'applicant id, a name, a mail address or a phone')
    .option('--scope <scope>', 'of which organisation, when several know such an applicant')
    .option('--reveal', 'show personal data')
    .option('--json', 'for machines')
    .action((who: string, options: Options) => showPerson(who, options, terminal));
}

/** People that are shown to choose from. */
const mostShown = 50;

async function showPerson(who: string, options: Options, terminal: Terminal): Promise<void> {
  const { scope, json, reveal = false } = options;
  await withComposition(options.config, async (composition) => {
    const { people, config } = composition;
    const byId = /^\d{1,100}$/.test(who.trim()) ? await people.find(who.trim(), scope) : [];
    const found = byId.length > 0 ? byId : inScope(await people.search(who, mostShown), scope);
    const [person, other] = found;
    if (person === undefined) throw new CommandError((await whyForgotten(composition, who)) ?? nobody);
    if (other !== undefined) {
      printFound(found, reveal, json === true, terminal);
      throw new CommandError({
        ru: `подходят несколько (${found.length}): назовите номер кандидата, при нужде с --scope`,
        en: `several fit (${found.length}): name the applicant id, with --scope if need be`,
      });
    }
    const road = shownRoad(await readRoad({ ...composition, zone: config.zone }, person), terminal.language, reveal);
    if (json) {
      terminal.print(JSON.stringify(road));
      return;
    }
    terminal.print(`${road.applicant} ${road.name}`.trim());
    terminal.print(road.sentence);
    terminal.print(
      table(
        terminal.language,
        ['TIME', 'KIND', 'ID', 'ABOUT', 'MAPPING', 'STATE', 'WHY'],
        road.timeline.map((row) => [
          formatTime(Date.parse(row.at), config.zone),
          row.kind,
          String(row.id),
          row.about,
          row.mapping ?? '',
          row.state,
          row.text ?? '',
        ]),
      ),
    );
  });
}

const nobody = {
  ru: 'никого такого нет: нужен номер кандидата, имя, почта или телефон целиком',
  en: 'there is nobody like that: an applicant id, a name, or a whole mail address or phone is needed',
};

function inScope(found: readonly Person[], scope: string | undefined): readonly Person[] {
  return scope === undefined ? found : found.filter((person) => person.scope === scope);
}

function printFound(found: readonly Person[], reveal: boolean, json: boolean, terminal: Terminal): void {
  const items = found.map((person) => shownPerson(person, reveal));
  if (json) terminal.print(JSON.stringify({ items, next: null }));
  else
    terminal.print(
      table(
        terminal.language,
        ['APPLICANT', 'NAME', 'SCOPE'],
        items.map(({ applicant, name, scope }) => [applicant, name, scope]),
      ),
    );
}
