import type { ReactNode } from 'react';
import { useAct } from '../api/use-act.ts';
import { captureLine } from '../commands.ts';
import { Act } from '../parts/act.tsx';
import { Command } from '../parts/command.tsx';
import { useTell } from '../parts/notices.tsx';
import { useSpeech } from '../shell/speech-context.ts';
import { workbenchWords as words } from './words.ts';

interface Props {
  readonly name: string;
  readonly text: string;
  readonly event: number;
  /** The text with the test in it. */
  readonly made: (text: string) => void;
}

/** The event that is looked at becomes a test of the mapping; the people in it are invented by the service. */
export function MakeTest({ name, text, event, made }: Props): ReactNode {
  const { speech } = useSpeech();
  const tell = useTell();
  const act = useAct<{ readonly text: string; readonly expects: 'record' | 'skipped' }>();
  const make = (): void =>
    act.mutate(
      { path: `/api/mappings/${encodeURIComponent(name)}/test`, body: { event, text } },
      {
        onSuccess: (answer) => {
          made(answer.text);
          tell('good', speech.say(answer.expects === 'skipped' ? words.testSkips : words.testMade));
        },
      },
    );
  return (
    <div className="actions-row">
      <Act onClick={make} busy={act.isPending}>
        {speech.say(words.makeTest)}
      </Act>
      <Command line={captureLine(name, event)} />
    </div>
  );
}
