import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useRef } from 'react';
import { addressOf } from '../address/place.ts';
import type { Comparison } from '../api/answers.ts';
import { ask, Refusal } from '../api/ask.ts';
import { Differences } from '../parts/differences.tsx';
import { Go } from '../parts/go.tsx';
import { useSpeech } from '../shell/speech-context.ts';
import { words as common } from '../words/common.ts';
import { workbenchWords as words } from './words.ts';

interface Props {
  readonly name: string;
  readonly text: string;
}

/** What the text would do to the last events, counted by field and shown by event; can be stopped. */
export function Compare({ name, text }: Props): ReactNode {
  const { speech } = useSpeech();
  const running = useRef<AbortController>(undefined);
  const compare = useMutation({
    mutationFn: () => {
      running.current = new AbortController();
      return ask<Comparison>(`/api/mappings/${encodeURIComponent(name)}/diff`, {
        method: 'POST',
        body: { text },
        language: speech.language,
        signal: running.current.signal,
      });
    },
  });
  const refused = compare.error instanceof Refusal ? speech.say(compare.error.text) : speech.say(common.noAnswer);
  const stopped = running.current?.signal.aborted === true;
  return (
    <div className="compare">
      {compare.isPending ? (
        <button type="button" onClick={() => running.current?.abort()}>
          {speech.say(words.stop)}
        </button>
      ) : (
        <button type="button" onClick={() => compare.mutate()}>
          {speech.say(words.compare)}
        </button>
      )}
      <div role="status">
        {compare.isError && !stopped && <p className="refused">{refused}</p>}
        {compare.data !== undefined && !compare.isPending && <Compared found={compare.data} />}
      </div>
    </div>
  );
}

/** Each event is counted once: they add up to all of them. */
const compared = ['changed', 'new', 'gone', 'failed', 'same', 'unwanted'] as const;

function Compared({ found }: { readonly found: Comparison }): ReactNode {
  const { speech } = useSpeech();
  const { events, fields, examples } = found;
  const counts = compared
    .filter((name) => found[name] > 0)
    .map((name) => speech.say(words.counts[name], { n: speech.number(found[name]) }));
  return (
    <>
      <p>
        {speech.say(words.compared, { n: speech.number(events) })}
        {counts.length > 0 && `: ${counts.join(', ')}`}
      </p>
      {fields.length > 0 && (
        <>
          <h3>{speech.say(words.ofFields)}</h3>
          <ul className="became">
            {fields.map(({ field, count }) => (
              <li key={field}>
                {field} <b>{speech.number(count)}</b>
              </li>
            ))}
          </ul>
        </>
      )}
      {examples.length > 0 && (
        <>
          <h3>{speech.say(words.ofEvents)}</h3>
          {examples.map(({ event, result, why, differences }) => (
            <details key={event} className="example">
              <summary>{speech.say(words.example, { id: event, result: speech.say(words.results[result]) })}</summary>
              {why !== null && <p>{why}</p>}
              {differences.length > 0 && <Differences differences={differences} name={String(event)} />}
              <Go to={addressOf('events', event)}>
                {speech.say(words.event)} {event}
              </Go>
            </details>
          ))}
        </>
      )}
    </>
  );
}
