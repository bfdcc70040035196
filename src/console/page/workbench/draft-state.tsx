import { type ReactNode, useSyncExternalStore } from 'react';
import type { Draft, List, ShownMapping } from '../api/answers.ts';
import { Refusal } from '../api/ask.ts';
import { useAnswer } from '../api/use-answer.ts';
import { useSpeech } from '../shell/speech-context.ts';
import { useNow } from '../time/use-now.ts';
import { words as common } from '../words/common.ts';
import type { DraftKeeper } from './draft-keeper.ts';
import { workbenchWords as words } from './words.ts';

interface Props {
  readonly name: string;
  readonly keeper: DraftKeeper;
  readonly mayWrite: boolean;
  /** Puts another text into the editor. */
  readonly replace: (text: string) => void;
}

/** Whether one looks at what is in force or at a draft of one's own, whether that is kept, and how it comes into force. */
export function DraftState({ name, keeper, mayWrite, replace }: Props): ReactNode {
  const { speech } = useSpeech();
  const standing = useSyncExternalStore(keeper.hear, () => keeper.standing);
  const file = keeper.begun.file ?? `${name}.yaml`;
  const isDraft = standing.is !== 'file' && standing.is !== 'dropped';
  return (
    <div
      className="draft-state"
      data-tone={standing.is === 'unkept' || standing.is === 'clash' ? 'bad' : isDraft ? 'warn' : 'good'}
      role="status"
    >
      <p>
        <b>{isDraft ? speech.say(words.isDraft) : <OfFile name={name} file={file} />}</b> <Kept keeper={keeper} />{' '}
        {standing.is === 'dropped' && (
          <button type="button" onClick={() => replace(keeper.takeBack())}>
            {speech.say(words.takeBack)}
          </button>
        )}
      </p>
      {standing.is === 'clash' && (
        <p>
          <button type="button" onClick={() => keeper.insist()}>
            {speech.say(words.insist)}
          </button>
          <button type="button" onClick={() => void keeper.giveWay().then(replace)}>
            {speech.say(words.giveWay)}
          </button>
        </p>
      )}
      {isDraft && <p>{speech.say(mayWrite ? words.howWrite : words.howDownload, { file })}</p>}
      {isDraft && <Overtaken name={name} keeper={keeper} file={file} />}
    </div>
  );
}

/** A refused file is opened all the same: it is what has to be mended. */
function OfFile({ name, file }: { readonly name: string; readonly file: string }): ReactNode {
  const { speech } = useSpeech();
  const { data } = useAnswer<List<ShownMapping>>('/api/mappings');
  const refused = data?.items.find((mapping) => mapping.name === name)?.refused === true;
  return speech.say(refused ? words.isRefused : words.isFile, { file });
}

function Kept({ keeper }: { readonly keeper: DraftKeeper }): ReactNode {
  const { speech, times } = useSpeech();
  const now = useNow(60_000);
  const standing = useSyncExternalStore(keeper.hear, () => keeper.standing);
  switch (standing.is) {
    case 'file':
      return null;
    case 'typed':
      return speech.say(words.keeping);
    case 'kept':
      return speech.say(words.kept, { time: times.brief(standing.at, now) });
    case 'dropped':
      return speech.say(words.dropped);
    case 'clash':
      return speech.say(words.clash);
    case 'unkept': {
      const why = standing.why instanceof Refusal ? standing.why.text : common.noAnswer;
      return speech.say(words.unkept, { why: speech.say(why) });
    }
  }
}

interface OvertakenProps {
  readonly name: string;
  readonly keeper: DraftKeeper;
  readonly file: string;
}

/** Somebody changed the file while one worked on the draft. */
function Overtaken({ name, keeper, file }: OvertakenProps): ReactNode {
  const { speech } = useSpeech();
  const { data } = useAnswer<Draft>(`/api/mappings/${encodeURIComponent(name)}/draft`);
  if (data === undefined || data.sourceHash === null || data.sourceHash === keeper.begun.base) return null;
  return <p data-tone="bad">{speech.say(words.overtaken, { file })}</p>;
}
