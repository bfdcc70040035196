import { type ReactNode, useState } from 'react';
import { type Me, may } from '../account/me.ts';
import { addressOf } from '../address/place.ts';
import type { DeliveryDetail, List, ShownTarget } from '../api/answers.ts';
import { useAnswer } from '../api/use-answer.ts';
import { Go } from '../parts/go.tsx';
import { Mark } from '../parts/mark.tsx';
import { Answered } from '../parts/status.tsx';
import { useSpeech } from '../shell/speech-context.ts';
import { useNow } from '../time/use-now.ts';
import { words as common } from '../words/common.ts';
import { standingOf } from '../words/states.ts';
import { DeliveryActions } from './actions.tsx';
import { Attempts } from './attempts.tsx';
import { Findings } from './findings.tsx';
import { RecordOf } from './record.tsx';
import { CopyTicket } from './copy-ticket.tsx';
import { Road } from './road.tsx';
import { deliverySentence } from './sentence.ts';
import { lastTry } from './tried-again.ts';
import { deliveryWords as words } from './words.ts';

interface Props {
  readonly id: string;
  readonly me: Me | undefined;
}

export function DeliveryScreen({ id, me }: Props): ReactNode {
  const answer = useAnswer<DeliveryDetail>(`/api/deliveries/${encodeURIComponent(id)}`);
  return (
    <Answered from={answer} lines={14} whole>
      {(delivery) => <OneDelivery delivery={delivery} me={me} />}
    </Answered>
  );
}

function OneDelivery({ delivery, me }: { readonly delivery: DeliveryDetail; readonly me: Me | undefined }): ReactNode {
  const { speech } = useSpeech();
  const [revealed, setRevealed] = useState<DeliveryDetail>();
  const shown = revealed ?? delivery;
  return (
    <article className="delivery">
      <Said delivery={delivery} />
      <WhatToDo delivery={delivery} me={me} />
      <Road delivery={delivery} />
      {delivery.findings.length > 0 && <Findings delivery={delivery} mayAct={may(me, 'operator')} />}
      <section aria-labelledby="attempts">
        <h2 id="attempts">{speech.say(words.attempts)}</h2>
        <Attempts attempts={shown.attempts} unmapped={shown.reason === 'mapping failed'} />
      </section>
      <RecordOf
        delivery={shown}
        open={revealed !== undefined}
        mayReveal={me?.mayReveal === true}
        revealed={setRevealed}
      />
    </article>
  );
}

/** What one may do here; whoever may not reads who may. */
function WhatToDo({ delivery, me }: { readonly delivery: DeliveryDetail; readonly me: Me | undefined }): ReactNode {
  const { speech } = useSpeech();
  if (me === undefined) return null;
  if (may(me, 'operator')) return <DeliveryActions delivery={delivery} me={me} />;
  const isOpen = delivery.state === 'dead' || delivery.state === 'pending';
  return isOpen ? <p className="faint">{speech.say(common.forOperators, { role: me.role })}</p> : null;
}

function Said({ delivery }: { readonly delivery: DeliveryDetail }): ReactNode {
  const { speech, times } = useSpeech();
  const now = useNow(10_000);
  const { data: targets } = useAnswer<List<ShownTarget>>('/api/targets');
  const paused = targets?.items.find(({ name }) => name === delivery.target)?.state === 'paused';
  const tried = lastTry(delivery, speech, times, now);
  const { said, advice } = deliverySentence(delivery, { paused, now }, speech, times);
  return (
    <header className="said">
      <p className="said-of">
        <span>{speech.say(words.title, { id: delivery.id })}</span>
        <Mark state={standingOf(delivery)} />
        <Chain delivery={delivery} />
        <CopyTicket delivery={delivery} sentence={{ said, advice }} />
      </p>
      <h1>{said}</h1>
      {delivery.state !== 'delivered' && delivery.lastError !== null && (
        <p className="said-why">{delivery.lastError}</p>
      )}
      {tried !== undefined && <p className="said-advice">{tried}</p>}
      {advice !== undefined && delivery.advice === null && <p className="said-advice">{advice}</p>}
      <Remedy delivery={delivery} />
    </header>
  );
}

/** Who can mend it and how, as its cause says; and who waits for that. */
function Remedy({ delivery: { state, advice, behind } }: { readonly delivery: DeliveryDetail }): ReactNode {
  const { speech } = useSpeech();
  const known = advice !== null && (state === 'dead' || state === 'pending');
  if (!known && (state !== 'dead' || behind === 0)) return null;
  return (
    <div className="remedy">
      {known && (
        <dl className="facts">
          <dt>{speech.say(words.who)}</dt>
          <dd>{advice.who}</dd>
          <dt>{speech.say(words.what)}</dt>
          <dd>{advice.advice}</dd>
        </dl>
      )}
      {state === 'dead' && behind > 0 && <p>{speech.upTo(words.holds, behind)}</p>}
    </div>
  );
}

/** What it came from, what came of it, whom it is about. */
function Chain({ delivery }: { readonly delivery: DeliveryDetail }): ReactNode {
  const { speech } = useSpeech();
  const { replaces, replacedBy, replayOf, editedBy, editReason, applicant, key, target } = delivery;
  return (
    <span className="chain">
      {applicant !== null && <Go to={addressOf('people', applicant)}>{speech.say(words.person)}</Go>}
      {key !== null && (
        <Go to={addressOf('deliveries', undefined, { key, target })}>
          {speech.say(words.key)} {key}
        </Go>
      )}
      {replaces !== null && (
        <Go to={addressOf('deliveries', replaces)}>{speech.say(words.replaces, { id: replaces })}</Go>
      )}
      {editedBy !== null && (
        <span>
          {speech.say(words.editedBy, { who: editedBy })}
          {editReason === null ? '' : `: ${editReason}`}
        </span>
      )}
      {replacedBy !== null && (
        <Go to={addressOf('deliveries', replacedBy)}>{speech.say(words.replacedBy, { id: replacedBy })}</Go>
      )}
      {replayOf !== null && (
        <Go to={addressOf('deliveries', replayOf)}>{speech.say(words.replayOf, { id: replayOf })}</Go>
      )}
    </span>
  );
}
