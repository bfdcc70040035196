import type { ReactNode } from 'react';
import { stateWords } from '../../../words/states.ts';
import { addressOf } from '../address/place.ts';
import type { ShownEvent } from '../api/answers.ts';
import { Go } from '../parts/go.tsx';
import { Head } from '../parts/head.tsx';
import { ListTools } from '../parts/list-tools.tsx';
import { Mark } from '../parts/mark.tsx';
import { type Column, Rows } from '../parts/rows.tsx';
import { Nothing } from '../parts/status.tsx';
import { useList } from '../parts/use-list.ts';
import { When } from '../parts/when.tsx';
import { useSpeech } from '../shell/speech-context.ts';
import { screenWords } from '../shell/words.ts';
import { words as common } from '../words/common.ts';
import type { Speech } from '../words/speech.ts';
import { eventsWords as words } from './words.ts';

const states = ['received', 'mapped', 'skipped', 'failed'] as const;
const filters = ['state', 'source', 'event', 'type', 'applicant', 'q', 'from', 'to'] as const;

export function EventsScreen({ query }: { readonly query: URLSearchParams }): ReactNode {
  const { speech, times } = useSpeech();
  const said = filters.flatMap((name) => {
    const value = query.get(name) ?? '';
    return value === '' ? [] : [[name, value]];
  });
  const parameters = new URLSearchParams(said).toString();
  const path = `/api/events${parameters === '' ? '' : `?${parameters}`}`;
  const list = useList<ShownEvent>(path);
  const state = query.get('state');
  return (
    <>
      <Head title={speech.say(screenWords.events)} lead={speech.say(words.lead)} />
      <ul className="tabs" aria-label={speech.say(words.state)}>
        {[undefined, ...states].map((each) => (
          <li key={each ?? 'any'}>
            <Go
              to={addressOf('events', undefined, { ...Object.fromEntries(said), state: each })}
              {...((each ?? null) === state && { 'aria-current': 'true' as const })}
            >
              {speech.say(each === undefined ? words.any : stateWords[each])}
            </Go>
          </li>
        ))}
      </ul>
      <Rows
        list={list}
        name={speech.say(screenWords.events)}
        columns={columnsOf(speech)}
        to={({ id }) => addressOf('events', id)}
        label={(row) => speech.say(words.row, { id: row.id, type: typeOf(row) })}
        nothing={<NoEvent narrowed={said.length > 0} />}
      />
      {(list.rows?.length ?? 0) > 0 && (
        <ListTools<ShownEvent>
          path={path}
          asOf={(to) => addressOf('events', undefined, { to, ...Object.fromEntries(said) })}
          file="events"
          head={[
            speech.nrHead,
            ...(['state', 'type', 'source', 'received'] as const).map((name) => speech.say(words[name])),
          ]}
          cells={(row) => [
            String(row.id),
            speech.say(stateWords[row.state]),
            typeOf(row),
            row.source,
            times.full(row.receivedAt),
          ]}
        />
      )}
    </>
  );
}

function NoEvent({ narrowed }: { readonly narrowed: boolean }): ReactNode {
  const { speech } = useSpeech();
  return narrowed ? (
    <Nothing title={speech.say(words.noneFits)}>
      <Go to={addressOf('events')} className="button">
        {speech.say(common.clear)}
      </Go>
    </Nothing>
  ) : (
    <Nothing title={speech.say(words.none)}>
      <p>{speech.say(words.noneHow)}</p>
    </Nothing>
  );
}

export function typeOf({ event, type, action }: Pick<ShownEvent, 'event' | 'type' | 'action'>): string {
  return [event, type, action].filter((part) => part !== null).join(' · ');
}

function columnsOf(speech: Speech): readonly Column<ShownEvent>[] {
  return [
    { name: speech.nrHead, as: 'faint', cell: ({ id }) => id },
    { name: speech.say(words.state), as: 'main', cell: ({ state }) => <Mark state={state} /> },
    { name: speech.say(words.type), as: 'grow', cell: (row) => <b>{typeOf(row)}</b> },
    { name: speech.say(words.source), cell: ({ source }) => source },
    { name: speech.say(words.received), as: 'number', cell: ({ receivedAt }) => <When at={receivedAt} /> },
  ];
}
