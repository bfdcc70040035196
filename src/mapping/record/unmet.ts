import { join, type Text } from '../../text.ts';
import type { Condition, Stages } from './wants.ts';

/** Which keys of `on` do not take the event, each with what it wants and what the event has; of another event, that alone. */
export function unmet(conditions: readonly Condition[], stages: Stages): Text {
  const failed = conditions.filter(({ holds }) => !holds);
  const event = failed.find(({ name }) => name === 'event');
  return join((event === undefined ? failed : [event]).map((condition) => unmetText(condition, stages)));
}

function unmetText({ name, wanted, actual }: Condition, stages: Stages): Text {
  const nothing = { ru: 'ничего', en: 'nothing' };
  const has = actual === undefined ? nothing : { ru: `«${actual}»`, en: `"${actual}"` };
  const wants = wanted.map((word) => (name === 'stage' ? meaning(word, stages) : String(word))).join(', ');
  return { ru: `${name}: ${wants}, а в событии ${has.ru}`, en: `${name}: ${wants}, and the event has ${has.en}` };
}

/** An alias is of no use without what it stands for. */
export function meaning(stage: string | number, stages: Stages): string {
  const members = typeof stage === 'string' && Object.hasOwn(stages, stage) ? stages[stage] : undefined;
  if (members === undefined) return String(stage);
  const all = [...new Set(members)];
  return `${stage} (${[...all.slice(0, 20), ...(all.length > 20 ? ['…'] : [])].join(', ')})`;
}
