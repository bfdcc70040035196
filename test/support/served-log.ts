import { fieldsQuotedIn } from './personal-values.ts';

/** What services logged since the last test ended, by service. */
const fresh = new Map<object, string>();
const leaks: string[] = [];

/** Every text that a service of the tests logs comes by here on its way. */
export function logged(service: object, text: string): void {
  fresh.set(service, (fresh.get(service) ?? '') + text);
}

/** Looks through what was logged during this test for personal values of the fixtures. */
export function searchLogs(test: string): void {
  for (const text of fresh.values())
    if (fieldsQuotedIn(text).length > 0)
      for (const line of text.split('\n')) {
        const fields = fieldsQuotedIn(line);
        if (fields.length > 0) leaks.push(`${test}: the line ${sentenceOf(line)} quotes ${fields.join(', ')}`);
      }
  fresh.clear();
}

/** Throws when any log of the suite held a person's data; names field and sentence, never the value. */
export function expectNoLeaks(): void {
  if (leaks.length > 0) throw new Error(`personal data in the log of a service:\n${[...new Set(leaks)].join('\n')}`);
}

/** The line's `msg`; of a line that is no JSON, or quotes the person in its sentence, no more than that. */
function sentenceOf(line: string): string {
  const said = /"msg":("(?:[^"\\]|\\.)*")/.exec(line)?.[1];
  if (said === undefined) return 'that is no JSON';
  return fieldsQuotedIn(said).length > 0 ? 'with its data in the sentence' : said;
}
