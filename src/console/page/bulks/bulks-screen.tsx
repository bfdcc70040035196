import type { ReactNode } from 'react';
import { addressOf } from '../address/place.ts';
import type { ShownBulk } from '../api/answers.ts';
import { Head } from '../parts/head.tsx';
import { Mark } from '../parts/mark.tsx';
import { type Column, Rows } from '../parts/rows.tsx';
import { Nothing } from '../parts/status.tsx';
import { useList } from '../parts/use-list.ts';
import { When } from '../parts/when.tsx';
import { useSpeech } from '../shell/speech-context.ts';
import { screenWords } from '../shell/words.ts';
import type { Times } from '../time/times.ts';
import type { Speech } from '../words/speech.ts';
import { filterInWords } from './filter-words.ts';
import { bulksWords as words } from './words.ts';

export function BulksScreen(): ReactNode {
  const { speech, times } = useSpeech();
  const list = useList<ShownBulk>('/api/bulk');
  return (
    <>
      <Head title={speech.say(screenWords.bulks)} lead={speech.say(words.lead)} />
      <Rows
        list={list}
        name={speech.say(screenWords.bulks)}
        columns={columnsOf(speech, times)}
        to={({ id }) => addressOf('bulks', id)}
        label={({ id, action }) => speech.say(words.row, { id, action: speech.say(words[action]) })}
        nothing={
          <Nothing title={speech.say(words.none)}>
            <p>{speech.say(words.noneHow)}</p>
          </Nothing>
        }
      />
    </>
  );
}

function columnsOf(speech: Speech, times: Times): readonly Column<ShownBulk>[] {
  return [
    { name: speech.nrHead, as: 'faint', cell: ({ id }) => id },
    { name: speech.say(words.action), as: 'main', cell: ({ action }) => <b>{speech.say(words[action])}</b> },
    { name: speech.say(words.state), cell: ({ state }) => <Mark state={state} /> },
    { name: speech.say(words.filter), as: 'grow', cell: ({ filter }) => filterInWords(filter, speech, times) },
    {
      name: speech.say(words.done),
      as: 'number',
      cell: ({ done, total }) => `${speech.number(done)} / ${speech.number(total)}`,
    },
    { name: speech.say(words.failed), as: 'number', cell: ({ failed }) => speech.number(failed) },
    { name: speech.say(words.by), cell: ({ by }) => by },
    { name: speech.say(words.made), as: 'number', cell: ({ createdAt }) => <When at={createdAt} /> },
  ];
}
