import { type ReactNode, useState } from 'react';
import { stateWords } from '../../../words/states.ts';
import type { Me } from '../account/me.ts';
import { may } from '../account/me.ts';
import { type DeliveryFilterWords, filterOf, isNarrowed } from '../address/delivery-filter.ts';
import { addressOf } from '../address/place.ts';
import type { List, ShownDelivery, ShownTarget } from '../api/answers.ts';
import { useAnswer } from '../api/use-answer.ts';
import { Go } from '../parts/go.tsx';
import { ListTools } from '../parts/list-tools.tsx';
import { Mark } from '../parts/mark.tsx';
import { type Column, Rows } from '../parts/rows.tsx';
import { Nothing } from '../parts/status.tsx';
import { useList } from '../parts/use-list.ts';
import { When } from '../parts/when.tsx';
import { targetStanding } from '../targets/target-standing.ts';
import { useSpeech } from '../shell/speech-context.ts';
import { screenWords } from '../shell/words.ts';
import { words as common } from '../words/common.ts';
import type { Speech } from '../words/speech.ts';
import { reasons } from '../../../words/reasons.ts';
import { standingOf } from '../words/states.ts';
import { FilterBar } from './filter-bar.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { deliveriesWords as words } from './words.ts';

interface Props {
  readonly query: URLSearchParams;
  readonly me: Me | undefined;
}

export function DeliveriesScreen({ query, me }: Props): ReactNode {
  const { speech, times } = useSpeech();
  const filter = filterOf(query);
  const parameters = new URLSearchParams({ ...filter }).toString();
  const path = `/api/deliveries${parameters === '' ? '' : `?${parameters}`}`;
  const list = useList<ShownDelivery>(path);
  const { data: targets } = useAnswer<List<ShownTarget>>('/api/targets');
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const toggle = (id: number): void => setChosen(chosen.has(id) ? without(chosen, id) : new Set([...chosen, id]));
  return (
    <>
      <div className="screen-head">
        <h1>{speech.say(screenWords.deliveries)}</h1>
        <p>{speech.say(words.lead)}</p>
      </div>
      <FilterBar filter={filter} rows={list.rows?.map(({ row }) => row) ?? []} />
      <Rows
        list={list}
        name={speech.say(screenWords.deliveries)}
        columns={columnsOf(speech, targets?.items ?? [])}
        to={({ id }) => addressOf('deliveries', id)}
        label={(row) =>
          speech.say(words.row, { id: row.id, target: row.target, state: speech.say(stateWords[standingOf(row)]) })
        }
        nothing={<NoDelivery filter={filter} />}
        selection={may(me, 'operator') ? { chosen, toggle, all: (ids) => setChosen(new Set(ids)) } : undefined}
      />
      {(list.rows?.length ?? 0) > 0 && (
        <ListTools<ShownDelivery>
          path={path}
          asOf={(to) => addressOf('deliveries', undefined, { to, ...filter })}
          file="deliveries"
          head={[speech.nrHead, ...exported.map((name) => speech.say(words[name]))]}
          cells={(row) => [
            String(row.id),
            speech.say(stateWords[standingOf(row)]),
            row.target,
            row.mapping,
            row.key ?? '',
            row.lastError ?? '',
            times.full(row.createdAt),
          ]}
        />
      )}
      {may(me, 'operator') && (list.rows?.length ?? 0) > 0 && (
        <SelectionBar filter={filter} chosen={[...chosen]} clear={() => setChosen(new Set())} />
      )}
    </>
  );
}

/** Columns of the file, behind the number. */
const exported = ['state', 'target', 'mapping', 'key', 'reason', 'since'] as const;

function without(chosen: ReadonlySet<number>, id: number): ReadonlySet<number> {
  return new Set([...chosen].filter((each) => each !== id));
}

function NoDelivery({ filter }: { readonly filter: DeliveryFilterWords }): ReactNode {
  const { speech } = useSpeech();
  return isNarrowed(filter) ? (
    <Nothing title={speech.say(words.fitsNothing)}>
      <p>{speech.say(words.fitsNothingWhy)}</p>
      <Go to={addressOf('deliveries')} className="button">
        {speech.say(common.clear)}
      </Go>
    </Nothing>
  ) : (
    <Nothing title={speech.say(words.none)}>
      <p>{speech.say(words.noneHow)}</p>
    </Nothing>
  );
}

function columnsOf(speech: Speech, targets: readonly ShownTarget[]): readonly Column<ShownDelivery>[] {
  return [
    { name: speech.nrHead, as: 'faint', cell: ({ id }) => id },
    { name: speech.say(words.state), as: 'main', cell: (row) => <Mark state={standingOf(row)} /> },
    { name: speech.say(words.target), cell: ({ target }) => <b>{target}</b> },
    { name: speech.say(words.person), cell: (row) => aboutOf(row, speech) },
    { name: speech.say(words.reason), as: 'grow', cell: (row) => whyOf(row, speech, targets) },
    { name: speech.say(words.since), as: 'number', cell: ({ createdAt }) => <When at={createdAt} /> },
    { name: speech.say(words.next), as: 'number', cell: ({ dueAt }) => <When at={dueAt} /> },
  ];
}

function aboutOf({ applicant, key }: ShownDelivery, speech: Speech): string {
  return applicant === null ? (key ?? '') : speech.say(words.about, { id: applicant });
}

/** What stands ahead of it in its lane is the reason, and where to go. */
function behindOf({ key, target, applicant }: ShownDelivery, speech: Speech): ReactNode {
  const ahead = key === null ? { applicant: applicant ?? undefined, target } : { key, target };
  return <Go to={addressOf('deliveries', undefined, ahead)}>{speech.say(words.queued)}</Go>;
}

function whyOf(row: ShownDelivery, speech: Speech, targets: readonly ShownTarget[]): ReactNode {
  const { state, reason, lastError, mapping, queued } = row;
  // What has not been tried waits for its target, where that does not take anything.
  const target = state === 'pending' && !queued ? targets.find(({ name }) => name === row.target) : undefined;
  const waits = target !== undefined && target.state !== 'active' && (lastError === null || target.state === 'paused');
  const why = state === 'dead' && reason !== null ? reasons[reason] : undefined;
  return (
    <span className="why">
      {why !== undefined && <b>{speech.say(why)}</b>} {state === 'delivered' ? null : lastError}
      {queued && behindOf(row, speech)}
      {waits && <b>{speech.say(words.waitsFor, { how: speech.say(targetStanding(target).word) })}</b>}
      <span className="faint"> {mapping}</span>
    </span>
  );
}
