import type { ReactNode } from 'react';
import { addressOf } from '../address/place.ts';
import type { DeliveryDetail } from '../api/answers.ts';
import { useCopy } from '../parts/use-copy.ts';
import { useSpeech } from '../shell/speech-context.ts';
import type { DeliverySentence } from './sentence.ts';
import { ticketText } from './ticket.ts';
import { deliveryWords as words } from './words.ts';

interface Props {
  /** Masked: what somebody had opened stays on the screen. */
  readonly delivery: DeliveryDetail;
  readonly sentence: DeliverySentence;
}

export function CopyTicket({ delivery, sentence }: Props): ReactNode {
  const { speech, times } = useSpeech();
  const copy = useCopy();
  const address = new URL(addressOf('deliveries', delivery.id), location.href).href;
  return (
    <button
      type="button"
      className="quiet"
      onClick={() => copy(ticketText({ delivery, sentence, address }, speech, times), words.ticketCopied)}
    >
      {speech.say(words.ticket)}
    </button>
  );
}
