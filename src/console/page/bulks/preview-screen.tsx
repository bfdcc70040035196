import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { type DeliveryFilterWords, filterOf } from '../address/delivery-filter.ts';
import { addressOf } from '../address/place.ts';
import { goTo } from '../address/use-place.ts';
import type { BulkPreview, ShownBulk } from '../api/answers.ts';
import { useAct } from '../api/use-act.ts';
import { Act } from '../parts/act.tsx';
import { deliveriesLine } from '../commands.ts';
import { Command } from '../parts/command.tsx';
import { Go } from '../parts/go.tsx';
import { Mark } from '../parts/mark.tsx';
import { Failed, Nothing, Reading } from '../parts/status.tsx';
import { useSpeech } from '../shell/speech-context.ts';
import { useNow } from '../time/use-now.ts';
import { common } from '../words/common.ts';
import { standingOf } from '../words/states.ts';
import { bulksWords as words, doTo } from './words.ts';

const actions = ['retry', 'cancel', 'remap', 'replay'] as const;
type Action = (typeof actions)[number];

/** What an action would do, to how many and whom, before anybody says yes. */
export function PreviewScreen({ query }: { readonly query: URLSearchParams }): ReactNode {
  const { mutate, error, isPending } = useAct<BulkPreview>();
  const [preview, setPreview] = useState<BulkPreview>();
  const [evenUnknown, setEvenUnknown] = useState(false);
  const [pace, setPace] = useState(() => paceOf(query.get('pace')));
  const wanted = query.toString();
  useEffect(() => {
    const asked = new URLSearchParams(wanted);
    const ids = idsOf(asked);
    const body = {
      action: actionOf(asked),
      preview: true,
      ...(ids.length > 0 ? { ids } : { filter: filterOf(asked) }),
      ...(evenUnknown && { evenUnknown }),
      ...(pace !== undefined && { pace }),
    };
    // The one before stays on the screen until the new one is there.
    mutate({ path: '/api/bulk', body }, { onSuccess: setPreview });
  }, [wanted, evenUnknown, pace, mutate]);
  if (preview !== undefined)
    return (
      <Preview
        action={actionOf(query)}
        preview={preview}
        isStale={isPending}
        ids={idsOf(query)}
        filter={filterOf(query)}
        evenUnknown={evenUnknown}
        askFor={setEvenUnknown}
        pace={pace}
        choosePace={setPace}
      />
    );
  return error === null ? <Reading /> : <Failed error={error} again={() => location.reload()} />;
}

function actionOf(query: URLSearchParams): Action {
  return actions.find((action) => action === query.get('action')) ?? 'retry';
}

function idsOf(query: URLSearchParams): readonly number[] {
  const ids = query.get('ids') ?? '';
  return ids
    .split(',')
    .map(Number)
    .filter((id) => Number.isSafeInteger(id) && id > 0);
}

interface PreviewProps {
  readonly action: Action;
  readonly preview: BulkPreview;
  /** Another one is on its way: this one is not what was asked for any more. */
  readonly isStale: boolean;
  readonly ids: readonly number[];
  readonly filter: DeliveryFilterWords;
  readonly evenUnknown: boolean;
  readonly askFor: (evenUnknown: boolean) => void;
  /** Rows a minute at most; undefined: as fast as it goes. */
  readonly pace: number | undefined;
  readonly choosePace: (perMinute: number | undefined) => void;
}

/** Undefined: no number of rows a minute. */
function paceOf(said: unknown): number | undefined {
  const pace = typeof said === 'string' && said.trim() !== '' ? Number(said) : Number.NaN;
  return Number.isSafeInteger(pace) && pace > 0 ? pace : undefined;
}

