import type { ReactNode } from 'react';
import { addressOf } from '../address/place.ts';
import type { List, ShownBlocked } from '../api/answers.ts';
import { Head } from '../parts/head.tsx';
import { type Column, Rows } from '../parts/rows.tsx';
import { Nothing } from '../parts/status.tsx';
import { useList } from '../parts/use-list.ts';
import { Age } from '../parts/when.tsx';
import { useSpeech } from '../shell/speech-context.ts';
import { screenWords } from '../shell/words.ts';
import type { Speech } from '../words/speech.ts';
import { reasons } from '../../../words/reasons.ts';
import { blockedWords as words } from './words.ts';

type Row = ShownBlocked & { readonly id: number };

const byHead = ({ items }: List<ShownBlocked>): readonly Row[] => items.map((item) => ({ ...item, id: item.head }));

export function BlockedScreen(): ReactNode {
  const { speech } = useSpeech();
  const list = useList<Row>('/api/blocked', byHead);
  return (
    <>
      <Head title={speech.say(screenWords.blocked)} lead={speech.say(words.lead)} />
      <Rows
        list={list}
        name={speech.say(screenWords.blocked)}
        columns={columnsOf(speech)}
        to={({ head }) => addressOf('deliveries', head)}
        label={({ head, key, target }) => speech.say(words.row, { id: head, key, target })}
        nothing={
          <Nothing title={speech.say(words.none)}>
            <p>{speech.say(words.noneWhy)}</p>
          </Nothing>
        }
      />
    </>
  );
}

function columnsOf(speech: Speech): readonly Column<Row>[] {
  return [
    { name: speech.say(words.head), as: 'main', cell: ({ head }) => <b>{speech.nr(head)}</b> },
    { name: speech.say(words.key), cell: ({ key }) => key },
    { name: speech.say(words.target), cell: ({ target }) => target },
    {
      name: speech.say(words.why),
      as: 'grow',
      cell: ({ reason }) => speech.say(reasons[reason] ?? { ru: reason, en: reason }),
    },
    { name: speech.say(words.behind), as: 'number', cell: ({ behind }) => <b>{speech.many(behind)}</b> },
    { name: speech.say(words.since), as: 'number', cell: ({ since }) => <Age since={since} /> },
  ];
}
