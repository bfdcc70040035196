import { useQuery } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { addressOf } from '../address/place.ts';
import { soughtOf } from '../address/search.ts';
import type { FoundPerson, List } from '../api/answers.ts';
import { ask } from '../api/ask.ts';
import { Go } from '../parts/go.tsx';
import { Head } from '../parts/head.tsx';
import { Answered, Nothing } from '../parts/status.tsx';
import { useSpeech } from '../shell/speech-context.ts';
import { screenWords } from '../shell/words.ts';
import { peopleWords as words } from './words.ts';

/** Finds people. What was typed goes to the service in a body: addresses, histories and logs never hold a name. */
export function PeopleScreen({ sought }: { readonly sought: string }): ReactNode {
  const { speech } = useSpeech();
  const [typed, setTyped] = useState({ sought, q: sought });
  if (typed.sought !== sought) setTyped({ sought, q: sought });
  const search = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const value = new FormData(event.currentTarget).get('q');
    setTyped({ sought, q: typeof value === 'string' ? value.trim() : '' });
  };
  return (
    <>
      <Head title={speech.say(screenWords.people)} lead={speech.say(words.lead)} />
      <form className="inline-fields" onSubmit={search} key={typed.q}>
        <label className="field wide">
          <span>{speech.say(words.ask)}</span>
          <input name="q" type="search" defaultValue={typed.q} autoComplete="off" spellCheck={false} />
        </label>
        <button type="submit" className="primary">
          {speech.say(words.find)}
        </button>
      </form>
      {typed.q !== '' && <Found q={typed.q} />}
    </>
  );
}

function Found({ q }: { readonly q: string }): ReactNode {
  const { speech } = useSpeech();
  const wanted = soughtOf(q);
  const people = useQuery({
    queryKey: ['people', q, speech.language],
    queryFn: ({ signal }) =>
      ask<List<FoundPerson>>('/api/people/search', {
        method: 'POST',
        body: { q: wanted.is === 'number' ? wanted.number : q },
        language: speech.language,
        signal,
      }),
  });
  return (
    <>
      {wanted.is === 'number' && (
        <p className="perhaps">
          {speech.say(words.perhaps)}{' '}
          <Go to={addressOf('deliveries', wanted.number)}>{speech.say(words.delivery, { id: wanted.number })}</Go>,{' '}
          <Go to={addressOf('events', wanted.number)}>{speech.say(words.event, { id: wanted.number })}</Go>
        </p>
      )}
      <Answered from={people}>{({ items }) => <People people={items} />}</Answered>
    </>
  );
}

function People({ people }: { readonly people: readonly FoundPerson[] }): ReactNode {
  const { speech } = useSpeech();
  if (people.length === 0)
    return (
      <Nothing title={speech.say(words.nobody)}>
        <p>{speech.say(words.nobodyWhy)}</p>
      </Nothing>
    );
  return (
    <>
      <h2>{speech.count(words.found, people.length)}</h2>
      <ul className="people">
        {people.map(({ applicant, scope, name, merged, stopped, waiting }) => (
          <li key={`${scope} ${applicant}`} data-row={applicant}>
            <Go to={addressOf('people', applicant, { scope })} className="row-link">
              <b>{name === '' ? speech.say(words.applicant, { id: applicant }) : name}</b>
            </Go>
            <span data-tone={stopped > 0 ? 'bad' : waiting > 0 ? 'wait' : 'good'} className="stands">
              {stopped > 0
                ? speech.upTo(words.stopped, stopped)
                : waiting > 0
                  ? speech.upTo(words.waiting, waiting)
                  : speech.say(words.arrived)}
            </span>
            <span className="faint">
              {speech.say(words.applicant, { id: applicant })}
              {merged.length > 0 && `, ${speech.say(words.merged, { ids: merged.join(', ') })}`} · {scope}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
