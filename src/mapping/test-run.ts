import type { Schema } from 'yup';
import type { Fault } from '../files/fault.ts';
import type { JsonObject } from '../huntflow/json.ts';
import { viewOf } from '../huntflow/view.ts';
import { join, type Text } from '../text.ts';
import type { Path } from '../files/validation.ts';
import { type Difference, differences, differenceText } from './difference.ts';
import type { MappingEngine } from './thread/engine.ts';
import type { Mapping, MappingTest } from './file/mapping.ts';
import type { MapOutcome } from './record/outcome.ts';
import { partialDifferences } from './partial-difference.ts';
import { recordProblems } from './file/record-check.ts';
import { unmet } from './record/unmet.ts';
import { type Condition, conditions, type Stages } from './record/wants.ts';

export interface TestContext {
  readonly engine: MappingEngine;
  readonly stages: Stages;
  /** The record schema of the target's adapter. */
  readonly record: Schema;
}

export interface TestResult {
  readonly mapping: string;
  readonly test: string;
  /** Undefined when the test passes; stands where expectation and result part. */
  readonly fault: Fault | undefined;
  /** A warning: it had to be run again, as its formulas had no time. */
  readonly again?: Fault;
  /** Nor had they any at the second time: nobody knows yet what the test says. */
  readonly undecided?: boolean;
}

/** The tests inside of a mapping file. What they show are the author's own values, so the sentences quote them. */
export async function runTests(mapping: Mapping, context: TestContext): Promise<TestResult[]> {
  return Promise.all(
    mapping.tests.map(async (test) => {
      const first = await runTest(mapping, test, context);
      const failure = first?.slow === true ? await runTest(mapping, test, context) : first;
      const fault =
        failure &&
        mapping.faultAt(['tests', test.index, ...failure.path], {
          ru: `тест «${test.name}»: ${failure.text.ru}`,
          en: `test "${test.name}": ${failure.text.en}`,
        });
      const brief = {
        ru: `тест «${test.name}» не проходит: команда test покажет, чем`,
        en: `test "${test.name}" fails: the command test shows how`,
      };
      const result = { mapping: mapping.name, test: test.name, fault: fault && { ...fault, brief } };
      if (first?.slow !== true) return result;
      return {
        ...result,
        again: { ...mapping.faultAt(['tests', test.index], ranAgain(test.name)), level: 'warning' },
        undecided: failure?.slow === true,
      };
    }),
  );
}

interface TestFailure {
  readonly path: Path;
  readonly text: Text;
  readonly slow?: boolean;
}

/** Slow is not wrong: what ran past the deadline may have met a busy machine. */
function ranAgain(test: string): Text {
  return {
    ru: `тест «${test}» не успел посчитаться и выполнен ещё раз: если машина не занята, упростите формулы`,
    en: `test "${test}" had no time and was run again: if the machine is not busy, simplify the formulas`,
  };
}

async function runTest(
  mapping: Mapping,
  test: MappingTest,
  { engine, stages, record }: TestContext,
): Promise<TestFailure | undefined> {
  const view = viewOf(test.given, {});
  const held = conditions(mapping, view, stages);
  const wanted = held.every(({ holds }) => holds);
  const outcome: MapOutcome = wanted ? await engine.map(mapping, view) : { outcome: 'skipped' };
  switch (outcome.outcome) {
    case 'failed':
      return {
        path: ['given'],
        text: { ru: `маппинг не выполнился: ${outcome.text.ru}`, en: `the mapping failed: ${outcome.text.en}` },
        slow: outcome.slow === true,
      };
    case 'skipped':
      return test.expect === 'skipped'
        ? undefined
        : { path: ['expect'], text: wanted ? stoppedByWhen : stoppedByOn(held, stages) };
    case 'record':
      return test.expect === 'skipped'
        ? { path: ['expect'], text: notSkipped(held) }
        : judge(record, test.expect, outcome.record, test.partly);
  }
}

function judge(schema: Schema, expected: JsonObject, actual: JsonObject, partly: boolean): TestFailure | undefined {
  const [first, ...others] = partly ? partialDifferences(expected, actual) : differences(expected, actual);
  const place = partly ? ['expect', 'partly'] : ['expect'];
  if (first !== undefined) return { path: [...place, ...first.path], text: meantOrNot(listed([first, ...others])) };
  const problems = recordProblems(schema, actual);
  return problems.length === 0
    ? undefined
    : { path: partly ? place : [...place, ...(problems[0]?.path ?? [])], text: join(problems.map(({ text }) => text)) };
}

/** Whoever changed the mapping on purpose has to change what the test expects. */
function meantOrNot({ ru, en }: Text): Text {
  return {
    ru: `${ru} (если так и задумано, поправьте expect теста)`,
    en: `${en} (if that is meant, mend expect of the test)`,
  };
}

const shownDifferences = 100;

function listed(all: readonly Difference[]): Text {
  const more = all.length - shownDifferences;
  const texts = all.slice(0, shownDifferences).map(differenceText);
  return join(more > 0 ? [...texts, { ru: `и ещё различий: ${more}`, en: `and ${more} more` }] : texts);
}

/** The stage is what organisations change: the sentence names every place that has to change along. */
function stoppedByOn(held: readonly Condition[], stages: Stages): Text {
  const why = unmet(held, stages);
  const stage =
    held.some(({ name, holds }) => name === 'event' && holds) &&
    held.some(({ name, holds }) => name === 'stage' && !holds);
  return {
    ru: `ожидалась запись, но условия on не взяли это событие (${why.ru}): поправьте on${stage ? ', stages в connector.yaml' : ''} или событие теста (given)`,
    en:
      `a record was expected, but \`on\` does not take this event (${why.en}): mend on` +
      `${stage ? ', stages in connector.yaml' : ''}, or the event of the test (given)`,
  };
}
const stoppedByWhen: Text = {
  ru: 'ожидалась запись, но условие when дало false',
  en: 'a record was expected, but `when` gave false',
};
function notSkipped(held: readonly Condition[]): Text {
  const has = held.flatMap(({ name, actual }) => (actual === undefined ? [] : [`${name} ${actual}`])).join(', ');
  return {
    ru: `ожидался пропуск (skipped), но получилась запись: событие (${has}) взяли и on, и when`,
    en: `it was expected to be skipped, but gave a record: on and when both take the event (${has})`,
  };
}