function Preview(props: PreviewProps): ReactNode {
  const { action, preview, isStale, ids, filter, evenUnknown, askFor, pace, choosePace } = props;
  const { speech, times } = useSpeech();
  const now = useNow(60_000);
  const run = useAct<ShownBulk>();
  const [typedPace, setTypedPace] = useState(pace);
  const { deliveries, people, oldest, newest, rows, token, expiresAt } = preview;
  const start = (): void =>
    run.mutate(
      { path: '/api/bulk', body: { token } },
      { onSuccess: ({ id }) => goTo(addressOf('bulks', id), { instead: true }) },
    );
  if (deliveries === 0)
    return (
      <Nothing title={speech.say(words.nothing)} whole>
        <p>{speech.say(words.nothingWhy)}</p>
        <button type="button" onClick={() => history.back()}>
          {speech.say(words.back)}
        </button>
      </Nothing>
    );
  const [from, to] = [oldest, newest].map((at) => (at === null ? '' : times.brief(at, now)));
  return (
    <article className="delivery">
      <header className="said">
        <h1>{speech.count(doTo[action], deliveries)}?</h1>
        <p className="said-why">
          {people > 0 && `${speech.say(words.people, { n: speech.upTo(common.people, people) })}, `}
          {speech.say(from === to ? words.madeAt : words.span, { from: from ?? '', to: to ?? '' })}
        </p>
        <p className="said-advice">{speech.say(words.fixed, { time: times.brief(expiresAt, now) })}</p>
        {pace !== undefined && <p className="said-advice">{speech.say(words.paceSet, { n: pace })}</p>}
      </header>
      {action === 'remap' && (
        <label className="check">
          <input type="checkbox" checked={evenUnknown} onChange={(event) => askFor(event.target.checked)} />
          {speech.say(words.evenUnknown)}
        </label>
      )}
      <div className="actions-row">
        <Act
          className={action === 'cancel' ? 'danger' : 'primary'}
          onClick={start}
          busy={run.isPending || isStale || typedPace !== pace}
        >
          {speech.count(doTo[action], deliveries)}
        </Act>
        <button type="button" className="quiet" onClick={() => history.back()}>
          {speech.say(words.back)}
        </button>
        <Command line={deliveriesLine(action, ids, filter)} />
      </div>
      <Pace pace={pace} isUnset={typedPace !== pace} typed={setTypedPace} choose={choosePace} />
      <section aria-labelledby="examples">
        <h2 id="examples">{speech.say(words.examples)}</h2>
        <ul className="became">
          {rows.map((row) => (
            <li key={row.id} data-row={row.id}>
              <Go to={addressOf('deliveries', row.id)} className="row-link">
                {speech.nr(row.id)}
              </Go>
              <Mark state={standingOf(row)} />
              <span>
                {row.target} <span className="faint">{row.mapping}</span>
              </span>
              <span className="why">{row.lastError}</span>
            </li>
          ))}
        </ul>
      </section>
    </article>
  );
}

interface PaceProps {
  readonly pace: number | undefined;
  /** What stands in the field is not what the preview was made for: nothing runs meanwhile. */
  readonly isUnset: boolean;
  readonly typed: (perMinute: number | undefined) => void;
  readonly choose: (perMinute: number | undefined) => void;
}

/** The target may be one that many at once would trouble; a new pace is a new preview, which fixes the rows anew. */
function Pace({ pace, isUnset, typed, choose }: PaceProps): ReactNode {
  const { speech } = useSpeech();
  const set = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    choose(paceOf(new FormData(event.currentTarget).get('pace')));
  };
  return (
    <details className="command">
      <summary>{speech.say(words.slower)}</summary>
      <form className="inline-fields" onSubmit={set}>
        <label className="field">
          <span>{speech.say(words.pace)}</span>
          <input
            name="pace"
            type="number"
            min={1}
            max={60_000}
            defaultValue={pace}
            placeholder={speech.say(words.paceNone)}
            onChange={({ target }) => typed(paceOf(target.value))}
          />
        </label>
        <button type="submit">{speech.say(words.setPace)}</button>
        {isUnset && <p role="status">{speech.say(words.paceUnset)}</p>}
      </form>
    </details>
  );
}
