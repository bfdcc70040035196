import type { InferType } from 'yup';
import { stagesOf } from '../../config/config.ts';
import type { HuntflowView } from '../../huntflow/view.ts';
import { differences } from '../../mapping/difference.ts';
import { readEvent } from '../../mapping/event-view.ts';
import type { Mapping } from '../../mapping/file/mapping.ts';
import type { MapOutcome } from '../../mapping/record/outcome.ts';
import { type Stages, wants } from '../../mapping/record/wants.ts';
import type { MappingEngine } from '../../mapping/thread/engine.ts';
import { constantsOf } from '../../mapping/constants.ts';
import { differenceSchema, shownDifference } from '../../shown/replayed.ts';
import { count, id, listOf, oneOf, shape, text, textOrNull } from '../../shown/shape.ts';
import type { Language } from '../../text.ts';
import type { ConsoleParts } from '../parts.ts';

const results = ['same', 'changed', 'new', 'gone', 'failed'] as const;

/** What a change of a mapping would do to the last events. Nothing is written. */
export const comparisonSchema = shape({
  events: count(),
  /** Neither version wants them. */
  unwanted: count(),
  same: count(),
  changed: count(),
  /** Only the new version makes a record. */
  new: count(),
  /** Only the version in use makes one. */
  gone: count(),
  /** The new version fails, and the one in use does not. */
  failed: count(),
  /** Fields that differ, the most frequent first. */
  fields: listOf(shape({ field: text(), count: count() })),
  /** A hundred events at most, those that differ. */
  examples: listOf(
    shape({ event: id(), result: oneOf(results), why: textOrNull(), differences: listOf(differenceSchema) }),
  ),
});
type Comparison = InferType<typeof comparisonSchema>;

const mostExamples = 100;
/** Events under work at once: their bodies are in memory. */
const ahead = 16;

export interface Compared {
  /** Undefined: none is in use. */
  readonly before: Mapping | undefined;
  readonly after: Mapping;
  readonly engine: MappingEngine;
  readonly most: number;
  readonly language: Language;
  readonly signal: AbortSignal;
}

/** Both versions over the last events; stops when the signal fires. */
export async function compareOver(parts: ConsoleParts, compared: Compared): Promise<Comparison> {
  const { most, signal } = compared;
  const events = await parts.inbox.list({ limit: most });
  const comparison: Comparison = {
    events: events.length,
    unwanted: 0,
    same: 0,
    changed: 0,
    new: 0,
    gone: 0,
    failed: 0,
    fields: [],
    examples: [],
  };
  const fields = new Map<string, number>();
  for (let from = 0; from < events.length && !signal.aborted; from += ahead) {
    const slice = events.slice(from, from + ahead);
    const found = await Promise.all(slice.map(async ({ id: number }) => compareOne(parts, compared, number)));
    for (const each of found) {
      if (each === undefined) comparison.unwanted += 1;
      else {
        comparison[each.result] += 1;
        for (const { field } of each.differences) fields.set(field, (fields.get(field) ?? 0) + 1);
        if (each.result !== 'same' && comparison.examples.length < mostExamples) comparison.examples.push(each);
      }
    }
  }
  comparison.fields = [...fields]
    .map(([field, times]) => ({ field, count: times }))
    .toSorted((a, b) => b.count - a.count);
  return comparison;
}

async function compareOne(
  { inbox, config }: ConsoleParts,
  { before, after, engine, language }: Compared,
  number: number,
): Promise<Comparison['examples'][number] | undefined> {
  const event = await inbox.find(number);
  const read = event === undefined ? undefined : await readEvent(event);
  if (event === undefined || read === undefined || 'unreadable' in read) return undefined;
  const stages = stagesOf(config, event.source);
  const [old, made] = await Promise.all([
    outcomeOf(engine, before, read.view, stages),
    outcomeOf(engine, after, read.view, stages),
  ]);
  const example = { event: number, why: null, differences: [] };
  if (made.outcome === 'failed')
    return old.outcome === 'failed'
      ? { ...example, result: 'same' }
      : { ...example, result: 'failed', why: made.text[language] };
  if (made.outcome === 'skipped') return old.outcome === 'skipped' ? undefined : { ...example, result: 'gone' };
  if (old.outcome !== 'record') return { ...example, result: 'new' };
  const found = differences(old.record, made.record);
  const constants = new Set(
    [before, after].flatMap((mapping) => (mapping === undefined ? [] : [...constantsOf(mapping)])),
  );
  return {
    ...example,
    result: found.length === 0 ? 'same' : 'changed',
    differences: found.slice(0, 100).map((difference) => shownDifference(difference, constants)),
  };
}

async function outcomeOf(
  engine: MappingEngine,
  mapping: Mapping | undefined,
  view: HuntflowView,
  stages: Stages,
): Promise<MapOutcome> {
  return mapping === undefined || !wants(mapping, view, stages) ? { outcome: 'skipped' } : engine.map(mapping, view);
}
