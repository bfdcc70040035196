import { type ReactNode, useState } from 'react';
import type { DeliveryDetail } from '../api/answers.ts';
import { useAct } from '../api/use-act.ts';
import { AskFirst } from '../parts/ask-first.tsx';
import { Json } from '../parts/json.tsx';
import { useSpeech } from '../shell/speech-context.ts';
import { deliveryWords as words } from './words.ts';

interface Props {
  readonly delivery: DeliveryDetail;
  readonly open: boolean;
  readonly mayReveal: boolean;
  readonly revealed: (delivery: DeliveryDetail) => void;
}

/** The mapped document; masked by the service until somebody asks for it, which the audit remembers. */
export function RecordOf({ delivery, open, mayReveal, revealed }: Props): ReactNode {
  const { speech } = useSpeech();
  const [asking, setAsking] = useState(false);
  const act = useAct<DeliveryDetail>();
  const reveal = (): void => {
    setAsking(false);
    act.mutate({ path: `/api/deliveries/${delivery.id}/reveal` }, { onSuccess: revealed });
  };
  return (
    <section aria-labelledby="record">
      <h2 id="record">{speech.say(words.record)}</h2>
      {delivery.record !== null && (
        <p className="faint">
          {speech.say(open ? words.recordOpen : words.recordWhy)}{' '}
          {mayReveal && !open && (
            <button type="button" className="quiet" onClick={() => setAsking(true)}>
              {speech.say(words.reveal)}…
            </button>
          )}
        </p>
      )}
      {delivery.record === null ? (
        <p>{delivery.gone ?? speech.say(words.noRecord)}</p>
      ) : (
        <Json value={delivery.record} name={speech.say(words.record)} />
      )}
      {asking && (
        <AskFirst
          title={speech.say(words.reveal)}
          yes={speech.say(words.reveal)}
          onYes={reveal}
          onNo={() => setAsking(false)}
        >
          <p>{speech.say(words.revealWhy)}</p>
        </AskFirst>
      )}
    </section>
  );
}
