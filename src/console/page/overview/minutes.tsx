import type { ReactNode } from 'react';
import type { ShownOverview } from '../api/answers.ts';
import { useSpeech } from '../shell/speech-context.ts';
import { overviewWords as words } from './words.ts';

const height = 64;

/** What came in and what went out by the minute: bars for the eye, a table for whoever reads. */
export function Minutes({ minutes }: { readonly minutes: ShownOverview['minutes'] }): ReactNode {
  const { speech, times } = useSpeech();
  const most = Math.max(4, ...minutes.flatMap(({ received, delivered }) => [received, delivered]));
  const tall = (n: number): number => (n === 0 ? 0 : Math.max(2, (n / most) * height));
  return (
    <section aria-labelledby="minutes" className="minutes">
      <h2 id="minutes">{speech.say(words.minutes)}</h2>
      <svg viewBox={`0 0 ${minutes.length * 8} ${height}`} preserveAspectRatio="none" aria-hidden="true">
        {minutes.map(({ at, received, delivered }, place) => (
          <g key={at}>
            <rect data-of="received" x={place * 8} width="3" y={height - tall(received)} height={tall(received)} />
            <rect
              data-of="delivered"
              x={place * 8 + 3.5}
              width="3"
              y={height - tall(delivered)}
              height={tall(delivered)}
            />
          </g>
        ))}
      </svg>
      <p className="legend">
        <span data-of="received">{speech.say(words.received)}</span>
        <span data-of="delivered">{speech.say(words.delivered)}</span>
      </p>
      <details>
        <summary>{speech.say(words.asTable)}</summary>
        <table aria-label={speech.say(words.minutesName)}>
          <thead>
            <tr>
              <th>{speech.say(words.minute)}</th>
              <th>{speech.say(words.received)}</th>
              <th>{speech.say(words.delivered)}</th>
            </tr>
          </thead>
          <tbody>
            {minutes
              .filter(({ received, delivered }) => received + delivered > 0)
              .map(({ at, received, delivered }) => (
                <tr key={at}>
                  <td>{times.clock(Date.parse(at))}</td>
                  <td>{speech.number(received)}</td>
                  <td>{speech.number(delivered)}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}
