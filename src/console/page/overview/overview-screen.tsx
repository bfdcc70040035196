import type { ReactNode } from 'react';
import { addressOf } from '../address/place.ts';
import type { ShownOverview } from '../api/answers.ts';
import { useAnswer } from '../api/use-answer.ts';
import { Go } from '../parts/go.tsx';
import { Answered } from '../parts/status.tsx';
import { useAway } from '../shell/away.ts';
import { useSpeech } from '../shell/speech-context.ts';
import { screenWords } from '../shell/words.ts';
import { words as common } from '../words/common.ts';
import { headline } from '../words/headline.ts';
import { Flow } from './flow.tsx';
import { Minutes } from './minutes.tsx';
import { overviewWords as words } from './words.ts';

export function OverviewScreen(): ReactNode {
  const { speech } = useSpeech();
  const overview = useAnswer<ShownOverview>('/api/overview');
  return (
    <>
      <h1 className="unseen">{speech.say(screenWords.overview)}</h1>
      <Answered from={overview} lines={12}>
        {(seen) => (
          <>
            <Day seen={seen} />
            <Figures seen={seen} />
            <Flow seen={seen} />
            <Minutes minutes={seen.minutes} />
          </>
        )}
      </Answered>
    </>
  );
}

const tones = { 'first start': 'good', flowing: 'good', waiting: 'warn', stuck: 'bad' } as const;

/** The service's own sentence: what matters first is said large. */
function Day({ seen: { sentence, state } }: { readonly seen: ShownOverview }): ReactNode {
  const { speech, times } = useSpeech();
  const away = useAway();
  const [first, ...rest] = sentence.split('; ');
  return (
    <section className="day" data-tone={tones[state]}>
      <p className="day-first">{first}</p>
      {rest.map((each) => (
        <p key={each} className="day-rest">
          {headline(each)}
        </p>
      ))}
      {away !== undefined && <p className="day-rest">{speech.say(common.asOf, { time: times.clock(away) })}</p>}
    </section>
  );
}

/** What waits for somebody, each number the way to what it counts. */
function Figures({ seen }: { readonly seen: ShownOverview }): ReactNode {
  const { speech } = useSpeech();
  const figures = [
    { name: words.dead, n: seen.deliveries.dead, to: addressOf('causes'), tone: 'bad' },
    { name: words.blocked, n: seen.deliveries.blocked, to: addressOf('blocked'), tone: 'warn' },
    { name: words.attention, n: seen.deliveries.attention, to: addressOf('attention'), tone: 'warn' },
    {
      name: words.waits,
      n: seen.deliveries.pending,
      to: addressOf('deliveries', undefined, { state: 'pending' }),
      tone: 'wait',
    },
  ] as const;
  return (
    <ul className="figures">
      {figures.map(({ name, n, to, tone }) => (
        <li key={to} data-tone={n === 0 ? 'none' : tone}>
          <Go to={to}>
            <b>{speech.many(n)}</b>
            <span>{speech.upTo(name, n)}</span>
          </Go>
        </li>
      ))}
    </ul>
  );
}
