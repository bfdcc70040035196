import '../../src/files/validation.ts'; // before any schema is made: yup takes its sentences then
import { expect } from 'chai';
import { resolve } from 'node:path';
import { mixed, type Schema } from 'yup';
import { recordSchema as onecRecord } from '../../adapters/onec/record-schema.ts';
import { xmlRecord } from '../../adapters/onec/xml-record.ts';
import { csvRecord } from '../../adapters/csv/settings.ts';
import { restRecord } from '../../adapters/rest/record.ts';
import { formatFault } from '../../src/files/fault.ts';
import type { Dictionaries } from '../../src/mapping/dictionaries/dictionaries.ts';
import { noDictionaries } from '../../src/mapping/dictionaries/dictionaries.ts';
import { Evaluation } from '../../src/mapping/record/evaluation.ts';
import { type FileReading, type MappingContext, readMappingFile } from '../../src/mapping/file/mapping-file.ts';
import type { Mapping } from '../../src/mapping/file/mapping.ts';
import type { Stages } from '../../src/mapping/record/wants.ts';
import type { MapOutcome } from '../../src/mapping/record/outcome.ts';
import type { Text } from '../../src/text.ts';
import { viewOf } from '../../src/huntflow/view.ts';
import { fixture } from '../support/fixtures.ts';

/** `anything` takes every record. */
export const targets: ReadonlyMap<string, { readonly record: Schema }> = new Map<string, { readonly record: Schema }>([
  ['anything', { record: mixed() }],
  ['staff-csv', { record: csvRecord }],
  ['intranet', { record: restRecord }],
  ['zup', { record: onecRecord }],
  ['zup-service', { record: xmlRecord }],
  ['zup-folder', { record: xmlRecord }],
]);

export const context: MappingContext = { targets, stages: new Set(['hired', 'interview']), zone: 'Europe/Moscow' };

export const stages = { hired: [33], interview: ['Интервью'] };

/** Relative `given` paths of its tests start from test/fixtures/huntflow. */
const file = resolve('test/fixtures/huntflow/sample.yaml');

export function read(
  text: string,
  options: { readonly dictionaries?: Dictionaries; readonly zone?: string; readonly stageMembers?: Stages } = {},
): Promise<FileReading> {
  return readMappingFile(
    file,
    'sample.yaml',
    text,
    {
      ...context,
      zone: options.zone ?? context.zone,
      ...(options.stageMembers && { stageMembers: options.stageMembers }),
    },
    options.dictionaries ?? noDictionaries,
  );
}

/** `line:column message` of each fault, in English. */
export async function faultsOf(
  text: string,
  options: { readonly dictionaries?: Dictionaries } = {},
): Promise<string[]> {
  return (await read(text, options)).faults.map((fault) => formatFault(fault, 'en').replace('sample.yaml:', ''));
}

export const head = 'mapping: sample\non: { event: APPLICANT }\nto: anything\n';

export async function good(
  text: string,
  options: { readonly dictionaries?: Dictionaries; readonly zone?: string } = {},
): Promise<Mapping> {
  const { mapping, faults } = await read(text, options);
  expect(faults.filter(({ level }) => level === 'error').map((fault) => formatFault(fault, 'en'))).to.deep.equal([]);
  if (mapping === undefined) throw new Error('a mapping without faults is read');
  return mapping;
}

/** Maps a fixture in this thread: what the worker does, without its deadline. */
export async function map(
  text: string,
  options: { readonly dictionaries?: Dictionaries; readonly zone?: string; readonly given?: string } = {},
): Promise<MapOutcome> {
  const mapping = await good(text, options);
  const { document, event } = fixture(options.given ?? 'facts/04-status-hired');
  return new Evaluation(mapping.program).map(viewOf(document, { event }));
}

/** The record that these lines of YAML make of the hire fixture. */
export async function recordOf(
  lines: string,
  options: { readonly dictionaries?: Dictionaries; readonly zone?: string; readonly given?: string } = {},
): Promise<unknown> {
  const outcome = await map(`${head}record:\n${indented(lines)}`, options);
  return outcome.outcome === 'record' ? outcome.record : failure(outcome);
}

/** The sentence in English that these lines fail with. */
export async function failureOf(
  lines: string,
  options: { readonly dictionaries?: Dictionaries } = {},
): Promise<string> {
  return failure(await map(`${head}record:\n${indented(lines)}`, options)).en;
}

function failure(outcome: MapOutcome): Text {
  if (outcome.outcome !== 'failed') throw new Error(`it does not fail: ${JSON.stringify(outcome)}`);
  return outcome.text;
}

function indented(lines: string): string {
  return lines
    .split('\n')
    .map((line) => `  ${line}\n`)
    .join('');
}
