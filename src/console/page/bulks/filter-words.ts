import { isStateName, stateWords } from '../../../words/states.ts';
import { type DeliveryFilterName, deliveryFilters } from '../address/delivery-filter.ts';
import { deliveriesWords } from '../deliveries/words.ts';
import type { Times } from '../time/times.ts';
import type { Speech } from '../words/speech.ts';
import { reasons } from '../../../words/reasons.ts';
import { bulksWords as words } from './words.ts';

const mostIds = 12;

/** What a bulk was asked to take, as a person says it. */
export function filterInWords(filter: unknown, speech: Speech, times: Times): string {
  if (typeof filter !== 'object' || filter === null) return '';
  const said = new Map(Object.entries(filter));
  const conditions = deliveryFilters.flatMap((name) => {
    const value: unknown = said.get(name);
    return typeof value === 'string' || typeof value === 'number' ? [conditionOf(name, value, speech, times)] : [];
  });
  const ids: unknown = said.get('ids');
  const named = Array.isArray(ids) ? [speech.say(words.ids, { ids: shortened(ids) })] : [];
  return [...conditions, ...named].join(', ');
}

function conditionOf(name: DeliveryFilterName, value: string | number, speech: Speech, times: Times): string {
  const word = String(value);
  const reason = reasons[word];
  const shown =
    name === 'state' && isStateName(word)
      ? speech.say(stateWords[word])
      : name === 'reason' && reason !== undefined
        ? speech.say(reason)
        : name === 'from' || name === 'to'
          ? times.full(new Date(value).toISOString())
          : word;
  return `${speech.say(deliveriesWords[name]).toLocaleLowerCase(speech.locale)}: ${shown}`;
}

function shortened(ids: readonly unknown[]): string {
  return `${ids.slice(0, mostIds).join(', ')}${ids.length > mostIds ? '…' : ''}`;
}
