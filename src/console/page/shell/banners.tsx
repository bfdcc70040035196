import type { ReactNode } from 'react';
import type { Me } from '../account/me.ts';
import { addressOf } from '../address/place.ts';
import type { ShownOverview } from '../api/answers.ts';
import { Go } from '../parts/go.tsx';
import { Icon } from '../parts/icon.tsx';
import { useAway } from './away.ts';
import { useSpeech } from './speech-context.ts';
import { shellWords as words } from './words.ts';

interface Props {
  readonly overview: ShownOverview | undefined;
  readonly me: Me | undefined;
}

/** What everybody has to know, whatever screen they are at. */
export function Banners({ overview, me }: Props): ReactNode {
  const { speech, times } = useSpeech();
  const away = useAway();
  const refusing = overview?.intake.refusing ?? null;
  const refused = overview?.mappings.refused ?? 0;
  const older = me !== undefined && me.page !== null && me.page !== document.documentElement.dataset['script'];
  return (
    <div className="banners" role="status">
      {away !== undefined && (
        <p className="banner" data-tone="warn">
          <Icon of="warning" /> {speech.say(words.away, { time: times.clock(away) })}
        </p>
      )}
      {refusing !== null && (
        <p className="banner" data-tone="bad">
          <Icon of="warning" /> <b>{speech.say(words.refusing)}</b> {refusing}
        </p>
      )}
      {refused > 0 && (
        <p className="banner" data-tone="warn">
          <Icon of="warning" /> {speech.count(words.refused, refused)}{' '}
          <Go to={addressOf('mappings')}>{speech.say(words.seeMappings)}</Go>
        </p>
      )}
      {older && (
        <p className="banner" data-tone="busy">
          <Icon of="warning" /> {speech.say(words.newVersion)}{' '}
          <button type="button" onClick={() => location.reload()}>
            {speech.say(words.reload)}
          </button>
        </p>
      )}
    </div>
  );
}
