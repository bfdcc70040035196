import { createHash } from 'node:crypto';
import type { Schema } from 'yup';
import { guessed } from '../../files/did-you-mean.ts';
import type { Fault } from '../../files/fault.ts';
import { readYaml } from '../../files/read-yaml.ts';
import { jsonObject } from '../../huntflow/json.ts';
import type { Text } from '../../text.ts';
import { validate } from '../../files/validation.ts';
import type { Dictionaries } from '../dictionaries/dictionaries.ts';
import type { Dictionary } from '../dictionaries/dictionary.ts';
import { CheckedFormulas } from './checked-formulas.ts';
import type { Mapping } from './mapping.ts';
import { MappingSource } from './mapping-source.ts';
import type { Preset } from '../presets/preset.ts';
import { shippedPresets } from '../presets/shipped.ts';
import { readPreset } from './preset-reader.ts';
import { templateProblems } from './record-check.ts';
import { RecordReader } from './record-reader.ts';
import { fileSchema } from './schema.ts';
import { readSelection } from './selection-reader.ts';
import {
  constant,
  isMap,
  isScalar,
  type MapTemplate,
  scalarTemplate,
  type ScalarTemplate,
  type Template,
} from '../record/template.ts';
import type { Stages } from '../record/wants.ts';
import { readTests } from './tests-reader.ts';
import { shapeOf } from '../names/view-shapes.ts';
import { versionContent } from './version.ts';
import { findTraps } from './yaml-traps.ts';

/** What mapping files are checked against. */
export interface MappingContext {
  /** The configured targets with the record schemas of their adapters. */
  readonly targets: ReadonlyMap<string, { readonly record: Schema }>;
  /** The aliases of `stages`, those of every source included. */
  readonly stages: ReadonlySet<string>;
  /** What those stand for, over all sources. */
  readonly stageMembers?: Stages;
  /** IANA name. */
  readonly zone: string;
  /** The tests inside the file are not read: the version was tested when it came into use. */
  readonly skipTests?: boolean;
  /** Instead of the shipped ones: a kept version brings its own. */
  readonly presets?: ReadonlyMap<string, Preset>;
  /** What `$candidateLink()` fills in: a text with {domain}, {account}, {vacancy} and {applicant}. */
  readonly candidateLink?: string;
}

export interface FileReading {
  /** Undefined when a fault is an error. */
  readonly mapping: Mapping | undefined;
  /** In its place where nothing but bodies of tests cannot be read: the other tests can be run all the same. */
  readonly untested?: Mapping;
  /** Readable even in most faulty files. */
  readonly name: string | undefined;
  /** All of them, in the order of lines. */
  readonly faults: readonly Fault[];
}

/** One mapping file from its text. `shown` is the path as people should see it, `file` the absolute one. */
export async function readMappingFile(
  file: string,
  shown: string,
  text: string,
  context: MappingContext,
  dictionaries: Dictionaries,
): Promise<FileReading> {
  const source = new MappingSource(await readYaml(shown, text));
  if (source.document.faults.length > 0) return { mapping: undefined, name: undefined, faults: source.document.faults };
  const written = source.document.value;
  if (!isMap(written)) {
    source.error([], notAMap);
    return { mapping: undefined, name: undefined, faults: source.faults };
  }
  const {
    content,
    preset,
    when: presetWhen,
    sound: recordGiven,
  } = readPreset(source, written, () => context.presets ?? shippedPresets(), context.stageMembers ?? {});
  const checked = validate(fileSchema, content);
  source.problems(checked.problems);
  findTraps(source);
  const value: Readonly<Record<string, unknown>> = content;
  const on = readSelection(source, value['on'], context.stages);
  const formulas = new CheckedFormulas(shapeOf(on.event));
  const reader = new RecordReader(source, dictionaries, context.zone, formulas);
  const ownWhen = typeof value['when'] === 'boolean' ? constant(value['when']) : reader.scalar(value['when'], ['when']);
  const when = both(isScalar(presetWhen) ? scalarTemplate(presetWhen) : undefined, ownWhen);
  const [filled, given] = [value['with'], value['record']];
  const isFillable = isMap(filled) && hasFewFields(source, filled, 'with');
  const isReadable = recordGiven && isMap(given) && hasFewFields(source, given, 'record');
  await formulas.prepare([isFillable && filled, isReadable && given]);
  if (isFillable) reader.map(filled, ['with']);
  const key = reader.scalar(value['key'] ?? undefined, ['key']);
  const once = reader.scalar(value['once'] ?? undefined, ['once']);
  const record: MapTemplate = isReadable ? reader.map(given, ['record']) : { kind: 'map', entries: [] };
  await checkTarget(source, value['to'], record, isReadable, context);
  const sound = !source.hasErrors;
  const tests = context.skipTests === true ? [] : await readTests(source, file, value['tests']);

  const faults = source.faults.toSorted((a, b) => a.line - b.line || a.column - b.column);
  const name = typeof value['mapping'] === 'string' ? value['mapping'] : undefined;
  const described = checked.value;
  if (described === undefined || !sound) return { mapping: undefined, name, faults };
  const used = usedDictionaries([when, key, once, record], dictionaries);
  const version = versionContent(text, used, preset);
  const mapping: Mapping = {
    name: described.mapping,
    title: described.title,
    file,
    hash: createHash('sha256').update(version).digest('hex'),
    version,
    on,
    to: described.to,
    order: described.order,
    preset: preset?.name,
    program: {
      when,
      key,
      once,
      record,
      dictionaries: used,
      zone: context.zone,
      candidateLink: context.candidateLink,
    },
    record: jsonObject(described.record),
    tests,
    faultAt: (path, sentence) => source.faultAt(path, sentence),
  };
  return source.hasErrors ? { mapping: undefined, untested: mapping, name, faults } : { mapping, name, faults };
}

