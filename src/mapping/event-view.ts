import { viewOfWebhook } from '../huntflow/webhook.ts';
import { type HuntflowView, viewOf } from '../huntflow/view.ts';
import type { InboxEvent } from '../inbox/event.ts';
import type { Text } from '../text.ts';

/** A kept event as formulas see it. */
export async function readEvent(
  event: InboxEvent,
): Promise<{ readonly view: HuntflowView } | { readonly unreadable: Text }> {
  if (event.body === null) return { unreadable: bodyGone };
  const header = event.headers['x-huntflow-event'];
  if (event.document !== undefined) return { view: viewOf(event.document, { event: header }) };
  const read = await viewOfWebhook({ bytes: event.body, event: header });
  return read.ok ? { view: read.view } : { unreadable: read.text };
}

export const bodyGone: Text = {
  ru: 'тела события больше нет (почему, скажет events show): сопоставить его нельзя',
  en: 'the body of the event is not there any more (events show tells why): it cannot be mapped',
};
