import type { CheckContext, Finding } from '../../src/adapter.ts';
import { checkFinds } from './check-finds.ts';
import { checkHires } from './check-hires.ts';
import { isEntity } from './difference.ts';
import type { Entities } from './entities.ts';
import type { FilterProof } from './filter-proof.ts';
import { findingOf } from './finding-of.ts';
import type { Finds } from './finds.ts';
import type { Metadata } from './metadata.ts';
import { type Plan, planRecord } from './plan.ts';
import type { PublishedMetadata } from './published-metadata.ts';
import type { FieldRecord, OneCRecord, StepRecord } from './record.ts';

/**
 * Reads `$metadata`, holds every mapping against it, and asks each set that is needed once, since rights differ by set.
 * Writes nothing.
 */
export async function checkBase(
  metadata: PublishedMetadata,
  { entities, finds, filters }: { readonly entities: Entities; readonly finds: Finds; readonly filters: FilterProof },
  context: CheckContext,
): Promise<Finding[]> {
  let published: Metadata;
  try {
    published = await metadata.read(context.signal);
  } catch (error) {
    return [findingOf(error)];
  }
  const findings: Finding[] = [];
  const needed = new Set<string>();
  const plans: { readonly name: string; readonly plan: Plan }[] = [];
  for (const { name, record } of context.mappings) {
    if (!isRecord(record)) continue;
    const plan = planRecord({ steps: record.steps.map(withoutFormulas) }, published, true);
    for (const { path, text } of plan.problems) findings.push({ level: 'error', mapping: name, path, text });
    plans.push({ name, plan });
    for (const set of setsIn(record)) if (published.set(set) !== undefined) needed.add(set);
  }
  for (const set of needed) findings.push(...(await readable(published, entities, set, context.signal)));
  const line = { signal: context.signal };
  const unheeded = await filters
    .fault(
      [...needed].flatMap((name) => published.set(name) ?? []),
      line,
    )
    .catch(() => undefined); // what a set refuses was told above
  // Nothing that is asked with a condition would tell the truth.
  if (unheeded !== undefined) return [...findings, { level: 'error', text: unheeded }];
  const parts = { finds, entities, line };
  for (const { name, plan } of plans) {
    findings.push(...(await checkFinds(plan, name, parts)));
    findings.push(...(await checkHires(plan.steps, name, { ...parts, metadata: published })));
  }
  const count = published.names.length;
  findings.push({
    level: 'info',
    text: {
      ru: `1С отвечает, опубликовано наборов: ${count}, нужно маппингам: ${needed.size}`,
      en: `1C answers, sets published: ${count}, needed by mappings: ${needed.size}`,
    },
  });
  return findings;
}

async function readable(
  published: Metadata,
  entities: Entities,
  name: string,
  signal: AbortSignal,
): Promise<Finding[]> {
  const set = published.set(name);
  if (set === undefined) return [];
  try {
    await entities.search(set, '', { signal }, { top: 1 });
    return [];
  } catch (error) {
    return [findingOf(error)];
  }
}

function isRecord(value: unknown): value is OneCRecord {
  return isEntity(value) && Array.isArray(value['steps']);
}

/** A formula may stand for a whole step, section or set of fields: nothing to look at there. */
function withoutFormulas(step: unknown): StepRecord | null {
  if (!isEntity(step)) return null;
  const whole = (name: string): FieldRecord => (isFields(step[name]) ? step[name] : {});
  const rows = Object.entries(isEntity(step['rows']) ? step['rows'] : {}).map(([name, section]) => {
    if (Array.isArray(section)) return [name, section.filter(isEntity)];
    const set: unknown = isEntity(section) ? section['set'] : [];
    return [name, isEntity(section) ? { ...section, set: Array.isArray(set) ? set.filter(isEntity) : [] } : null];
  });
  const match = Array.isArray(step['match']) ? step['match'].filter((group) => Array.isArray(group)) : null;
  const of = step['of'] === undefined ? null : { kind: 'any' };
  return { ...step, of, fields: whole('fields'), keys: whole('keys'), rows: Object.fromEntries(rows), match };
}

function isFields(value: unknown): value is FieldRecord {
  return isEntity(value);
}

/** Every set that a record names, also in finds. */
function setsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(setsIn);
  if (!isEntity(value)) return [];
  return Object.entries(value).flatMap(([name, one]) => {
    const names =
      ['upsert', 'create', 'draft', 'withdraw', 'find'].includes(name) && typeof one === 'string' ? [one] : [];
    return [...names, ...setsIn(one)];
  });
}
