import { Command } from 'commander';
import { type EventState, eventStates } from '../inbox/event.ts';
import { eventBrief } from '../shown/event-brief.ts';
import { bodyGone } from '../shown/gone.ts';
import { eventDetail, shownEvent } from '../shown/event.ts';
import { withComposition } from './open.ts';
import { operator } from './operator.ts';
import { type ConfigOption, configured, count, type JsonOption, limit, oneOf } from './options.ts';
import { formatTime, table } from './table.ts';
import { CommandError, type Terminal } from './terminal.ts';
import { verifyEventsCommand } from './verify-events.ts';
import { firstRows } from './first-rows.ts';

interface ListOptions extends ConfigOption, JsonOption {
  readonly state?: EventState;
  readonly source?: string;
  readonly event?: string;
  readonly limit?: number | 'all';
}

interface ShowOptions extends ConfigOption, JsonOption {
  readonly reveal?: boolean;
}

export function eventsCommand(terminal: Terminal): Command {
  const list = configured('list', 'accepted webhooks, newest first')
    .option('--state <state>', 'received, mapped, skipped, failed or quarantined', oneOf(...eventStates))
    .option('--source <name>', 'of one source')
    .option('--event <type>', 'of one event type, e.g. APPLICANT')
    .option('--limit <count>', 'at most so many, or all (default: 50)', limit)
    .option('--json', 'for machines')
    .action((options: ListOptions) => listEvents(options, terminal));
  const show = configured('show', 'one event with what became of it')
    .argument('<id>', 'event id', count)
    .option('--reveal', 'show personal data')
    .option('--json', 'for machines')
    .action((id: number, options: ShowOptions) => showEvent(id, options, terminal));
  return new Command('events')
    .description('what Huntflow sent')
    .addCommand(list)
    .addCommand(show)
    .addCommand(verifyEventsCommand(terminal));
}

async function listEvents(options: ListOptions, terminal: Terminal): Promise<void> {
  const { config, json, limit, ...filter } = options;
  await withComposition(config, async ({ inbox, config: { zone } }) => {
    const events = await firstRows(
      limit,
      (most) => inbox.list({ ...filter, ...(most !== undefined && { limit: most }) }),
      json ? undefined : terminal,
    );
    const find = inbox.find.bind(inbox);
    const briefs = await Promise.all(events.map((event) => eventBrief(event, find)));
    if (json)
      terminal.print(
        JSON.stringify({ items: events.map((event, at) => ({ ...shownEvent(event), ...briefs[at] })), next: null }),
      );
    else
      terminal.print(
        table(
          terminal.language,
          ['ID', 'RECEIVED', 'SOURCE', 'EVENT', 'TYPE', 'ACTION', 'STAGE', 'KEY', 'LOG', 'STATE', 'WHY'],
          events.map((event, at) => [
            String(event.id),
            formatTime(event.receivedAt, zone),
            event.source,
            event.event ?? '',
            event.type ?? '',
            event.action ?? '',
            briefs[at]?.stage ?? '',
            briefs[at]?.key ?? '',
            briefs[at]?.log ?? '',
            event.state,
            event.error?.[terminal.language] ?? (event.state === 'skipped' ? unwanted[terminal.language] : ''),
          ]),
        ),
      );
  });
}

const unwanted = { ru: 'сохранено, ни один маппинг его не взял', en: 'kept, no mapping wanted it' };

async function showEvent(id: number, options: ShowOptions, terminal: Terminal): Promise<void> {
  await withComposition(options.config, async (composition) => {
    const {
      inbox,
      outbox,
      audit,
      config: { zone },
    } = composition;
    const event = await inbox.find(id);
    if (event === undefined) throw new CommandError({ ru: `события ${id} нет`, en: `there is no event ${id}` });
    const deliveries = await outbox.list({ event: id });
    if (options.reveal) await audit.add(operator(composition), { action: 'reveal', on: [`event/${id}`] });
    const detail = eventDetail(
      event,
      deliveries,
      await bodyGone(composition, event),
      terminal.language,
      options.reveal,
    );
    const { body, error, gone } = detail;
    if (options.json) {
      terminal.print(JSON.stringify(detail));
      return;
    }
    terminal.print(
      table(
        terminal.language,
        ['ID', 'RECEIVED', 'SOURCE', 'EVENT', 'TYPE', 'ACTION', 'STATE'],
        [
          [
            String(event.id),
            formatTime(event.receivedAt, zone),
            event.source,
            event.event ?? '',
            event.type ?? '',
            event.action ?? '',
            event.state,
          ],
        ],
      ),
    );
    if (error !== null) terminal.print(`\n${error}`);
    if (event.state === 'skipped') terminal.print(`\n${unwanted[terminal.language]}`);
    if (deliveries.length > 0)
      terminal.print(
        `\n${table(
          terminal.language,
          ['DELIVERY', 'MAPPING', 'TARGET', 'STATE'],
          deliveries.map((delivery) => [String(delivery.id), delivery.mapping, delivery.target, delivery.state]),
        )}`,
      );
    terminal.print(`\n${gone ?? (typeof body === 'string' ? body : JSON.stringify(body, null, 2))}`);
  });
}
