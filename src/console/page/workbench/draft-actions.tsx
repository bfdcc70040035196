import { type ReactNode, useSyncExternalStore } from 'react';
import { useAct } from '../api/use-act.ts';
import { Refusal } from '../api/ask.ts';
import { Act } from '../parts/act.tsx';
import { useTell } from '../parts/notices.tsx';
import { useSpeech } from '../shell/speech-context.ts';
import { words as common } from '../words/common.ts';
import { Compare } from './compared.tsx';
import type { DraftKeeper } from './draft-keeper.ts';
import { workbenchWords as words } from './words.ts';

interface Props {
  readonly name: string;
  readonly text: string;
  readonly keeper: DraftKeeper;
  readonly mayWrite: boolean;
  /** Puts another text into the editor. */
  readonly replace: (text: string) => void;
}

/** Compare it over what came, take it away as a file, throw it away; write it only where the config allows. */
export function DraftActions({ name, text, keeper, mayWrite, replace }: Props): ReactNode {
  const { speech } = useSpeech();
  const tell = useTell();
  const act = useAct<{ readonly file: string }>();
  const standing = useSyncExternalStore(keeper.hear, () => keeper.standing);
  const isDraft = standing.is !== 'file' && standing.is !== 'dropped';
  const drop = (): void => {
    keeper
      .drop()
      .then(replace)
      .catch((error: unknown) => tell('bad', speech.say(error instanceof Refusal ? error.text : common.noAnswer)));
  };
  const write = (): void =>
    act.mutate(
      { path: `/api/mappings/${encodeURIComponent(name)}/write`, body: { text, base: keeper.begun.base } },
      {
        onSuccess: ({ file }) => {
          void keeper.written();
          tell('good', speech.say(words.written, { file }));
        },
      },
    );
  return (
    <>
      <div className="actions-row">
        {mayWrite && (
          <Act className="primary" onClick={write} busy={act.isPending}>
            {speech.say(words.write)}
          </Act>
        )}
        <a
          className="button"
          download={keeper.begun.file ?? `${name}.yaml`}
          href={`data:text/yaml;charset=utf-8,${encodeURIComponent(text)}`}
        >
          {speech.say(words.download)}
        </a>
        {isDraft && (
          <Act className="quiet" onClick={drop} busy={false}>
            {speech.say(words.drop)}
          </Act>
        )}
      </div>
      <Compare name={name} text={text} />
    </>
  );
}
