import { type FormEvent, Fragment, type ReactNode } from 'react';
import type { Text } from '../../../text.ts';
import { auditActions, auditPlaces } from '../../../words/audit.ts';
import { addressOf } from '../address/place.ts';
import { goTo } from '../address/use-place.ts';
import type { ShownAudit } from '../api/answers.ts';
import { Go } from '../parts/go.tsx';
import { Head } from '../parts/head.tsx';
import { ListTools } from '../parts/list-tools.tsx';
import { type Column, Rows } from '../parts/rows.tsx';
import { Nothing } from '../parts/status.tsx';
import { useList } from '../parts/use-list.ts';
import { When } from '../parts/when.tsx';
import { useSpeech } from '../shell/speech-context.ts';
import { screenWords } from '../shell/words.ts';
import { words as common } from '../words/common.ts';
import type { Speech } from '../words/speech.ts';
import { auditWords as words } from './words.ts';

const filters = ['who', 'action', 'on'] as const;
const bounds = ['from', 'to'] as const;

export function AuditScreen({ query }: { readonly query: URLSearchParams }): ReactNode {
  const { speech, times } = useSpeech();
  const narrowing = [...filters, ...bounds].flatMap((name) => {
    const value = query.get(name) ?? '';
    return value === '' ? [] : [[name, value]];
  });
  const parameters = new URLSearchParams(narrowing).toString();
  const path = `/api/audit${parameters === '' ? '' : `?${parameters}`}`;
  const list = useList<ShownAudit>(path);
  const find = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const valueOf = (name: string): string => {
      const value = form.get(name);
      return typeof value === 'string' ? value.trim() : '';
    };
    goTo(addressOf('audit', undefined, Object.fromEntries(filters.map((name) => [name, valueOf(name)]))));
  };
  return (
    <>
      <Head title={speech.say(screenWords.audit)} lead={speech.say(words.lead)} />
      <form className="inline-fields" onSubmit={find} key={parameters}>
        {filters.map((name) => (
          <label key={name} className="field">
            <span>{speech.say(words[name])}</span>
            {name === 'action' ? (
              <ActionField chosen={query.get(name) ?? ''} />
            ) : (
              <input name={name} defaultValue={query.get(name) ?? ''} autoComplete="off" />
            )}
          </label>
        ))}
        <button type="submit">{speech.say(words.find)}</button>
      </form>
      <Rows
        list={list}
        name={speech.say(screenWords.audit)}
        columns={columnsOf(speech)}
        nothing={
          <Nothing title={speech.say(narrowing.length > 0 ? words.noneFits : words.none)}>
            {narrowing.length > 0 && (
              <Go to={addressOf('audit')} className="button">
                {speech.say(common.clear)}
              </Go>
            )}
          </Nothing>
        }
      />
      {(list.rows?.length ?? 0) > 0 && (
        <ListTools<ShownAudit>
          path={path}
          asOf={(to) => addressOf('audit', undefined, { to, ...Object.fromEntries(narrowing) })}
          file="audit"
          head={(['at', 'who', 'from', 'action', 'on'] as const).map((name) => speech.say(words[name]))}
          cells={({ at, who, from, action, on }) => [
            times.full(at),
            who,
            said(auditPlaces, from, speech),
            said(auditActions, action, speech),
            on.join(' '),
          ]}
        />
      )}
    </>
  );
}

function ActionField({ chosen }: { readonly chosen: string }): ReactNode {
  const { speech } = useSpeech();
  return (
    <select name="action" defaultValue={chosen}>
      <option value="">{speech.say(words.any)}</option>
      {Object.entries(auditActions).map(([action, said]) => (
        <option key={action} value={action}>
          {speech.say(said)}
        </option>
      ))}
    </select>
  );
}

function columnsOf(speech: Speech): readonly Column<ShownAudit>[] {
  return [
    { name: speech.say(words.at), cell: ({ at }) => <When at={at} /> },
    { name: speech.say(words.who), as: 'main', cell: ({ who }) => <b>{who}</b> },
    { name: speech.say(words.from), cell: ({ from }) => said(auditPlaces, from, speech) },
    { name: speech.say(words.action), cell: ({ action }) => said(auditActions, action, speech) },
    { name: speech.say(words.on), as: 'grow', cell: ({ on }) => <Things on={on} /> },
  ];
}

/** As the catalogue says it; a word that it does not know, of a later version, as it is. */
function said(catalogue: Readonly<Record<string, Text>>, word: string, speech: Speech): string {
  const text = Object.hasOwn(catalogue, word) ? catalogue[word] : undefined;
  return text === undefined ? word : speech.say(text);
}

const mostThings = 6;

function Things({ on }: { readonly on: readonly string[] }): ReactNode {
  const { speech } = useSpeech();
  const more = on.length - mostThings;
  return (
    <>
      {on.slice(0, mostThings).map((each, place) => (
        <Fragment key={each}>
          {place > 0 && ', '}
          <Thing named={each} />
        </Fragment>
      ))}{' '}
      {more > 0 && <span className="faint">{speech.say(words.more, { n: speech.number(more) })}</span>}
    </>
  );
}

const places: Readonly<Record<string, 'deliveries' | 'events' | 'targets' | 'mappings' | 'bulks' | 'people'>> = {
  delivery: 'deliveries',
  event: 'events',
  target: 'targets',
  mapping: 'mappings',
  bulk: 'bulks',
  applicant: 'people',
  person: 'people',
};

/** What was acted on, as kind/id: a link where the page has a screen for its kind. */
function Thing({ named }: { readonly named: string }): ReactNode {
  const { speech } = useSpeech();
  const [kind = '', ...rest] = named.split('/');
  const id = rest.join('/');
  const kinds: Readonly<Record<string, Text>> = words.thing;
  const noun = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  const shown = noun === undefined || id === '' ? named : speech.say(noun, { id });
  const screen = places[kind];
  if (screen === undefined || id === '') return <span className="thing">{shown}</span>;
  return (
    <Go className="thing" to={addressOf(screen, id)}>
      {shown}
    </Go>
  );
}
