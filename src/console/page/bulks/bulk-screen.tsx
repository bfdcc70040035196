import { type ReactNode, useState } from 'react';
import { type Me, may } from '../account/me.ts';
import { addressOf } from '../address/place.ts';
import { goTo } from '../address/use-place.ts';
import type { BulkDetail } from '../api/answers.ts';
import { useAct } from '../api/use-act.ts';
import { useAnswer } from '../api/use-answer.ts';
import { Act } from '../parts/act.tsx';
import { AskFirst } from '../parts/ask-first.tsx';
import { bulkLine } from '../commands.ts';
import { Command } from '../parts/command.tsx';
import { Go } from '../parts/go.tsx';
import { Mark } from '../parts/mark.tsx';
import { Answered } from '../parts/status.tsx';
import { When } from '../parts/when.tsx';
import { screenWords } from '../shell/words.ts';
import { useSpeech } from '../shell/speech-context.ts';
import { filterInWords } from './filter-words.ts';
import { bulksWords as words } from './words.ts';

interface Props {
  readonly id: string;
  readonly me: Me | undefined;
}

export function BulkScreen({ id, me }: Props): ReactNode {
  const bulk = useAnswer<BulkDetail>(`/api/bulk/${encodeURIComponent(id)}`);
  return (
    <Answered from={bulk} whole>
      {(found) => <OneBulk bulk={found} mayAct={may(me, 'operator')} />}
    </Answered>
  );
}

const sentences = {
  running: words.saidRunning,
  done: words.saidDone,
  aborted: words.saidAborted,
  previewed: words.saidPreviewed,
} as const;

function OneBulk({ bulk, mayAct }: { readonly bulk: BulkDetail; readonly mayAct: boolean }): ReactNode {
  const { speech, times } = useSpeech();
  const { id, action, state, filter, by, total, done, failed, createdAt, rows } = bulk;
  const counts = { done: speech.number(done), total: speech.number(total) };
  // Tried again is not arrived.
  const isStarted = state === 'done' && (action === 'retry' || action === 'remap');
  const notDone = rows.filter((row) => row.state === 'failed');
  return (
    <article className="delivery">
      <header className="said">
        <p className="said-of">
          <span>{speech.say(words.title, { id })}</span>
          <Mark state={state} />
          <span>
            {speech.say(words[action])}, {by}, <When at={createdAt} />
          </span>
          <span>{filterInWords(filter, speech, times)}</span>
        </p>
        <h1>{speech.say(isStarted ? words.saidRetried : sentences[state], counts)}</h1>
        {isStarted && (
          <p className="said-advice">
            {speech.say(words.saidRetriedHow)} <Go to={addressOf('causes')}>{speech.say(screenWords.causes)}</Go>
          </p>
        )}
      </header>
      <progress
        className="progress"
        max={Math.max(1, total)}
        value={done + failed}
        aria-label={speech.say(words.progress, counts)}
      />
      <BulkActions bulk={bulk} mayAct={mayAct} />
      {notDone.length > 0 && (
        <section aria-labelledby="failed">
          <h2 id="failed">{speech.say(words.notDone)}</h2>
          <ul className="became">
            {notDone.map(({ delivery, why }) => (
              <li key={delivery} data-row={delivery}>
                <Go to={addressOf('deliveries', delivery)} className="row-link">
                  {speech.nr(delivery)}
                </Go>
                <span>{why}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <details className="outcomes">
        <summary>{speech.say(words.outcomes)}</summary>
        <ul className="outcome-list">
          {rows.map((row) => (
            <li key={row.delivery}>
              <Go to={addressOf('deliveries', row.delivery)}>{speech.nr(row.delivery)}</Go> <Mark state={row.state} />
            </li>
          ))}
        </ul>
      </details>
    </article>
  );
}

function BulkActions({ bulk, mayAct }: { readonly bulk: BulkDetail; readonly mayAct: boolean }): ReactNode {
  const { speech } = useSpeech();
  const act = useAct();
  const [asking, setAsking] = useState(false);
  const { id, action, state, pace, left, rows } = bulk;
  const rest = rows.filter((row) => row.state === 'left').map(({ delivery }) => delivery);
  const abort = (): void => {
    setAsking(false);
    act.mutate({ path: `/api/bulk/${id}/abort` });
  };
  return (
    <div className="actions-row">
      {mayAct && state === 'running' && (
        <Act className="danger" onClick={() => setAsking(true)} busy={act.isPending}>
          {speech.say(words.abort)}
        </Act>
      )}
      {mayAct && state === 'aborted' && left > 0 && rest.length > 0 && (
        <button
          type="button"
          className="primary"
          onClick={() =>
            goTo(
              addressOf('bulks', 'new', {
                action,
                ids: rest.join(','),
                pace: pace === null ? undefined : String(pace),
              }),
            )
          }
        >
          {speech.say(words.resume)}…
        </button>
      )}
      <Command line={bulkLine(id, state === 'running')} />
      {asking && (
        <AskFirst
          title={speech.say(words.abort)}
          yes={speech.say(words.abort)}
          dangerous
          onYes={abort}
          onNo={() => setAsking(false)}
        >
          <p>{speech.say(words.abortWhy)}</p>
        </AskFirst>
      )}
    </div>
  );
}
