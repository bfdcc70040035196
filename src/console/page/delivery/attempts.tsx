import type { ReactNode } from 'react';
import type { ShownAttempt } from '../api/answers.ts';
import { Icon } from '../parts/icon.tsx';
import { Json } from '../parts/json.tsx';
import { Mark } from '../parts/mark.tsx';
import { When } from '../parts/when.tsx';
import { useSpeech } from '../shell/speech-context.ts';
import { deliveryWords as words } from './words.ts';

interface Props {
  readonly attempts: readonly ShownAttempt[];
  /** Its mapping made no record. */
  readonly unmapped: boolean;
}

/** Every try on the wire, the latest first: it is the one that counts. */
export function Attempts({ attempts, unmapped }: Props): ReactNode {
  const { speech } = useSpeech();
  if (attempts.length === 0)
    return <p className="faint">{speech.say(unmapped ? words.nothingToSend : words.noAttempt)}</p>;
  return (
    <ol className="attempts" reversed>
      {attempts.toReversed().map((attempt, place) => (
        <li key={attempt.number}>
          <details open={place === 0}>
            <summary>
              <b>{speech.say(words.attempt, { n: attempt.number })}</b>
              <Mark state={attempt.outcome} />
              <span className="attempt-said">{attempt.summary}</span>
              <span className="faint">
                <When at={attempt.startedAt} />, {speech.say(words.milliseconds, { n: attempt.milliseconds })}
              </span>
            </summary>
            {attempt.warnings.length > 0 && (
              <ul className="findings" aria-label={speech.say(words.warnings)}>
                {attempt.warnings.map((warning) => (
                  <li key={warning}>{warning}</li>
                ))}
              </ul>
            )}
            {attempt.exchanges.map((exchange, turn) => (
              <Exchange key={turn} exchange={exchange} turn={turn + 1} />
            ))}
          </details>
        </li>
      ))}
    </ol>
  );
}

interface ExchangeProps {
  readonly exchange: ShownAttempt['exchanges'][number];
  readonly turn: number;
}

function Exchange({ exchange: { sent, received }, turn }: ExchangeProps): ReactNode {
  const { speech } = useSpeech();
  const [sentName, answeredName] = [speech.say(words.sent), speech.say(words.answered)];
  return (
    <div className="exchange">
      <div>
        <h4>
          <Icon of="there" /> {sentName} <code>{sent.summary}</code>
        </h4>
        {sent.body !== null && <Json value={sent.body} name={`${sentName} ${turn}`} />}
      </div>
      <div>
        <h4>
          <Icon of="back" /> {received === null ? speech.say(words.noAnswer) : answeredName}{' '}
          <code>{received?.summary ?? ''}</code>
        </h4>
        {received !== null && received.body !== null && <Json value={received.body} name={`${answeredName} ${turn}`} />}
      </div>
    </div>
  );
}
