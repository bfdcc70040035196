import type { Schema } from 'yup';
import { stringify } from 'yaml';
import { fakeBody } from '../fakes/body.ts';
import { readBody } from '../huntflow/body.ts';
import type { JsonObject } from '../huntflow/json.ts';
import { type HuntflowView, viewOf } from '../huntflow/view.ts';
import type { InboxEvent } from '../inbox/event.ts';
import { bodyGone } from '../mapping/event-view.ts';
import type { Mapping } from '../mapping/file/mapping.ts';
import { recordProblems } from '../mapping/file/record-check.ts';
import { type Stages, wants } from '../mapping/record/wants.ts';
import type { MappingEngine } from '../mapping/thread/engine.ts';
import { join, type Text } from '../text.ts';

/** An event without its persons: invented ones stand in their place. */
export interface Captured {
  readonly id: number;
  readonly body: JsonObject;
  readonly view: HuntflowView;
}

interface Failure {
  readonly failure: Text;
}

export function withoutPersons(event: InboxEvent): Captured | Failure {
  if (event.body === null) return { failure: bodyGone };
  const read = readBody(event.body);
  if (!read.ok) return { failure: read.text };
  const body = fakeBody(read.body);
  return { id: event.id, body, view: viewOf(body, {}) }; // as tests read it: without headers
}

/** What a test of a mapping has to be held to. */
export interface Tried {
  readonly mapping: Mapping;
  readonly stages: Stages;
  readonly engine: MappingEngine;
  /** Of the target's records; undefined: nothing is known of them. */
  readonly record: Schema | undefined;
}

/** What a test expects as the mapping stands; or why the invented values make no record. */
export async function expectedOf(
  { view }: Captured,
  { mapping, stages, engine, record }: Tried,
): Promise<{ readonly expect: JsonObject | 'skipped' } | Failure> {
  if (!wants(mapping, view, stages)) return { expect: 'skipped' };
  const outcome = await engine.map(mapping, view);
  if (outcome.outcome === 'failed') return { failure: outcome.text };
  if (outcome.outcome === 'skipped') return { expect: 'skipped' };
  const problems = record === undefined ? [] : recordProblems(record, outcome.record);
  return problems.length > 0 ? { failure: join(problems.map(({ text }) => text)) } : { expect: outcome.record };
}

export const noTest: Text = {
  ru: 'с придуманными значениями маппинг не выполняется (например, их нет в словаре), поэтому теста нет:',
  en: 'the mapping fails for the invented values (a dictionary may lack them), so there is no test:',
};

export function testName({ id, view }: Captured): Text {
  const { event, type, action } = view.event;
  const words = [event, type, action].filter((word) => word !== undefined).join(' ');
  return { ru: `${words}, из события ${id}`, en: `${words}, from event ${id}` };
}

/** As it stands in a mapping file. */
export function yamlOf(value: unknown): string {
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false }).trimEnd();
}
