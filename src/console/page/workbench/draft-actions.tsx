import type { ReactNode } from 'react';
import type { Draft } from '../api/answers.ts';
import { useAct } from '../api/use-act.ts';
import { Act } from '../parts/act.tsx';
import { useTell } from '../parts/notices.tsx';
import { useSpeech } from '../shell/speech-context.ts';
import { Compare } from './compared.tsx';
import { workbenchWords as words } from './words.ts';

interface Props {
  readonly name: string;
  readonly text: string;
  readonly begun: Draft;
  readonly kept: (text: string) => void;
  readonly mayWrite: boolean;
}

/** Keep it, compare it over what came, take it away as a file; write it only where the config allows. */
export function DraftActions({ name, text, begun, kept, mayWrite }: Props): ReactNode {
  const { speech } = useSpeech();
  const tell = useTell();
  const act = useAct<{ readonly file?: string }>();
  const path = `/api/mappings/${encodeURIComponent(name)}`;
  const save = (): void =>
    act.mutate(
      { path: `${path}/draft`, method: 'PUT', body: { text, base: begun.base } },
      {
        onSuccess: () => {
          kept(text);
          tell('good', speech.say(words.saved));
        },
      },
    );
  const drop = (): void =>
    act.mutate(
      { path: `${path}/draft`, method: 'DELETE' },
      {
        onSuccess: () => {
          kept(text);
          location.reload();
        },
      },
    );
  const write = (): void =>
    act.mutate(
      { path: `${path}/write`, body: { text, base: begun.base } },
      {
        onSuccess: ({ file }) => {
          kept(text);
          tell('good', speech.say(words.written, { file: file ?? name }));
        },
      },
    );
  return (
    <>
      <div className="actions-row">
        <Act className="primary" onClick={save} busy={act.isPending}>
          {speech.say(words.save)}
        </Act>
        <a
          className="button"
          download={begun.file ?? `${name}.yaml`}
          href={`data:text/yaml;charset=utf-8,${encodeURIComponent(text)}`}
        >
          {speech.say(words.download)}
        </a>
        {begun.savedAt !== null && (
          <Act className="quiet" onClick={drop} busy={act.isPending}>
            {speech.say(words.drop)}
          </Act>
        )}
        {mayWrite && (
          <Act onClick={write} busy={act.isPending}>
            {speech.say(words.write)}
          </Act>
        )}
      </div>
      <Compare name={name} text={text} />
    </>
  );
}
