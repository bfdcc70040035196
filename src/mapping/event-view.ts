import { readBody } from '../huntflow/body.ts';
import { type HuntflowView, viewOf } from '../huntflow/view.ts';
import type { InboxEvent } from '../inbox/event.ts';
import type { Text } from '../text.ts';

/** A kept event as formulas see it. */
export function readEvent(event: InboxEvent): { readonly view: HuntflowView } | { readonly unreadable: Text } {
  if (event.body === null) return { unreadable: bodyGone };
  const read = event.document === undefined ? readBody(event.body) : ({ ok: true, body: event.document } as const);
  const header = event.headers['x-huntflow-event'];
  return read.ok
    ? { view: viewOf(read.body, header === undefined ? {} : { event: header }) }
    : { unreadable: read.text };
}

export const bodyGone: Text = {
  ru: 'тело события не сохранено: сопоставить его больше нельзя',
  en: 'the body of the event is not there any more: it cannot be mapped',
};
