import { type ReactNode, useState } from 'react';
import { type Me, may } from '../account/me.ts';
import { addressOf } from '../address/place.ts';
import type { ShownAttention } from '../api/answers.ts';
import { useAct } from '../api/use-act.ts';
import { Act } from '../parts/act.tsx';
import { seenLine } from '../commands.ts';
import { Command } from '../parts/command.tsx';
import { Head } from '../parts/head.tsx';
import { useTell } from '../parts/notices.tsx';
import { type Column, Rows } from '../parts/rows.tsx';
import { Nothing } from '../parts/status.tsx';
import { useList } from '../parts/use-list.ts';
import { When } from '../parts/when.tsx';
import { useSpeech } from '../shell/speech-context.ts';
import { screenWords } from '../shell/words.ts';
import type { Speech } from '../words/speech.ts';
import { attentionWords as words } from './words.ts';

export function AttentionScreen({ me }: { readonly me: Me | undefined }): ReactNode {
  const { speech } = useSpeech();
  const tell = useTell();
  const act = useAct<{ readonly seen: readonly number[] }>();
  const list = useList<ShownAttention>('/api/attention');
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const toggle = (id: number): void =>
    setChosen(new Set(chosen.has(id) ? [...chosen].filter((each) => each !== id) : [...chosen, id]));
  const mark = (): void =>
    act.mutate(
      { path: '/api/attention/seen', body: { ids: [...chosen] } },
      {
        onSuccess: ({ seen }) => {
          setChosen(new Set());
          tell('good', speech.say(words.marked, { n: seen.length }));
        },
      },
    );
  return (
    <>
      <Head title={speech.say(screenWords.attention)} lead={speech.say(words.lead)} />
      <Rows
        list={list}
        name={speech.say(screenWords.attention)}
        columns={columnsOf(speech)}
        to={({ id }) => addressOf('deliveries', id)}
        label={({ id, target }) => speech.say(words.row, { id, target })}
        nothing={
          <Nothing title={speech.say(words.none)}>
            <p>{speech.say(words.noneWhy)}</p>
          </Nothing>
        }
        selection={may(me, 'operator') ? { chosen, toggle, all: (ids) => setChosen(new Set(ids)) } : undefined}
      />
      {chosen.size > 0 && (
        <div className="actions-bar">
          <Act className="primary" onClick={mark} busy={act.isPending}>
            {speech.say(words.seen, { n: chosen.size })}
          </Act>
          <Command line={seenLine([...chosen])} />
        </div>
      )}
    </>
  );
}

function columnsOf(speech: Speech): readonly Column<ShownAttention>[] {
  return [
    { name: speech.say(words.delivery), as: 'main', cell: ({ id }) => <b>{speech.nr(id)}</b> },
    { name: speech.say(words.target), cell: ({ target }) => target },
    { name: speech.say(words.findings), as: 'grow', cell: ({ findings }) => findings.join('; ') },
    { name: speech.say(words.delivered), as: 'number', cell: ({ deliveredAt }) => <When at={deliveredAt} /> },
  ];
}
