import type { ReactNode } from 'react';
import type { Comparison, Draft } from '../api/answers.ts';
import { useAct } from '../api/use-act.ts';
import { Command } from '../parts/command.tsx';
import { useTell } from '../parts/notices.tsx';
import { useSpeech } from '../shell/speech-context.ts';
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
  const compare = useAct<Comparison>();
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
        <button type="button" className="primary" onClick={save} disabled={act.isPending}>
          {speech.say(words.save)}
        </button>
        <button
          type="button"
          disabled={compare.isPending}
          onClick={() => compare.mutate({ path: `${path}/diff`, body: { text } })}
        >
          {speech.say(words.compare)}
        </button>
        <a
          className="button"
          download={begun.file ?? `${name}.yaml`}
          href={`data:text/yaml;charset=utf-8,${encodeURIComponent(text)}`}
        >
          {speech.say(words.download)}
        </a>
        {mayWrite && (
          <button type="button" onClick={write} disabled={act.isPending}>
            {speech.say(words.write)}
          </button>
        )}
      </div>
      {compare.data !== undefined && <p role="status">{speech.say(words.compared, { ...countsOf(compare.data) })}</p>}
      <Command line={`npx huntflow-connector map ${name} --explain`} />
    </>
  );
}

function countsOf({ events, same, changed, new: made, gone, failed }: Comparison) {
  return { events, same, changed, new: made, gone, failed };
}
