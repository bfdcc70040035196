import type { ReactNode } from 'react';
import { addressOf } from '../address/place.ts';
import type { ShownAlarm } from '../api/answers.ts';
import { Go } from '../parts/go.tsx';
import { Head } from '../parts/head.tsx';
import { type Column, Rows } from '../parts/rows.tsx';
import { Nothing } from '../parts/status.tsx';
import { useList } from '../parts/use-list.ts';
import { When } from '../parts/when.tsx';
import { headline } from '../words/headline.ts';
import { useSpeech } from '../shell/speech-context.ts';
import { screenWords } from '../shell/words.ts';
import type { Speech } from '../words/speech.ts';
import { alarmsWords as words } from './words.ts';

export function AlarmsScreen(): ReactNode {
  const { speech } = useSpeech();
  const list = useList<ShownAlarm>('/api/alarms');
  return (
    <>
      <Head title={speech.say(screenWords.alarms)} lead={speech.say(words.lead)} />
      <Rows
        list={list}
        name={speech.say(screenWords.alarms)}
        columns={columnsOf(speech)}
        nothing={
          <Nothing title={speech.say(words.none)}>
            <p>{speech.say(words.noneWhy)}</p>
          </Nothing>
        }
      />
    </>
  );
}

/** The cause that an alarm names is a screen, not only a command. */
function What({ text }: { readonly text: string }): ReactNode {
  const { speech } = useSpeech();
  const [, cause] = /--cause ([0-9a-f]{16})\b/.exec(text) ?? [];
  return (
    <>
      {headline(text)}{' '}
      {cause !== undefined && (
        <Go className="within" to={addressOf('deliveries', undefined, { cause })}>
          {speech.say(words.cause)}
        </Go>
      )}
    </>
  );
}

function columnsOf(speech: Speech): readonly Column<ShownAlarm>[] {
  return [
    {
      name: speech.say(words.state),
      as: 'main',
      cell: ({ state }) => (
        <span className="mark" data-tone={state === 'raised' ? 'bad' : 'good'}>
          <i aria-hidden="true" />
          {speech.say(state === 'raised' ? words.open : words.over)}
        </span>
      ),
    },
    { name: speech.say(words.what), as: 'grow', cell: ({ text }) => <What text={text} /> },
    { name: speech.say(words.since), as: 'number', cell: ({ raisedAt }) => <When at={raisedAt} /> },
    { name: speech.say(words.ended), as: 'number', cell: ({ overAt }) => <When at={overAt} /> },
  ];
}
