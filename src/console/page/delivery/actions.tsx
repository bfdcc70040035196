import { type ReactNode, useEffect, useRef, useState } from 'react';
import { addressOf } from '../address/place.ts';
import { goTo } from '../address/use-place.ts';
import type { DeliveryDetail } from '../api/answers.ts';
import { useAct } from '../api/use-act.ts';
import { Command } from '../parts/command.tsx';
import { Go } from '../parts/go.tsx';
import { useTell } from '../parts/notices.tsx';
import { useSpeech } from '../shell/speech-context.ts';
import { deliveryWords as words } from './words.ts';

/** How long a cancel can be taken back before the service hears of it; milliseconds. */
const undoTime = 5000;

/** What a person may do with a delivery as it stands. */
export function DeliveryActions({ delivery }: { readonly delivery: DeliveryDetail }): ReactNode {
  const { speech } = useSpeech();
  const tell = useTell();
  const act = useAct();
  const { id, state, blocked, cause } = delivery;
  const open = state === 'dead' || state === 'pending';
  if (!open) return null;
  const retry = (): void =>
    act.mutate(
      { path: `/api/deliveries/${id}/retry` },
      { onSuccess: () => tell('good', speech.say(words.retried, { id })) },
    );
  return (
    <div className="actions">
      <div className="actions-row">
        {!blocked && (
          <button type="button" className="primary" onClick={retry} disabled={act.isPending}>
            {speech.say(state === 'dead' ? words.retry : words.retryNow)}
          </button>
        )}
        {state === 'dead' && (
          <button
            type="button"
            onClick={() => goTo(addressOf('bulks', 'new', { action: 'remap', ids: String(id) }))}
            disabled={act.isPending}
          >
            {speech.say(words.remap)}…
          </button>
        )}
        <Go to={addressOf('deliveries', `${id}/edit`)} className="button">
          {speech.say(words.edit)}…
        </Go>
        <CancelSoon id={id} />
      </div>
      <Command line={`npx huntflow-connector deliveries retry ${id}`} />
      {cause !== null && (
        <Go to={addressOf('deliveries', undefined, { cause })} className="faint">
          {speech.say(words.cause)}
        </Go>
      )}
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
    <button type="button" className="quiet" onClick={() => setWaiting(true)} disabled={act.isPending}>
      {speech.say(words.cancel)}
    </button>
  );
}
