import type { ReactNode } from 'react';
import type { MappingEvent } from '../api/answers.ts';
import { useSpeech } from '../shell/speech-context.ts';
import { useNow } from '../time/use-now.ts';
import { workbenchWords as words } from './words.ts';

interface Props {
  readonly events: readonly MappingEvent[];
  readonly chosen: number | undefined;
  readonly choose: (event: number) => void;
}

/** The event that the text is tried on, told apart as people tell them: when, at which stage, whom it is about. */
export function EventChoice({ events, chosen, choose }: Props): ReactNode {
  const { speech } = useSpeech();
  const groups = [
    { name: words.wanted, of: events.filter(({ wanted }) => wanted) },
    { name: words.others, of: events.filter(({ wanted }) => !wanted) },
  ];
  return (
    <label className="field">
      <span>{speech.say(words.event)}</span>
      <select value={chosen ?? ''} onChange={({ target }) => choose(Number(target.value))}>
        {chosen !== undefined && !events.some(({ id }) => id === chosen) && (
          <option value={chosen}>{speech.nr(chosen)}</option>
        )}
        {groups
          .filter(({ of }) => of.length > 0)
          .map(({ name, of }) => (
            <optgroup key={name.en} label={speech.say(name)}>
              {of.map((event) => (
                <EventOption key={event.id} event={event} />
              ))}
            </optgroup>
          ))}
      </select>
    </label>
  );
}

function EventOption({ event: { id, type, stage, person, receivedAt } }: { readonly event: MappingEvent }): ReactNode {
  const { speech, times } = useSpeech();
  const now = useNow(60_000);
  const parts = [times.brief(receivedAt, now), stage ?? type, person, speech.nr(id)];
  return <option value={id}>{parts.filter((part) => part !== null).join(' · ')}</option>;
}
