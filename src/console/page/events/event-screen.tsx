import type { ReactNode } from 'react';
import { isStateName } from '../../../words/states.ts';
import { type Me, may } from '../account/me.ts';
import { addressOf } from '../address/place.ts';
import type { EventDetail } from '../api/answers.ts';
import { useAnswer } from '../api/use-answer.ts';
import { eventLine } from '../commands.ts';
import { Command } from '../parts/command.tsx';
import { Go } from '../parts/go.tsx';
import { Json } from '../parts/json.tsx';
import { Mark } from '../parts/mark.tsx';
import { Answered } from '../parts/status.tsx';
import { When } from '../parts/when.tsx';
import { useSpeech } from '../shell/speech-context.ts';
import { common } from '../words/common.ts';
import type { Speech } from '../words/speech.ts';
import { typeOf } from './events-screen.tsx';
import { Replay } from './replay.tsx';
import { eventsWords as words } from './words.ts';

interface Props {
  readonly id: string;
  readonly me: Me | undefined;
}

export function EventScreen({ id, me }: Props): ReactNode {
  const answer = useAnswer<EventDetail>(`/api/events/${encodeURIComponent(id)}`);
  return (
    <Answered from={answer} whole>
      {(event) => <OneEvent event={event} me={me} />}
    </Answered>
  );
}

function OneEvent({ event, me }: { readonly event: EventDetail; readonly me: Me | undefined }): ReactNode {
  const { speech } = useSpeech();
  const { id, state, source, receivedAt, error, deliveries, headers, body, gone } = event;
  return (
    <article className="delivery">
      <header className="said">
        <p className="said-of">
          <span>{speech.say(words.title, { id })}</span>
          <Mark state={state} />
          <span>{typeOf(event)}</span>
          <span>{source}</span>
          <When at={receivedAt} />
        </p>
        <h1>{sentenceOf(event, speech)}</h1>
        {error !== null && <p className="said-why">{error}</p>}
      </header>
      {deliveries.length > 0 && (
        <section aria-labelledby="became">
          <h2 id="became">{speech.say(words.became)}</h2>
          <ul className="became">
            {deliveries.map((delivery) => (
              <li key={delivery.id} data-row={delivery.id}>
                <Go to={addressOf('deliveries', delivery.id)} className="row-link">
                  <b>{delivery.target}</b>
                </Go>
                {isStateName(delivery.state) ? <Mark state={delivery.state} /> : delivery.state}
                <span className="faint">
                  {delivery.mapping} · {speech.nr(delivery.id)}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {body !== null && <Replay id={id} mayAct={may(me, 'operator')} />}
      <section aria-labelledby="body">
        <h2 id="body">{speech.say(words.body)}</h2>
        {body === null ? (
          <p>{gone ?? speech.say(words.bodyGone)}</p>
        ) : (
          <Json value={body} name={speech.say(words.body)} />
        )}
      </section>
      <details>
        <summary>{speech.say(words.headers)}</summary>
        <Json value={headers} name={speech.say(words.headers)} />
      </details>
      <Command line={eventLine(id)} />
    </article>
  );
}

function sentenceOf({ state, deliveries }: EventDetail, speech: Speech): string {
  switch (state) {
    case 'mapped':
      return deliveries.length === 0
        ? speech.say(words.saidNone)
        : speech.say(words.saidMapped, { n: speech.count(common.deliveries, deliveries.length) });
    case 'skipped':
      return speech.say(words.saidSkipped);
    case 'failed':
      return speech.say(words.saidFailed);
    case 'received':
      return speech.say(words.saidReceived);
    case 'quarantined':
      return speech.say(words.saidQuarantined);
  }
}
