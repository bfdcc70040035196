import { hash } from 'node:crypto';
import type { HuntflowView } from '../huntflow/view.ts';
import { wallTimeAt } from '../mapping/conversions/wall-time.ts';
import type { MappingEngine } from '../mapping/thread/engine.ts';
import { alarmMapping, type NewDelivery } from '../outbox/delivery.ts';
import type { Language } from '../text.ts';
import type { Alarm, AlarmState } from './alarm.ts';
import { overText } from './over-text.ts';
import type { AlarmFields, AlarmRule } from './rule.ts';
import { overWords, stillWords, timeWords } from './words.ts';

export interface RecordTimes {
  readonly now: number;
  readonly zone: string;
}

/** What one rule's target is owed of an alarm. */
export async function alarmDelivery(
  engine: MappingEngine,
  rule: AlarmRule,
  alarm: Omit<Alarm, 'id'>,
  state: AlarmState,
  times: RecordTimes,
): Promise<NewDelivery> {
  const fields = fieldsOf(alarm, state, rule.language, times);
  const view: HuntflowView & { readonly alarm: Record<string, string | number> } = {
    event: {},
    body: {},
    alarm: { ...fields },
  };
  const outcome = await engine.map({ program: rule.program }, view);
  const record = outcome.outcome === 'record' ? JSON.stringify(outcome.record) : undefined;
  return {
    eventId: null,
    mapping: alarmMapping,
    mappingHash: '',
    target: rule.to,
    key: alarm.cause,
    scope: '',
    order: 'strict',
    createdAt: times.now,
    made:
      record === undefined
        ? { failed: outcome.outcome === 'failed' ? outcome.text : noRecord }
        : {
            record,
            idempotencyKey: hash('sha256', JSON.stringify([rule.id, alarm.cause, times.now, record])).slice(0, 32),
          },
  };
}

const noRecord = { ru: 'запись тревоги не получилась', en: 'no record was made of the alarm' };

function fieldsOf(
  alarm: Omit<Alarm, 'id'>,
  state: AlarmState,
  language: Language,
  { now, zone }: RecordTimes,
): AlarmFields {
  const text = wordsOf(alarm, state, language, timeWords(alarm.raisedAt, now, zone));
  return {
    kind: alarm.kind,
    cause: alarm.cause,
    state,
    subject: alarm.subject ?? '',
    title: titleOf(text),
    text,
    since: wallTimeAt(alarm.raisedAt, zone),
    at: wallTimeAt(now, zone),
    count: alarm.count,
  };
}

function wordsOf(alarm: Omit<Alarm, 'id'>, state: AlarmState, language: Language, since: string): string {
  switch (state) {
    case 'raised':
      return alarm.text[language];
    case 'reminded':
      return stillWords(alarm.text, since, language);
    case 'over':
      return overWords(overText(alarm), language);
  }
}

/** What happened, and to what, for subjects of mails: the first sentence, cut at a word. */
function titleOf(text: string): string {
  const [first = text] = text.split(/(?<=[.;]) /, 1);
  const title = first.replace(/[.;]$/, '');
  return `huntflow-connector: ${title.length > 120 ? title.slice(0, 120).replace(/\s\S*$/, '…') : title}`;
}
