import type { ReactNode } from 'react';
import { addressOf } from '../address/place.ts';
import type { DeliveryDetail } from '../api/answers.ts';
import { Go } from '../parts/go.tsx';
import { When } from '../parts/when.tsx';
import { useSpeech } from '../shell/speech-context.ts';
import { useNow } from '../time/use-now.ts';
import type { Speech } from '../words/speech.ts';
import { tones } from '../words/states.ts';
import { roadOf, type Stop } from './road.ts';
import { deliveryWords as words } from './words.ts';

/** The road of one delivery, drawn as a road: what is behind it is solid, what is ahead is dotted. */
export function Road({ delivery }: { readonly delivery: DeliveryDetail }): ReactNode {
  const stops = roadOf(delivery);
  return (
    <div className="road-frame">
      <ol className="road">
        {stops.map((stop) => (
          <li key={stop.name} data-is={stop.is} data-stop={stop.name}>
            <i className="road-mark" aria-hidden="true" />
            <StopWords stop={stop} delivery={delivery} />
          </li>
        ))}
      </ol>
    </div>
  );
}

function StopWords({ stop, delivery }: { readonly stop: Stop; readonly delivery: DeliveryDetail }): ReactNode {
  const { speech } = useSpeech();
  switch (stop.name) {
    case 'webhook':
      return (
        <>
          <span className="road-name">{speech.say(words.webhook)}</span>
          {delivery.event === null ? (
            <b>{speech.say(words.alarm)}</b>
          ) : (
            <Go to={addressOf('events', delivery.event.id)}>{speech.say(words.kept, { id: delivery.event.id })}</Go>
          )}
          <When at={stop.at} />
        </>
      );
    case 'mapped':
      return (
        <>
          <span className="road-name">{speech.say(words.mapped)}</span>
          <Go to={addressOf('mappings', delivery.mapping)}>{delivery.mapping}</Go>
          <span>
            {stop.is === 'stopped'
              ? speech.say(words.noRecord)
              : speech.say(words.version, { hash: delivery.mappingHash.slice(0, 8) })}
          </span>
        </>
      );
    case 'queue':
      return <QueueWords stop={stop} delivery={delivery} />;
    case 'target':
      return (
        <>
          <span className="road-name">{speech.say(words.target)}</span>
          <Go to={addressOf('targets', delivery.target)}>{delivery.target}</Go>
          <TargetWords stop={stop} delivery={delivery} />
        </>
      );
  }
}

function TargetWords({ stop, delivery }: { readonly stop: Stop; readonly delivery: DeliveryDetail }): ReactNode {
  const { speech } = useSpeech();
  if (stop.at !== null) return <When at={stop.at} />;
  if (stop.is !== 'stopped') return <span>{speech.say(words.notReached)}</span>;
  return <span>{speech.say(delivery.state === 'cancelled' ? words.takenBack : words.stopped)}</span>;
}

function QueueWords({ stop, delivery }: { readonly stop: Stop; readonly delivery: DeliveryDetail }): ReactNode {
  const { speech, times } = useSpeech();
  const now = useNow(10_000);
  const waited = (until: number): string => times.span(until - Date.parse(delivery.createdAt));
  return (
    <>
      <span className="road-name">{speech.say(words.queue)}</span>
      <span
        className="road-tries"
        role="img"
        aria-label={speech.say(words.attemptsSoFar, { n: delivery.attempts.length })}
      >
        {delivery.attempts.slice(-12).map(({ number, outcome }) => (
          <i key={number} data-tone={tones[outcome]} />
        ))}
      </span>
      <span>
        {stop.is === 'here'
          ? delivery.dueAt === null
            ? delivery.blockedBy === null
              ? speech.say(words.waitsSince, { span: waited(now) })
              : blockedWords(delivery, speech)
            : speech.say(words.nextAt, { time: times.brief(delivery.dueAt, now) })
          : delivery.blocked
            ? blockedWords(delivery, speech)
            : stop.at === null
              ? ''
              : speech.say(words.inQueue, { span: waited(Date.parse(stop.at)) })}
      </span>
    </>
  );
}

/** What stands ahead is where to go. */
function blockedWords({ blockedBy }: DeliveryDetail, speech: Speech): ReactNode {
  if (blockedBy === null) return speech.say(words.behind);
  return <Go to={addressOf('deliveries', blockedBy)}>{speech.say(words.behindOf, { id: blockedBy })}</Go>;
}
