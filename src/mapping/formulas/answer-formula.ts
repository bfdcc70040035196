import jsonata from 'jsonata';
import { RestingWorker } from '../../process/resting-worker.ts';
import { workerBeside } from '../../process/worker-place.ts';
import { isBounded } from './bounded.ts';
import { limitTexts } from './text-limit.ts';

/** Items of a list, levels of calls and milliseconds, far more than asking an answer for its outcome takes. */
const limits = { sequence: 10_000, stack: 200, timeout: 500 } as const;
const known = new Map<string, jsonata.Expression>();

/** What an answer looks like to a formula of `success.when`. */
export interface AnswerView {
  /** Parsed when it is JSON, else its text. */
  readonly answer: unknown;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** What a thread is asked. */
export interface AskedAnswer {
  readonly source: string;
  readonly view: AnswerView;
}

/** Characters of an answer that a formula which cannot run long is asked about in place. */
const inPlace = 16_384;

const bounded = new Map<string, boolean>();
/** One for each formula: of one that never ends no other has to wait. */
const threads = new Map<string, RestingWorker<AskedAnswer, boolean | null>>();

/**
 * Whether a formula holds for an answer of so many characters; undefined: it says neither true nor false, fails, or
 * does not end. What could run long, a regular expression above all, runs in a thread, which is ended
 * after `deadline` milliseconds.
 */
export async function holdsFor(
  source: string,
  view: AnswerView,
  length: number,
  deadline = 10_000,
): Promise<boolean | undefined> {
  try {
    if (length <= inPlace && isQuick(source)) return (await evaluateAnswer(source, view)) ?? undefined;
    return (await threadFor(source, deadline).ask({ source, view })) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Null: it says neither true nor false. */
export async function evaluateAnswer(source: string, view: AnswerView): Promise<boolean | null> {
  const result: unknown = await formulaOf(source).evaluate(view);
  return typeof result === 'boolean' ? result : null;
}

function isQuick(source: string): boolean {
  let quick = bounded.get(source);
  if (quick === undefined) bounded.set(source, (quick = isBounded(source)));
  return quick;
}

function threadFor(source: string, deadline: number): RestingWorker<AskedAnswer, boolean | null> {
  let thread = threads.get(source);
  if (thread === undefined) {
    const file = workerBeside(import.meta.url, './answer-thread');
    thread = new RestingWorker({ file, name: 'answers', lives: 'in a thread', memory: 128, deadline, rest: 30_000 });
    threads.set(source, thread);
  }
  return thread;
}

/** Their sources stand in connector.yaml, so there are few. */
function formulaOf(source: string): jsonata.Expression {
  const compiled = known.get(source);
  if (compiled !== undefined) return compiled;
  const formula = jsonata(source, limits);
  limitTexts(formula);
  known.set(source, formula);
  return formula;
}
