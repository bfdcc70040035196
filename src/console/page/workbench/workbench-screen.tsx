import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Me } from '../account/me.ts';
import { addressOf } from '../address/place.ts';
import type { Completion, Draft, List, MappingPreview, ShownEvent, ShownMapping } from '../api/answers.ts';
import { ask } from '../api/ask.ts';
import { useAnswer } from '../api/use-answer.ts';
import { Go } from '../parts/go.tsx';
import { Head } from '../parts/head.tsx';
import { Answered, Nothing } from '../parts/status.tsx';
import { useStayWhile } from '../parts/use-stay-while.ts';
import { useSpeech } from '../shell/speech-context.ts';
import { screenWords } from '../shell/words.ts';
import { openEditor, type Offered } from './editor.ts';
import { Outcome } from './outcome.tsx';
import { DraftActions } from './draft-actions.tsx';
import { workbenchWords as words } from './words.ts';

interface Props {
  readonly name: string | undefined;
  readonly me: Me | undefined;
}

export function WorkbenchScreen({ name, me }: Props): ReactNode {
  const { speech } = useSpeech();
  return (
    <>
      <Head title={name ?? speech.say(screenWords.workbench)} lead={speech.say(words.lead)} />
      {name === undefined ? <Choice /> : <Bench name={name} me={me} key={name} />}
    </>
  );
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

function Bench({ name, me }: { readonly name: string; readonly me: Me | undefined }): ReactNode {
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
      {(begun) => <Pieces name={name} begun={begun} events={events.data?.items ?? []} me={me} />}
    </Answered>
  );
}

interface PiecesProps {
  readonly name: string;
  readonly begun: Draft;
  readonly events: readonly ShownEvent[];
  readonly me: Me | undefined;
}

function Pieces({ name, begun, events, me }: PiecesProps): ReactNode {
  const { speech } = useSpeech();
  const [text, setText] = useState(begun.text);
  const [kept, setKept] = useState(begun.text);
  const [chosen, setChosen] = useState<number>();
  const event = chosen ?? events[0]?.id;
  const settled = useSettled(text, 300);
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
    queryKey: ['completion', name, event, speech.language],
    queryFn: ({ signal }) => ask<Completion>(`${path}/completion`, { ...wish, signal }),
    staleTime: Infinity,
  });
  return (
    <div className="bench">
      <div>
        <label className="field">
          <span>{speech.say(words.event)}</span>
          <select value={event ?? ''} onChange={({ target }) => setChosen(Number(target.value))}>
            {events.map(({ id, event: kind, type }) => (
              <option key={id} value={id}>
                {id} · {kind} {type}
              </option>
            ))}
          </select>
        </label>
        <Editor text={begun.text} changed={setText} offered={offeredBy(completion.data)} />
        <p className="faint">{speech.say(words.leave)}</p>
        <DraftActions name={name} text={text} begun={begun} kept={setKept} mayWrite={me?.writesMappings === true} />
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

function offeredBy(completion: Completion | undefined): readonly Offered[] {
  if (completion === undefined) return [];
  return [
    ...completion.names.map(({ name, value }) => ({ label: name, detail: value ?? '' })),
    ...completion.dictionaries.map(({ name, keys }) => ({ label: name, detail: `${keys.length}` })),
    ...(completion.target?.sets ?? []).flatMap((set) =>
      set.fields.map(({ name, type, published }) => ({
        label: name,
        detail: `${set.name} ${type ?? ''}${published ? '' : ' !'}`,
      })),
    ),
  ];
}

interface EditorProps {
  readonly text: string;
  readonly changed: (text: string) => void;
  readonly offered: readonly Offered[];
}

function Editor({ text, changed, offered }: EditorProps): ReactNode {
  const { speech } = useSpeech();
  const place = useRef<HTMLDivElement>(null);
  const latest = useRef(offered);
  const name = speech.say(words.file);
  useEffect(() => {
    latest.current = offered;
  }, [offered]);
  useEffect(() => {
    if (place.current === null) return undefined;
    const editor = openEditor({ parent: place.current, text, name, changed, offered: () => latest.current });
    return () => editor.destroy();
  }, [text, name, changed]);
  return <div className="editor" ref={place} />;
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
