import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { OneCRecord } from '../../../adapters/onec/record.ts';
import type { JsonObject } from '../../../src/huntflow/json.ts';
import { viewOf } from '../../../src/huntflow/view.ts';
import { noDictionaries } from '../../../src/mapping/dictionaries/dictionaries.ts';
import { readMappingFile } from '../../../src/mapping/file/mapping-file.ts';
import type { Mapping } from '../../../src/mapping/file/mapping.ts';
import { Evaluation } from '../../../src/mapping/record/evaluation.ts';
import { formatFault } from '../../../src/files/fault.ts';
import { context } from '../../mapping/sample.ts';

/** A mapping from the text of its file; `given` of its tests starts from mappings/examples. */
export async function mappingOf(text: string): Promise<Mapping> {
  const file = resolve('mappings/examples/sample.yaml');
  const { mapping, faults } = await readMappingFile(file, 'sample.yaml', text, context, noDictionaries);
  if (mapping === undefined) throw new Error(faults.map((fault) => formatFault(fault, 'en')).join('\n'));
  return mapping;
}

export function shippedMapping(name: string): Promise<Mapping> {
  return mappingOf(readFileSync(`mappings/examples/${name}.yaml`, 'utf8'));
}

/** What the mapping makes of a webhook body; tests of its own prove what it takes. */
export async function recordOf({ program, record: written }: Mapping, body: JsonObject): Promise<OneCRecord> {
  const outcome = await new Evaluation(program).map(viewOf(body, {}));
  if (outcome.outcome !== 'record') throw new Error(`no record: ${JSON.stringify(outcome)}`);
  const { steps } = outcome.record;
  if (!isSteps(steps) || written['steps'] === undefined) throw new Error('no record for 1C');
  return { steps };
}

/** `check` holds records against the schema of the adapter; here it is enough that they have steps. */
function isSteps(steps: unknown): steps is OneCRecord['steps'] {
  return Array.isArray(steps);
}

/** The record of one of the mapping's own tests. */
export async function recordOfTest(name: string, test: string): Promise<OneCRecord> {
  const mapping = await shippedMapping(name);
  const found = mapping.tests.find((one) => one.name === test);
  if (found === undefined) throw new Error(`${name} has no test ${test}`);
  return recordOf(mapping, found.given);
}
