import type { Delivery } from '../../outbox/delivery.ts';
import { deliveryDetail, type ShownAttempt, shownKey } from '../../shown/delivery.ts';
import { openTexts } from '../../shown/open-texts.ts';
import { recordGone } from '../../shown/gone.ts';
import { withComposition } from '../open.ts';
import { operator } from '../operator.ts';
import { type ConfigOption, type JsonOption, typedCommand } from '../options.ts';
import type { Text } from '../../text.ts';
import { spokenWord } from '../spoken-word.ts';
import { formatTime, table } from '../table.ts';
import { CommandError, type Terminal } from '../terminal.ts';
import { stateWords } from './shown.ts';

export interface ShowOptions extends ConfigOption, JsonOption {
  readonly reveal?: boolean;
}

export async function showDelivery(id: number, options: ShowOptions, terminal: Terminal): Promise<void> {
  await withComposition(options.config, async (composition) => {
    const {
      outbox,
      audit,
      config: { zone },
    } = composition;
    const [delivery] = await outbox.list({ id });
    if (delivery === undefined) throw new CommandError({ ru: `доставки ${id} нет`, en: `there is no delivery ${id}` });
    if (options.reveal) await audit.add(operator(composition), { action: 'reveal', on: [`delivery/${id}`] });
    const stored = (await outbox.record(id)) ?? null;
    const attempts = await outbox.attempts(id);
    const { attemptLog, ...detail } = deliveryDetail(delivery, stored, attempts, {
      language: terminal.language,
      reveal: options.reveal ?? false,
      constants: await openTexts(composition, delivery, stored),
      gone: await recordGone(composition, delivery, stored),
    });
    if (options.json) {
      terminal.print(JSON.stringify({ ...detail, attemptLog }));
      return;
    }
    terminal.print(
      table(
        terminal.language,
        ['ID', 'EVENT', 'MAPPING', 'TARGET', 'KEY', 'STATE', 'CREATED', 'DUE'],
        [
          [
            String(delivery.id),
            String(delivery.eventId ?? ''),
            delivery.mapping,
            delivery.target,
            shownKey(delivery, options.reveal) ?? '',
            stateWords(delivery),
            formatTime(delivery.createdAt, zone),
            formatTime(delivery.dueAt, zone),
          ],
        ],
      ),
    );
    terminal.print(
      {
        ru: `версия маппинга ${delivery.mappingHash.slice(0, 12)}`,
        en: `mapping version ${delivery.mappingHash.slice(0, 12)}`,
      }[terminal.language],
    );
    for (const finding of delivery.attention) terminal.print(`! ${finding[terminal.language]}`);
    if (delivery.replacedBy !== null || delivery.replaces !== null) terminal.print(editWords(delivery, terminal));
    const latest = attemptLog.at(-1);
    // The record and its exchanges are hundreds of lines: what came of it stands before them.
    if (latest !== undefined) terminal.print(`\n${attemptLine(latest, zone, terminal)}`);
    for (const warning of latest?.warnings ?? []) terminal.print(`  ! ${warning}`);
    if (delivery.lastError !== null) terminal.print(`\n${delivery.lastError[terminal.language]}`);
    terminal.print(
      `\n${detail.gone ?? (detail.record === null ? noRecord(delivery, options.config)[terminal.language] : JSON.stringify(detail.record, null, 2))}`,
    );
    for (const attempt of attemptLog) {
      terminal.print(attempt === latest ? `\n#${attempt.number}` : `\n${attemptLine(attempt, zone, terminal)}`);
      if (attempt !== latest) for (const warning of attempt.warnings) terminal.print(`  ! ${warning}`);
      printExchanges(attempt, terminal);
    }
  });
}

function noRecord({ mapping, eventId }: Delivery, config: string): Text {
  const command = typedCommand(`huntflow-connector map ${mapping} ${eventId ?? ''} --explain`, config);
  return {
    ru: `записи нет: маппинг не смог её сделать. Какое поле мешает: ${command} (с --reveal — и значение)`,
    en: `there is no record: the mapping could not make it. Which field is in the way: ${command} (with --reveal, its value too)`,
  };
}

function printExchanges(attempt: ShownAttempt, terminal: Terminal): void {
  for (const { sent, received } of attempt.exchanges) {
    terminal.print(`  → ${sent.summary}${sent.body === null ? '' : `\n    ${sent.body}`}`);
    terminal.print(
      received === null ? '  ← …' : `  ← ${received.summary}${received.body === null ? '' : `\n    ${received.body}`}`,
    );
  }
}

function attemptLine(attempt: ShownAttempt, zone: string, { language }: Terminal): string {
  return (
    `#${attempt.number}  ${formatTime(Date.parse(attempt.startedAt), zone)}  ` +
    `${spokenWord(attempt.outcome, language)}  ${attempt.milliseconds} ${{ ru: 'мс', en: 'ms' }[language]}  ` +
    (attempt.summary ?? '')
  );
}

function editWords({ replaces, replacedBy, editedBy, editReason }: Delivery, { language }: Terminal): string {
  if (replacedBy !== null)
    return {
      ru: `изменена: её место заняла доставка ${replacedBy}`,
      en: `edited: delivery ${replacedBy} took its place`,
    }[language];
  const who = `${editedBy ?? ''}${editReason === null ? '' : `: ${editReason}`}`;
  return { ru: `изменённая доставка ${replaces} (${who})`, en: `edited from delivery ${replaces} (${who})` }[language];
}
