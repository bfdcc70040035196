import type { DeliveryRun } from '../delivery-run.ts';
import { type Entity, entityOf, flagAt, textAt } from '../difference.ts';
import { guid } from '../literal.ts';
import { own, type SetShape } from '../metadata.ts';

/** Whether somebody works on a card, as far as the base lets it be seen. */
export interface Employment {
  readonly state: 'archived' | 'dismissed' | 'working' | 'free' | 'unknown';
  /** The day of the hire, `YYYY-MM-DD`, where it is known. */
  readonly since: string;
}

/** Sets that tell; the first that is published is believed (facts/1c-zup.md 3). */
export const tellingSets = [
  'InformationRegister_ТекущиеКадровыеДанныеСотрудников',
  'InformationRegister_КадроваяИсторияСотрудников',
  'Document_Увольнение',
] as const;

const hires = 'Document_ПриемНаРаботу';

/** The state of a card on a day (`YYYY-MM-DD`, empty: today); an order of ours by `except` does not count. */
export async function employmentOf(run: DeliveryRun, card: Entity, day: string, except: string): Promise<Employment> {
  if (flagAt(card, 'ВАрхиве')) return { state: 'archived', since: '' };
  const on = day === '' ? new Date(run.now()).toISOString().slice(0, 10) : day;
  const key = textAt(card, 'Ref_Key');
  return (
    (await byCurrentData(run, key, on)) ??
    (await byHistory(run, key, on, except)) ??
    (await byDocuments(run, key, except)) ?? { state: 'unknown', since: '' }
  );
}

async function byCurrentData(run: DeliveryRun, key: string, on: string): Promise<Employment | undefined> {
  const set = setWith(run, tellingSets[0], ['Сотрудник_Key', 'ДатаПриема', 'ДатаУвольнения']);
  if (set === undefined) return undefined;
  const [record] = await run.entities.search(set, `Сотрудник_Key eq ${guid(key)}`, run.line, { top: 1 });
  const since = dayAt(record, 'ДатаПриема');
  const until = dayAt(record, 'ДатаУвольнения');
  if (until !== '' && until < on) return { state: 'dismissed', since };
  return { state: since === '' ? 'free' : 'working', since };
}

async function byHistory(run: DeliveryRun, key: string, on: string, except: string): Promise<Employment | undefined> {
  for (const name of [`${tellingSets[1]}_RecordType`, tellingSets[1]]) {
    const set = run.metadata.set(name);
    if (set === undefined) continue;
    const flat = own(set.fields, 'Сотрудник_Key') !== undefined;
    if (!flat && own(own(set.sections, 'RecordSet') ?? {}, 'Сотрудник_Key') === undefined) continue;
    const filter = flat ? `Сотрудник_Key eq ${guid(key)}` : `RecordSet/any(d: d/Сотрудник_Key eq ${guid(key)})`;
    const { entities: found } = await run.entities.searchAll(set, filter, run.line);
    const rows = flat ? found : found.flatMap((one) => rowsOf(one));
    const events = rows
      .filter((row) => textAt(row, 'Сотрудник_Key').toLowerCase() === key.toLowerCase())
      .filter((row) => except === '' || !isBy(row, except))
      .map((row) => ({ day: dayAt(row, 'Period'), event: textAt(row, 'ВидСобытия') }))
      .sort((a, b) => (a.day < b.day ? -1 : 1));
    const last = events.filter(({ day }) => day <= on).at(-1) ?? events.at(-1);
    if (last === undefined) return { state: 'free', since: '' };
    return { state: last.event === 'Увольнение' ? 'dismissed' : 'working', since: events[0]?.day ?? '' };
  }
  return undefined;
}

/** A posted hire without a later posted dismissal. */
async function byDocuments(run: DeliveryRun, key: string, except: string): Promise<Employment | undefined> {
  const made = setWith(run, hires, ['Сотрудник_Key', 'Posted']);
  const ended = setWith(run, tellingSets[2], ['Сотрудник_Key', 'Posted']);
  if (made === undefined || ended === undefined) return undefined;
  const filter = `Сотрудник_Key eq ${guid(key)} and Posted eq true`;
  const hired = (await run.entities.searchAll(made, filter, run.line)).entities
    .filter((order) => textAt(order, 'Ref_Key').toLowerCase() !== except.toLowerCase())
    .map((order) => dayAt(order, 'ДатаПриема') || dayAt(order, 'Date'));
  const dismissed = (await run.entities.searchAll(ended, filter, run.line)).entities.map(
    (order) => dayAt(order, 'ДатаУвольнения') || dayAt(order, 'Date'),
  );
  const since = latest(hired);
  if (since === '' && dismissed.length === 0) return { state: 'free', since: '' };
  return { state: latest(dismissed) >= since ? 'dismissed' : 'working', since };
}

function setWith(run: DeliveryRun, name: string, fields: readonly string[]): SetShape | undefined {
  const set = run.metadata.set(name);
  return set !== undefined && fields.every((field) => own(set.fields, field) !== undefined) ? set : undefined;
}

function rowsOf(entity: Entity): readonly Entity[] {
  const rows: unknown = own(entity, 'RecordSet');
  return Array.isArray(rows) ? rows.map(entityOf) : [];
}

function isBy(row: Entity, order: string): boolean {
  const recorder = textAt(row, 'Recorder') || textAt(row, 'Recorder_Key');
  return recorder.toLowerCase() === order.toLowerCase();
}

function latest(days: readonly string[]): string {
  return days.reduce((last, day) => (day > last ? day : last), '');
}

function dayAt(entity: Entity | undefined, name: string): string {
  const day = entity === undefined ? '' : textAt(entity, name).slice(0, 10);
  return day.startsWith('0001') ? '' : day;
}
