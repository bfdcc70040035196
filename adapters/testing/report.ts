import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isText } from '../../src/toolkit.ts';
import { russian } from './russian.ts';
import type { Text } from '../../src/adapter.ts';

/** What node:test tells of a run, as far as it is read here. */
interface Told {
  readonly type: string;
  readonly data: {
    readonly name?: string;
    readonly nesting?: number;
    readonly skip?: string | boolean;
    readonly message?: string;
    readonly details?: { readonly error?: unknown; readonly type?: string; readonly duration_ms?: number };
  };
}

/** The language is said behind the address of this file: a reporter is given nothing else. */
const language: keyof Text = new URL(import.meta.url).searchParams.get('lang') === 'ru' ? 'ru' : 'en';
const say = ({ ru, en }: Text): string => (language === 'ru' ? ru : en);

/**
 * For `node --test --test-reporter`: each fact with its outcome as it comes, and what is wrong right below it; in the
 * language of whoever reads.
 */
export default async function* report(events: AsyncIterable<Told>): AsyncGenerator<string> {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  let left: Left | undefined;
  let open = 0;
  let outer = '';
  let rest: NodeJS.Timeout | undefined;
  for await (const { type, data } of events) {
    const { name = '', nesting = 0, skip, message = '', details } = data;
    const isTest = details?.type !== 'suite' && !isFile(name);
    const ended = type === 'test:pass' || type === 'test:fail';
    if (type === 'test:start') open += 1;
    if (ended) open -= 1;
    clearTimeout(rest);
    // What an adapter left open must not keep the run from ending; Node's own flag for it loses lines of a pipe.
    if (ended && open === 0)
      rest = setTimeout(
        () => end(`${left === undefined ? '' : leftOut(left)}${totalOf(counts)}`, counts),
        patience,
      ).unref();
    if (type === 'test:pass' && isTest && typeof skip === 'string') {
      counts.skipped += 1;
      const why = halfOf(skip);
      // What is not tried for one reason stands in one line.
      if (left !== undefined && left.why !== why) yield leftOut(left);
      left = { name, why, count: left?.why === why ? left.count + 1 : 1 };
      continue;
    }
    if (left !== undefined && (ended || type === 'test:stdout' || type === 'test:stderr')) {
      yield leftOut(left);
      left = undefined;
    }
    // What is within it begins right behind it; a test of its own has no title.
    if (type === 'test:start' && nesting === 1) {
      if (outer !== '') yield `\n${titleOf(outer)}\n`;
      outer = '';
    } else if (type === 'test:start') outer = name;
    else if (type === 'test:stdout' || type === 'test:stderr') yield message;
    else if (type === 'test:pass' && isTest) {
      counts.passed += 1;
      yield `  ✔ ${named(name)}${timeOf(details?.duration_ms)}\n`;
    } else if (type === 'test:fail' && details?.type !== 'suite') {
      counts.failed += 1;
      yield [`  ✖ ${named(name)}`, ...wrongWith(details?.error).map((line) => `      ${line}`), ''].join('\n');
    }
  }
  if (left !== undefined) yield leftOut(left);
  yield totalOf(counts);
  if (counts.passed + counts.failed + counts.skipped === 0) process.exitCode = 1;
}

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

interface Left {
  readonly name: string;
  readonly why: string;
  readonly count: number;
}

/** Milliseconds in which a run ends by itself. */
const patience = 2000;

function end(words: string, { failed }: Counts): void {
  process.stdout.write(words, () => process.exit(failed === 0 ? 0 : 1));
}

function totalOf({ passed, failed, skipped }: Counts): string {
  if (passed + failed + skipped === 0)
    return `${say({
      ru: 'Ни один тест не начался: тест или класс ждёт чего-то на верхнем уровне файла (await) и не дожидается.',
      en: 'No test has begun: the test or the class awaits something at the top level of its file that never comes.',
    })}\n`;
  return `\n${say({
    ru: `прошло ${passed}, не прошло ${failed}, не испытано ${skipped}`,
    en: `${passed} passed, ${failed} failed, ${skipped} not tried`,
  })}\n`;
}

function leftOut({ name, why, count }: Left): string {
  const what = count === 1 ? named(name) : say({ ru: `ещё ${count}`, en: `${count} more` });
  return `  ﹣ ${what}: ${why}\n`;
}

/** Seconds, where it is worth while. */
function timeOf(milliseconds = 0): string {
  return milliseconds >= 1000 ? ` (${Math.round(milliseconds / 100) / 10} s)` : '';
}

/** A file is a test of its own to the runner. */
const isFile = (name: string): boolean => /[\\/]|\.test\.[cm]?[jt]s$/.test(name);

function named(name: string): string {
  return isFile(name) ? basename(name) : language === 'ru' ? (russian[name] ?? name) : name;
}

/** The two headings of the suite; others as they are. */
function titleOf(name: string): string {
  if (language === 'en') return name;
  return name
    .replace(/ keeps the contract of adapters:$/, ': договор адаптеров')
    .replace(/ loses and doubles nothing after$/, ': ничего не теряет и не удваивает после');
}

/** A reason of the suite is in both languages. */
function halfOf(reason: string): string {
  const [en, ru, more] = reason.split(' / ');
  return ru === undefined || more !== undefined ? reason : language === 'ru' ? ru : (en ?? '');
}

/** What is wrong, and where in a file of somebody's own. */
function wrongWith(error: unknown): readonly string[] {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const text: unknown = typeof cause === 'object' && cause !== null && 'text' in cause ? cause.text : undefined;
  const words = isText(text) ? say(text) : cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  const thrown = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  const place = thrown instanceof Error ? placeIn(thrown.stack ?? '') : undefined;
  return [...words.split('\n').slice(0, 20), ...(place === undefined ? [] : [place])];
}

const ours = fileURLToPath(new URL('../../', import.meta.url));

/** The first line of the stack in a file that is neither Node's nor ours. */
function placeIn(stack: string): string | undefined {
  // That of a SyntaxError begins with where it is.
  const [, syntax] = /^file:\/\/(\/\S+:\d+)\n/.exec(stack) ?? [];
  if (syntax !== undefined) return syntax;
  for (const [, place = ''] of stack.matchAll(/^\s+at (?:.*\()?((?:file:\/\/)?\/[^()]*?:\d+:\d+)\)?$/gm)) {
    const path = place.startsWith('file://') ? fileURLToPath(place.replace(/:\d+:\d+$/, '')) : place;
    const isOurs = path.startsWith(ours) && !path.slice(ours.length).startsWith('my-adapters/');
    if (!isOurs && !path.includes('/node_modules/')) return place.replace(/^file:\/\//, '');
  }
  return undefined;
}