const notAMap: Text = {
  ru: 'файл маппинга состоит из ключей mapping, on, to и record (или preset) (с примером: docs/mappings.md)',
  en: 'a mapping file is made of the keys mapping, on, to and record (or preset) (docs/mappings.md has an example)',
};

/** Values of a record, however deep they lie: each costs some checks. */
const fieldLimit = 3_000;

function hasFewFields(source: MappingSource, record: object, key: 'record' | 'with'): boolean {
  let count = 0;
  const open: unknown[] = [record];
  for (let next = open.pop(); next !== undefined && count <= fieldLimit; next = open.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    const parts: unknown[] = Object.values(next);
    count += parts.length;
    for (const part of parts) if (typeof part === 'object' && part !== null) open.push(part);
  }
  if (count <= fieldLimit) return true;
  source.error([key], {
    ru: `в записи больше ${fieldLimit} значений: разделите её на несколько маппингов`,
    en: `the record has more than ${fieldLimit} values: split it into several mappings`,
  });
  return false;
}

/** A preset's own condition comes first: the one of the file is asked about what passes it. */
function both(preset: ScalarTemplate | undefined, own: ScalarTemplate | undefined): ScalarTemplate | undefined {
  if (preset?.kind !== 'formula') return own ?? preset;
  if (own === undefined || (own.kind === 'constant' && own.value === true)) return preset;
  if (own.kind === 'constant') return own;
  return { kind: 'formula', source: `(${preset.source}) ? (${own.source}) : false` };
}

async function checkTarget(
  source: MappingSource,
  to: unknown,
  record: MapTemplate,
  recordGiven: boolean,
  context: MappingContext,
): Promise<void> {
  if (typeof to !== 'string' || to === '') return;
  const target = context.targets.get(to);
  if (target === undefined) {
    const names = [...context.targets.keys()];
    const known = names.join(', ') || '—';
    const guess = guessed(to, names, { ru: `; настроены: ${known}`, en: `; configured are: ${known}` });
    source.error(['to'], {
      ru: `цели «${to}» нет в targets файла connector.yaml${guess.ru}`,
      en: `there is no target "${to}" in connector.yaml${guess.en}`,
    });
  } else if (recordGiven) source.problems(await templateProblems(target.record, record), ['record']);
}

function usedDictionaries(
  templates: readonly (Template | undefined)[],
  dictionaries: Dictionaries,
): ReadonlyMap<string, Dictionary> {
  const used = new Map<string, Dictionary>();
  for (const name of templates.flatMap((template) => (template === undefined ? [] : [...lookupsOf(template)]))) {
    const entries = dictionaries.entries.get(name);
    if (entries !== undefined) used.set(name, entries);
  }
  return used;
}

function* lookupsOf(template: Template): Generator<string> {
  switch (template.kind) {
    case 'map':
      for (const [, item] of template.entries) yield* lookupsOf(item);
      return;
    case 'list':
      for (const item of template.items) yield* lookupsOf(item);
      return;
    case 'conversion':
      if (template.lookup !== undefined) yield template.lookup;
      return;
    default:
  }
}
