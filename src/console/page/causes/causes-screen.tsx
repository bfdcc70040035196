import type { ReactNode } from 'react';
import { type Me, may } from '../account/me.ts';
import { addressOf } from '../address/place.ts';
import type { List, ShownCause } from '../api/answers.ts';
import { useAnswer } from '../api/use-answer.ts';
import { offeredLine } from '../commands.ts';
import { Command } from '../parts/command.tsx';
import { Go } from '../parts/go.tsx';
import { Head } from '../parts/head.tsx';
import { Answered, Nothing } from '../parts/status.tsx';
import { useSpeech } from '../shell/speech-context.ts';
import { screenWords } from '../shell/words.ts';
import { useNow } from '../time/use-now.ts';
import { common } from '../words/common.ts';
import { useVisit } from './use-visit.ts';
import { causesWords as words } from './words.ts';

/** Two thousand failures are three causes: each with who can mend it, how, and the way out. */
export function CausesScreen({ me }: { readonly me: Me | undefined }): ReactNode {
  const { speech } = useSpeech();
  const since = new Date(useVisit()).toISOString();
  const causes = useAnswer<List<ShownCause>>(`/api/causes?since=${encodeURIComponent(since)}`);
  return (
    <>
      <Head title={speech.say(screenWords.causes)} lead={speech.say(words.lead)} />
      <Answered from={causes}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing title={speech.say(words.none)}>
              <p>{speech.say(words.noneWhy)}</p>
            </Nothing>
          ) : (
            <ul className="causes">
              {items.toSorted(byWeight).map((cause) => (
                <OneCause key={cause.id} cause={cause} me={me} />
              ))}
            </ul>
          )
        }
      </Answered>
    </>
  );
}

/** Whoever has little time begins with what holds most people, for longest. */
function byWeight(one: ShownCause, other: ShownCause): number {
  return other.people - one.people || other.deliveries - one.deliveries || one.first.localeCompare(other.first);
}

interface Props {
  readonly cause: ShownCause;
  readonly me: Me | undefined;
}

function OneCause({ cause, me }: Props): ReactNode {
  const { speech, times } = useSpeech();
  const now = useNow(60_000);
  const { id, target, kind, text, deliveries, people, first, last, fresh, who, advice, command } = cause;
  const facts = [
    target,
    speech.say(words.kinds[kind]),
    speech.say(words.since, { time: times.brief(first, now) }),
    speech.say(words.last, { time: times.brief(last, now) }),
  ];
  const [noun, n] = people === 0 ? [common.deliveries, deliveries] : [common.people, people];
  return (
    <li className="cause" data-row={id}>
      <div className="cause-count" data-tone={kind === 'unavailable' ? 'warn' : 'bad'}>
        <b>{speech.many(n)}</b>
        <span>{speech.upTo(noun, n, { n: '' })}</span>
      </div>
      <div className="cause-body">
        <p className="faint">
          {facts.join(' · ')}
          {fresh > 0 && <b className="fresh">{speech.upTo(words.fresh, fresh)}</b>}
        </p>
        <h2>
          <Go to={addressOf('deliveries', undefined, { cause: id })} className="row-link">
            {text}
          </Go>
        </h2>
        <dl>
          <dt>{speech.say(words.who)}</dt>
          <dd>{who}</dd>
          <dt>{speech.say(words.what)}</dt>
          <dd>{advice}</dd>
        </dl>
        <div className="actions-row">
          {may(me, 'operator') && <CauseActions cause={cause} mayAuthor={may(me, 'author')} />}
          <Go to={addressOf('deliveries', cause.example)}>
            {speech.say(words.example)} {speech.nr(cause.example)}
          </Go>
          <Command line={offeredLine(command)} />
        </div>
      </div>
    </li>
  );
}

/** The way out depends on what is to be mended. */
function CauseActions({ cause, mayAuthor }: { readonly cause: ShownCause; readonly mayAuthor: boolean }): ReactNode {
  const { speech } = useSpeech();
  const { id, kind, target, mapping, exampleEvent } = cause;
  const action = kind === 'rejected' ? 'remap' : 'retry';
  return (
    <>
      {kind === 'unknown outcome' && (
        <Go to={addressOf('deliveries', cause.example)} className="button">
          {speech.say(words.look)}
        </Go>
      )}
      {mayAuthor && (kind === 'mapping failed' || kind === 'rejected') && exampleEvent !== null && (
        <Go to={addressOf('workbench', mapping, { event: String(exampleEvent) })} className="button">
          {speech.say(words.mend)}
        </Go>
      )}
      {kind === 'unavailable' && (
        <Go to={addressOf('targets', target)} className="button">
          {speech.say(words.check)}
        </Go>
      )}
      <Go to={addressOf('bulks', 'new', { action, cause: id })} className="button">
        {speech.say(words[action])}…
      </Go>
      {action === 'remap' && (
        <Go to={addressOf('bulks', 'new', { action: 'retry', cause: id })} className="button">
          {speech.say(words.retry)}…
        </Go>
      )}
    </>
  );
}
