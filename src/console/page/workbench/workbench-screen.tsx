import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import type { Me } from '../account/me.ts';
import { addressOf } from '../address/place.ts';
import type { Completion, Draft, List, MappingPreview, ShownEvent, ShownMapping } from '../api/answers.ts';
import { ask } from '../api/ask.ts';
import { useAnswer } from '../api/use-answer.ts';
import { mapLine } from '../commands.ts';
import { Command } from '../parts/command.tsx';
import { Go } from '../parts/go.tsx';
import { Head } from '../parts/head.tsx';
import { Answered, Nothing } from '../parts/status.tsx';
import { useStayWhile } from '../parts/use-stay-while.ts';
import { useSpeech } from '../shell/speech-context.ts';
import { screenWords } from '../shell/words.ts';
import { EditorFrame } from './editor-frame.tsx';
import { offeredBy } from './offered.ts';
import { Outcome } from './outcome.tsx';
import { DraftActions } from './draft-actions.tsx';
import { MakeTest } from './make-test.tsx';
import { workbenchWords as words } from './words.ts';

const nothingFound: MappingPreview['faults'] = [];

interface Props {
  readonly name: string | undefined;
  /** Of the address: the event to look at. */
  readonly query: URLSearchParams;
  readonly me: Me | undefined;
}

export function WorkbenchScreen({ name, query, me }: Props): ReactNode {
  const { speech } = useSpeech();
  return (
    <>
      <Head title={name ?? speech.say(screenWords.workbench)} lead={speech.say(words.lead)} />
      {name === undefined ? <Choice /> : <Bench name={name} event={eventOf(query)} me={me} key={name} />}
    </>
  );
}

function eventOf(query: URLSearchParams): number | undefined {
  const id = Number(query.get('event') ?? '');
  return Number.isSafeInteger(id) && id > 0 ? id : undefined;
}

function Choice(): ReactNode {
  const { speech } = useSpeech();
  const mappings = useAnswer<List<ShownMapping>>('/api/mappings');
  return (
    <section aria-labelledby="choose">
      <h2 id="choose">{speech.say(words.choose)}</h2>
      <Answered from={mappings}>
        {({ items }) => (
          <ul className="became">
            {items.map(({ name, file, title }) => (
              <li key={file}>
                {name === null ? file : <Go to={addressOf('workbench', name)}>{name}</Go>} <span>{title}</span>
              </li>
            ))}
          </ul>
        )}
      </Answered>
    </section>
  );
}

interface BenchProps {
  readonly name: string;
  readonly event: number | undefined;
  readonly me: Me | undefined;
}

function Bench({ name, event, me }: BenchProps): ReactNode {
  const { language } = useSpeech().speech;
  const path = `/api/mappings/${encodeURIComponent(name)}/draft`;
  // Read once: what is being written is never replaced from outside.
  const draft = useQuery({
    queryKey: ['draft', name],
    queryFn: ({ signal }) => ask<Draft>(path, { language, signal }),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnMount: false,
  });
  const events = useAnswer<List<ShownEvent>>('/api/events?state=mapped&limit=20');
  return (
    <Answered from={draft}>
      {(begun) => <Pieces name={name} begun={begun} events={events.data?.items ?? []} wanted={event} me={me} />}
    </Answered>
  );
}

interface PiecesProps {
  readonly name: string;
  readonly begun: Draft;
  readonly events: readonly ShownEvent[];
  /** The event to begin with. */
  readonly wanted: number | undefined;
  readonly me: Me | undefined;
}

function Pieces({ name, begun, events, wanted, me }: PiecesProps): ReactNode {
  const { speech } = useSpeech();
  const [text, setText] = useState(begun.text);
  const [kept, setKept] = useState(begun.text);
  const [grown, setGrown] = useState<string>();
  const [chosen, setChosen] = useState(wanted);
  const event = chosen ?? events[0]?.id;
  const settled = useSettled(text, 300);
  // Which sets of the target the text names; asking the target is dearer than a preview.
  const named = useSettled(text, 1200);
  useStayWhile(text !== kept);
  const path = `/api/mappings/${encodeURIComponent(name)}`;
  const wish = { method: 'POST', body: { event, text: settled }, language: speech.language } as const;
  const preview = useQuery({
    queryKey: ['preview', name, event, settled, speech.language],
    queryFn: ({ signal }) => ask<MappingPreview>(`${path}/preview`, { ...wish, signal }),
    enabled: event !== undefined,
    placeholderData: (before) => before,
    staleTime: Infinity,
  });
  const completion = useQuery({
    queryKey: ['completion', name, event, named, speech.language],
    queryFn: ({ signal }) => ask<Completion>(`${path}/completion`, { ...wish, body: { event, text: named }, signal }),
    placeholderData: (before) => before,
    staleTime: Infinity,
  });
  const why = completion.data?.target?.why ?? null;
  return (
    <div className="bench">
      <div>
        <label className="field">
          <span>{speech.say(words.event)}</span>
          <select value={event ?? ''} onChange={({ target }) => setChosen(Number(target.value))}>
            {wanted !== undefined && !events.some(({ id }) => id === wanted) && (
              <option value={wanted}>{wanted}</option>
            )}
            {events.map(({ id, event: kind, type }) => (
              <option key={id} value={id}>
                {id} · {kind} {type}
              </option>
            ))}
          </select>
        </label>
        <EditorFrame
          text={begun.text}
          replaced={grown}
          changed={setText}
          offered={offeredBy(completion.data, speech)}
          faults={preview.data?.faults ?? nothingFound}
        />
        {why !== null && <p className="faint">{speech.say(words.undescribed, { why })}</p>}
        <p className="faint">{speech.say(words.leave)}</p>
        <DraftActions name={name} text={text} begun={begun} kept={setKept} mayWrite={me?.writesMappings === true} />
        {event !== undefined && <MakeTest name={name} text={text} event={event} made={setGrown} />}
        <Command line={mapLine(name, event)} />
      </div>
      <section aria-labelledby="result">
        <h2 id="result">{speech.say(words.result)}</h2>
        {event === undefined ? (
          <Nothing title={speech.say(words.noEvent)} />
        ) : (
          <Answered from={preview}>{(seen) => <Outcome seen={seen} />}</Answered>
        )}
      </section>
    </div>
  );
}

/** The value as it is once nobody has changed it for so many milliseconds. */
function useSettled(value: string, milliseconds: number): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return settled;
}
