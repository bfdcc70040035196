import type { FormEvent, ReactNode } from 'react';
import { addressOf } from '../address/place.ts';
import { goTo } from '../address/use-place.ts';
import type { ShownAudit } from '../api/answers.ts';
import { Go } from '../parts/go.tsx';
import { Head } from '../parts/head.tsx';
import { type Column, Rows } from '../parts/rows.tsx';
import { Nothing } from '../parts/status.tsx';
import { useList } from '../parts/use-list.ts';
import { When } from '../parts/when.tsx';
import { useSpeech } from '../shell/speech-context.ts';
import { screenWords } from '../shell/words.ts';
import { words as common } from '../words/common.ts';
import type { Speech } from '../words/speech.ts';
import { auditPlaces, auditWords as words } from './words.ts';

const filters = ['who', 'action', 'on'] as const;

export function AuditScreen({ query }: { readonly query: URLSearchParams }): ReactNode {
  const { speech } = useSpeech();
  const said = filters.flatMap((name) => {
    const value = query.get(name) ?? '';
    return value === '' ? [] : [[name, value]];
  });
  const parameters = new URLSearchParams(said).toString();
  const list = useList<ShownAudit>(`/api/audit${parameters === '' ? '' : `?${parameters}`}`);
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
            <input name={name} defaultValue={query.get(name) ?? ''} autoComplete="off" />
          </label>
        ))}
        <button type="submit">{speech.say(words.find)}</button>
      </form>
      <Rows
        list={list}
        name={speech.say(screenWords.audit)}
        columns={columnsOf(speech)}
        nothing={
          <Nothing title={speech.say(said.length > 0 ? words.noneFits : words.none)}>
            {said.length > 0 && (
              <Go to={addressOf('audit')} className="button">
                {speech.say(common.clear)}
              </Go>
            )}
          </Nothing>
        }
      />
    </>
  );
}

function columnsOf(speech: Speech): readonly Column<ShownAudit>[] {
  return [
    { name: speech.say(words.at), cell: ({ at }) => <When at={at} /> },
    { name: speech.say(words.who), as: 'main', cell: ({ who }) => <b>{who}</b> },
    { name: speech.say(words.from), cell: ({ from }) => speech.say(auditPlaces[from] ?? { ru: from, en: from }) },
    { name: speech.say(words.action), cell: ({ action }) => <code>{action}</code> },
    { name: speech.say(words.on), as: 'grow', cell: ({ on }) => on.map((each) => <Thing key={each} named={each} />) },
  ];
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
  const [kind = '', ...rest] = named.split('/');
  const screen = places[kind];
  if (screen === undefined || rest.length === 0) return <span className="thing">{named}</span>;

  return (
    <Go className="thing" to={addressOf(screen, rest.join('/'))}>
      {named}
    </Go>
  );
}
