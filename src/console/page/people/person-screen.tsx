import type { ReactNode } from 'react';
import { isStateName } from '../../../words/states.ts';
import { addressOf } from '../address/place.ts';
import type { PersonRoad } from '../api/answers.ts';
import { useAnswer } from '../api/use-answer.ts';
import { personLine } from '../commands.ts';
import { Command } from '../parts/command.tsx';
import { Go } from '../parts/go.tsx';
import { Mark } from '../parts/mark.tsx';
import { Answered, Nothing } from '../parts/status.tsx';
import { When } from '../parts/when.tsx';
import { useSpeech } from '../shell/speech-context.ts';
import { headline } from '../words/headline.ts';
import { peopleWords as words } from './words.ts';

interface Props {
  readonly applicant: string;
  readonly scope: string | null;
}

/** Everything about one person in one line of time, and where it all stands in one sentence. */
export function PersonScreen({ applicant, scope }: Props): ReactNode {
  const narrowed = scope === null ? '' : `?scope=${encodeURIComponent(scope)}`;
  const road = useAnswer<PersonRoad>(`/api/people/${encodeURIComponent(applicant)}${narrowed}`);
  return (
    <Answered from={road} whole>
      {(person) => <Person person={person} />}
    </Answered>
  );
}

function Person({ person }: { readonly person: PersonRoad }): ReactNode {
  const { speech } = useSpeech();
  const { applicant, name, merged, sentence, timeline } = person;
  const [first = '', ...rest] = sentence.split('; ');
  return (
    <article className="delivery">
      <header className="said">
        <p className="said-of">
          <span>
            {name} · {speech.say(words.applicant, { id: applicant })}
            {merged.length > 0 && `, ${speech.say(words.merged, { ids: merged.join(', ') })}`}
          </span>
          <Go to={addressOf('deliveries', undefined, { applicant })}>{speech.say(words.allDeliveries)}</Go>
        </p>
        <h1>{headline(first)}</h1>
        {rest.map((each) => (
          <p key={each} className="said-advice">
            {each}
          </p>
        ))}
      </header>
      <section aria-labelledby="timeline">
        <h2 id="timeline">{speech.say(words.timeline)}</h2>
        {timeline.length === 0 ? (
          <Nothing title={speech.say(words.none)} />
        ) : (
          <ol className="timeline">
            {timeline.map((moment) => (
              <Moment key={`${moment.kind} ${moment.id}`} moment={moment} />
            ))}
          </ol>
        )}
      </section>
      <Command line={personLine(applicant)} />
    </article>
  );
}

function Moment({ moment }: { readonly moment: PersonRoad['timeline'][number] }): ReactNode {
  const { speech } = useSpeech();
  const { at, kind, id, about, mapping, state, text } = moment;
  const came = kind === 'event';
  return (
    <li data-kind={kind} data-row={`${kind}/${id}`}>
      <When at={at} />
      <div>
        <Go to={addressOf(came ? 'events' : 'deliveries', id)} className="row-link">
          <b>{came ? speech.say(words.came) : speech.say(words.sentTo, { target: about })}</b>
        </Go>{' '}
        {isStateName(state) ? <Mark state={state} /> : state}
        <p className="faint">
          {came ? about : mapping} · {speech.say(came ? words.eventName : words.deliveryName, { id })}
        </p>
        {text !== null && state !== 'delivered' && <p>{text}</p>}
      </div>
    </li>
  );
}
