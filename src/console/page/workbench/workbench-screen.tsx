import type { ReactNode } from 'react';
import type { Me } from '../account/me.ts';
import { Head } from '../parts/head.tsx';
import { useSpeech } from '../shell/speech-context.ts';
import { screenWords } from '../shell/words.ts';
import { Bench } from './bench.tsx';
import { Choice } from './choice.tsx';
import { workbenchWords as words } from './words.ts';

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
      {name === undefined ? <Choice me={me} /> : <Bench name={name} event={eventOf(query)} me={me} key={name} />}
    </>
  );
}

function eventOf(query: URLSearchParams): number | undefined {
  const id = Number(query.get('event') ?? '');
  return Number.isSafeInteger(id) && id > 0 ? id : undefined;
}
