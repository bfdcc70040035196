import type { ReactNode } from 'react';
import type { Me } from '../account/me.ts';
import type { List, ShownTarget } from '../api/answers.ts';
import { useAnswer } from '../api/use-answer.ts';
import { Head } from '../parts/head.tsx';
import { Answered, Nothing } from '../parts/status.tsx';
import { useSpeech } from '../shell/speech-context.ts';
import { screenWords } from '../shell/words.ts';
import { TargetCard } from './target-card.tsx';
import { targetsWords as words } from './words.ts';

interface Props {
  /** Only this one. */
  readonly name: string | undefined;
  readonly me: Me | undefined;
}

export function TargetsScreen({ name, me }: Props): ReactNode {
  const { speech } = useSpeech();
  const targets = useAnswer<List<ShownTarget>>('/api/targets');
  return (
    <>
      <Head title={name ?? speech.say(screenWords.targets)} lead={speech.say(words.lead)} />
      <Answered from={targets}>
        {({ items }) => <Cards targets={items.filter((each) => name === undefined || each.name === name)} me={me} />}
      </Answered>
    </>
  );
}

function Cards({ targets, me }: { readonly targets: readonly ShownTarget[]; readonly me: Me | undefined }): ReactNode {
  const { speech } = useSpeech();
  if (targets.length === 0)
    return (
      <Nothing title={speech.say(words.none)}>
        <p>{speech.say(words.noneHow)}</p>
      </Nothing>
    );
  return (
    <ul className="targets">
      {targets.map((target) => (
        <TargetCard key={target.name} target={target} me={me} />
      ))}
    </ul>
  );
}
