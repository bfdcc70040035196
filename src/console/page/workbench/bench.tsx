import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { Me } from '../account/me.ts';
import type { Completion, List, MappingEvent, MappingPreview } from '../api/answers.ts';
import { ask } from '../api/ask.ts';
import { mapLine } from '../commands.ts';
import { Command } from '../parts/command.tsx';
import { Answered, Nothing } from '../parts/status.tsx';
import { useAskOnClose } from '../parts/use-stay-while.ts';
import { useSpeech } from '../shell/speech-context.ts';
import { DraftActions } from './draft-actions.tsx';
import type { DraftKeeper } from './draft-keeper.ts';
import { DraftState } from './draft-state.tsx';
import { EditorFrame } from './editor-frame.tsx';
import { EventChoice } from './event-choice.tsx';
import { MakeTest } from './make-test.tsx';
import { offeredBy } from './offered.ts';
import { openDraft } from './open-draft.ts';
import { Outcome } from './outcome.tsx';
import { useSettled } from './use-settled.ts';
import { workbenchWords as words } from './words.ts';

const nothingFound: MappingPreview['faults'] = [];
/** Events are read for their choice with their bodies; milliseconds. */
const eventsEvery = 30_000;

interface Props {
  readonly name: string;
  /** To begin with. */
  readonly event: number | undefined;
  readonly me: Me | undefined;
}

export function Bench({ name, event, me }: Props): ReactNode {
  const { language } = useSpeech().speech;
  const mayWrite = me?.writesMappings === true;
  // Read once: what is being written is never replaced from outside.
  const draft = useQuery({
    queryKey: ['draft', name],
    queryFn: () => openDraft(name, language),
    staleTime: 'static',
    gcTime: 0,
  });
  const events = useQuery({
    queryKey: ['mapping events', name, language],
    queryFn: ({ signal }) =>
      ask<List<MappingEvent>>(`/api/mappings/${encodeURIComponent(name)}/events`, { language, signal }),
    staleTime: 'static',
    refetchInterval: eventsEvery,
  });
  return (
    <Answered from={draft}>
      {(keeper) => (
        <Pieces
          name={name}
          keeper={keeper}
          events={events.data?.items ?? []}
          isChoosing={events.isPending}
          wanted={event}
          mayWrite={mayWrite}
        />
      )}
    </Answered>
  );
}

interface PiecesProps {
  readonly name: string;
  readonly keeper: DraftKeeper;
  readonly events: readonly MappingEvent[];
  /** They are not known yet. */
  readonly isChoosing: boolean;
  readonly wanted: number | undefined;
  readonly mayWrite: boolean;
}

function Pieces({ name, keeper, events, isChoosing, wanted, mayWrite }: PiecesProps): ReactNode {
  const { speech } = useSpeech();
  const [text, setText] = useState(keeper.text);
  const [replaced, setReplaced] = useState<{ readonly text: string }>();
  const [chosen, setChosen] = useState(wanted);
  const event = chosen ?? (events.find((each) => each.wanted) ?? events[0])?.id;
  const write = useCallback(
    (next: string) => {
      setText(next);
      keeper.write(next);
    },
    [keeper],
  );
  const keep = useCallback(() => void keeper.keep(), [keeper]);
  // Whoever leaves the screen does not wait for a pause in the writing.
  useEffect(() => keep, [keep]);
  useAskOnClose(useSyncExternalStore(keeper.hear, () => keeper.isUnkept));
  const settled = useSettled(text, 300);
  // Which sets of the target the text names; asking the target is dearer than a preview.
  const named = useSettled(text, 1200);
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
    enabled: event !== undefined || !isChoosing,
    placeholderData: (before) => before,
    staleTime: Infinity,
  });
  const why = completion.data?.target?.why ?? null;
  const replace = (next: string): void => setReplaced({ text: next });
  return (
    <div className="bench">
      <DraftState name={name} keeper={keeper} mayWrite={mayWrite} replace={replace} />
      <div className="bench-text">
        <EventChoice events={events} chosen={event} choose={setChosen} />
        <EditorFrame
          text={keeper.text}
          replaced={replaced}
          changed={write}
          keep={keep}
          offered={offeredBy(completion.data, speech)}
          faults={preview.data?.faults ?? nothingFound}
        />
        {why !== null && <p className="faint">{speech.say(words.undescribed, { why })}</p>}
        <p className="faint">{speech.say(words.leave)}</p>
        <DraftActions name={name} text={text} keeper={keeper} mayWrite={mayWrite} replace={replace} />
        {event !== undefined && <MakeTest name={name} text={text} event={event} made={replace} />}
        <Command line={mapLine(name, event)} />
      </div>
      <section aria-labelledby="result">
        <h2 id="result">{speech.say(words.result)}</h2>
        {event === undefined && !isChoosing ? (
          <Nothing title={speech.say(words.noEvent)} />
        ) : (
          <Answered from={preview}>{(seen) => <Outcome seen={seen} />}</Answered>
        )}
      </section>
    </div>
  );
}
