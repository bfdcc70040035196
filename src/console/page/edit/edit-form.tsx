import { type FormEvent, type ReactNode, useState } from 'react';
import { addressOf } from '../address/place.ts';
import { goTo } from '../address/use-place.ts';
import type { DeliveryDetail } from '../api/answers.ts';
import { useAct } from '../api/use-act.ts';
import { Differences } from '../parts/differences.tsx';
import { useTell } from '../parts/notices.tsx';
import { useStayWhile } from '../parts/use-stay-while.ts';
import { withLeaf } from '../record/leaves.ts';
import { partsOf, type RecordField } from '../record/record-parts.ts';
import { isRefused } from '../record/refused-field.ts';
import { partInWords } from '../record/words.ts';
import { useSpeech } from '../shell/speech-context.ts';
import { FieldRow } from './field-row.tsx';
import { PartFields } from './part-fields.tsx';
import { editWords as words } from './words.ts';

interface Props {
  /** With its record open. */
  readonly delivery: DeliveryDetail;
  readonly editable: boolean;
}

/** A field for every value, what was refused first; what changes beside it, and a reason: then it is sent anew. */
export function EditForm({ delivery, editable }: Props): ReactNode {
  const { id, record: before, traces, advice, lastError } = delivery;
  const { speech } = useSpeech();
  const tell = useTell();
  const act = useAct<{ readonly delivery: number }>();
  const [record, setRecord] = useState<unknown>(before);
  const [reason, setReason] = useState('');
  const parts = partsOf(record);
  const old = new Map(partsOf(before).flatMap(({ fields }) => fields.map(({ name, value }) => [name, value] as const)));
  const refused = { field: advice?.field ?? null, text: lastError };
  const stopped = parts.flatMap((part) =>
    part.fields.filter((field) => isRefused(part, field, refused)).map((field) => ({ part, field })),
  );
  const shown = new Set(stopped.map(({ field }) => field.name));
  const changes = parts.flatMap((part) =>
    part.fields
      .filter(({ name, value }) => old.get(name) !== value)
      .map(({ name, label, value }) => ({
        field: [partInWords(part, speech), label].filter((word) => word !== '').join(' · '),
        before: old.get(name),
        after: value,
      })),
  );
  useStayWhile((changes.length > 0 || reason.trim() !== '') && !act.isSuccess);
  const change = ({ path }: RecordField, value: RecordField['value']): void => setRecord(withLeaf(record, path, value));
  const send = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const even = new FormData(event.currentTarget).get('even') !== null;
    act.mutate(
      { path: `/api/deliveries/${id}/edit`, body: { record, reason, evenUnknown: even } },
      {
        onSuccess: ({ delivery: made }) => {
          tell('good', speech.say(words.sent, { id: made }));
          goTo(addressOf('deliveries', made), { instead: true, done: true });
        },
      },
    );
  };
  return (
    <form className="edit" onSubmit={send}>
      <div className="edit-parts">
        {lastError !== null && (
          <section className="edit-refused" aria-labelledby="refused" data-tone="bad">
            <h2 id="refused">{speech.say(stopped.length > 0 ? words.refused : words.said)}</h2>
            <p>{lastError}</p>
            {stopped.map(({ part, field }) => (
              <FieldRow
                key={field.name}
                field={field}
                of={partInWords(part, speech)}
                was={old.get(field.name) ?? null}
                change={(value) => change(field, value)}
              />
            ))}
          </section>
        )}
        {parts.map((part) => (
          <PartFields
            key={part.step ?? 0}
            part={{ ...part, fields: part.fields.filter(({ name }) => !shown.has(name)) }}
            old={old}
            change={change}
          />
        ))}
      </div>
      <div className="edit-side">
        <h2>{speech.say(words.changes)}</h2>
        {changes.length === 0 ? (
          <p className="faint">{speech.say(words.unchanged)}</p>
        ) : (
          <Differences differences={changes} name={speech.say(words.changes)} />
        )}
        <label className="field">
          <span>{speech.say(words.reason)}</span>
          <textarea
            name="reason"
            required
            maxLength={1000}
            rows={2}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
        </label>
        {traces && (
          <div className="findings-box">
            <p>{speech.say(words.traces)}</p>
            <label className="check">
              <input type="checkbox" name="even" required />
              {speech.say(words.even)}
            </label>
          </div>
        )}
        <button
          type="submit"
          className="primary"
          disabled={!editable || changes.length === 0 || act.isPending || act.isSuccess}
        >
          {speech.say(words.send)}
        </button>
      </div>
    </form>
  );
}
