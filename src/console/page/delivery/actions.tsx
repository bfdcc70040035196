import { type ReactNode, useEffect, useRef, useState } from 'react';
import { type Me, may } from '../account/me.ts';
import { addressOf } from '../address/place.ts';
import type { DeliveryDetail } from '../api/answers.ts';
import { useAct } from '../api/use-act.ts';
import { Act } from '../parts/act.tsx';
import { offeredLine } from '../commands.ts';
import { Command } from '../parts/command.tsx';
import { Go } from '../parts/go.tsx';
import { useTell } from '../parts/notices.tsx';
import { useSpeech } from '../shell/speech-context.ts';
import { noticeOf, useRetryOutcome } from './use-retry-outcome.ts';
import { deliveryWords as words } from './words.ts';

/** How long a cancel can be taken back before the service hears of it; milliseconds. */
const undoTime = 5000;

interface ActionsProps {
  readonly delivery: DeliveryDetail;
  readonly me: Me;
}

/** What a person may do with a delivery as it stands: the service says it, with the command that does the same. */
export function DeliveryActions({ delivery, me }: ActionsProps): ReactNode {
  const { speech } = useSpeech();
  const tell = useTell();
  const act = useAct();
  const { id, state, actions, cause, mapping, event } = delivery;
  const watch = useRetryOutcome(delivery);
  const offered = new Map(actions.map(({ action, command }) => [action, command]));
  const [first] = actions;
  if (first === undefined) return null;
  const retry = (): void =>
    act.mutate(
      { path: `/api/deliveries/${id}/retry` },
      {
        onSuccess: () => {
          watch();
          tell('good', speech.say(words.retried, { id }), noticeOf(id));
        },
      },
    );
  return (
    <div className="actions">
      <div className="actions-row">
        {offered.has('retry') && (
          <Act className="primary" onClick={retry} busy={act.isPending}>
            {speech.say(state === 'dead' ? words.retry : words.retryNow)}
          </Act>
        )}
        {(['remap', 'replay'] as const)
          .filter((action) => offered.has(action) && (action === 'remap' ? state === 'dead' : state !== 'dead'))
          .map((action) => (
            <Go key={action} to={addressOf('bulks', 'new', { action, ids: String(id) })} className="button">
              {speech.say(words[action])}…
            </Go>
          ))}
        {offered.has('choose') && (
          <Go to={addressOf('deliveries', `${id}/choose`)} className="button">
            {speech.say(words.choose)}…
          </Go>
        )}
        {offered.has('edit') && delivery.record !== null && (
          <Go to={addressOf('deliveries', `${id}/edit`)} className="button">
            {speech.say(me.mayReveal ? words.edit : words.editNeedsUsers)}…
          </Go>
        )}
        {offered.has('cancel') && <CancelSoon id={id} />}
      </div>
      <div className="actions-row">
        <Command line={offeredLine(first.command)} />
        {event !== null && state === 'dead' && may(me, 'author') && (
          <Go to={addressOf('workbench', mapping, { event: String(event.id) })}>{speech.say(words.bench)}</Go>
        )}
        {cause !== null && <Go to={addressOf('deliveries', undefined, { cause })}>{speech.say(words.cause)}</Go>}
      </div>
    </div>
  );
}

/** Told to the service only when nobody takes it back. */
function CancelSoon({ id }: { readonly id: number }): ReactNode {
  const { speech } = useSpeech();
  const tell = useTell();
  const act = useAct();
  const [waiting, setWaiting] = useState(false);
  const undo = useRef<HTMLButtonElement>(null);
  const { mutate } = act;
  useEffect(() => {
    if (!waiting) return undefined;
    undo.current?.focus();
    const timer = setTimeout(() => {
      setWaiting(false);
      mutate(
        { path: `/api/deliveries/${id}/cancel` },
        { onSuccess: () => tell('good', speech.say(words.cancelled, { id })) },
      );
    }, undoTime);
    return () => clearTimeout(timer);
  }, [waiting, id, mutate, tell, speech]);
  return waiting ? (
    <button type="button" ref={undo} className="undo" onClick={() => setWaiting(false)}>
      {speech.say(words.cancelling, { id })} · <b>{speech.say(words.undo)}</b>
    </button>
  ) : (
    <Act className="quiet" onClick={() => setWaiting(true)} busy={act.isPending}>
      {speech.say(words.cancel)}
    </Act>
  );
}
