import { type FormEvent, type ReactNode, useState } from 'react';
import { addressOf } from '../address/place.ts';
import { goTo } from '../address/use-place.ts';
import type { DeliveryDetail } from '../api/answers.ts';
import { useAct } from '../api/use-act.ts';
import { Differences } from '../parts/differences.tsx';
import { useTell } from '../parts/notices.tsx';
import { useStayWhile } from '../parts/use-stay-while.ts';
import { useSpeech } from '../shell/speech-context.ts';
import { type Leaf, leavesOf, pathInWords, typedAs, withLeaf } from './leaves.ts';
import { editWords as words } from './words.ts';

interface Props {
  /** With its record open. */
  readonly delivery: DeliveryDetail;
  readonly editable: boolean;
}

/** A field for every value, what changes beside it, and a reason: then the new delivery takes the old one's place. */
export function EditForm({ delivery: { id, record: before, traces }, editable }: Props): ReactNode {
  const { speech } = useSpeech();
  const tell = useTell();
  const act = useAct<{ readonly delivery: number }>();
  const [record, setRecord] = useState<unknown>(before);
  const old = new Map(leavesOf(before).map((leaf) => [pathInWords(leaf.path), leaf.value]));
  const leaves = leavesOf(record);
  const changes = leaves.flatMap(({ path, value }) => {
    const name = pathInWords(path);
    return old.get(name) === value ? [] : [{ field: name, before: old.get(name), after: value }];
  });
  useStayWhile(changes.length > 0 && !act.isSuccess);
  const send = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    act.mutate(
      {
        path: `/api/deliveries/${id}/edit`,
        body: { record, reason: form.get('reason'), evenUnknown: form.get('even') !== null },
      },
      {
        onSuccess: ({ delivery }) => {
          tell('good', speech.say(words.sent, { id: delivery }));
          goTo(addressOf('deliveries', delivery), { instead: true, done: true });
        },
      },
    );
  };
  return (
    <form className="edit" onSubmit={send}>
      <fieldset>
        <legend>{speech.say(words.fields)}</legend>
        {leaves.map(({ path, value }) => {
          const name = pathInWords(path);
          return (
            <label key={name} data-changed={old.get(name) !== value}>
              <span>{name}</span>
              <LeafField
                value={value}
                was={old.get(name) ?? null}
                change={(next) => setRecord(withLeaf(record, path, next))}
              />
            </label>
          );
        })}
      </fieldset>
      <div className="edit-side">
        <h2>{speech.say(words.changes)}</h2>
        {changes.length === 0 ? (
          <p className="faint">{speech.say(words.unchanged)}</p>
        ) : (
          <Differences differences={changes} name={speech.say(words.changes)} />
        )}
        <label className="field">
          <span>{speech.say(words.reason)}</span>
          <textarea name="reason" required maxLength={1000} rows={2} />
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

interface LeafFieldProps {
  readonly value: Leaf['value'];
  readonly was: Leaf['value'];
  readonly change: (value: Leaf['value']) => void;
}

function LeafField({ value, was, change }: LeafFieldProps): ReactNode {
  const { speech } = useSpeech();
  if (typeof was === 'boolean')
    return (
      <select value={String(value)} onChange={(event) => change(typedAs(was, event.target.value))}>
        <option value="true">{speech.say(words.yes)}</option>
        <option value="false">{speech.say(words.no)}</option>
      </select>
    );
  const text = value === null ? '' : String(value);
  return text.length > 80 ? (
    <textarea rows={3} value={text} onChange={(event) => change(typedAs(was, event.target.value))} />
  ) : (
    <input value={text} autoComplete="off" onChange={(event) => change(typedAs(was, event.target.value))} />
  );
}
