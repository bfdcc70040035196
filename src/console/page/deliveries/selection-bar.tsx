import type { ReactNode } from 'react';
import { addressOf } from '../address/place.ts';
import { type DeliveryFilterWords, isNarrowed } from '../address/delivery-filter.ts';
import { goTo } from '../address/use-place.ts';
import { deliveriesLine } from '../commands.ts';
import { Command } from '../parts/command.tsx';
import { useSpeech } from '../shell/speech-context.ts';
import { deliveriesWords as words } from './words.ts';

const actions = [
  ['retry', 'r'],
  ['cancel', 'c'],
  ['remap', 'm'],
  ['replay', 'p'],
] as const;

interface Props {
  readonly filter: DeliveryFilterWords;
  readonly chosen: readonly number[];
  readonly clear: () => void;
}

/** What can be done to the selected rows, or to everything that fits the filter: each goes by a preview. */
export function SelectionBar({ filter, chosen, clear }: Props): ReactNode {
  const { speech } = useSpeech();
  const some = chosen.length > 0;
  if (!some && !isNarrowed(filter)) return null;
  const preview = (action: string): void =>
    goTo(addressOf('bulks', 'new', { action, ...(some ? { ids: chosen.join(',') } : filter) }));
  return (
    <div className="actions-bar" role="toolbar" aria-label={speech.say(words.chosen, { n: chosen.length })}>
      <span className="actions-what">
        {some ? speech.say(words.chosen, { n: speech.number(chosen.length) }) : speech.say(words.allThatFit)}
      </span>
      {actions.map(([action, key]) => (
        <button key={action} type="button" aria-keyshortcuts={key} onClick={() => preview(action)}>
          {speech.say(words[action])}…
        </button>
      ))}
      {some && (
        <button type="button" className="quiet" onClick={clear}>
          {speech.say(words.reset)}
        </button>
      )}
      <Command line={deliveriesLine('retry', chosen, some ? {} : filter)} />
    </div>
  );
}
