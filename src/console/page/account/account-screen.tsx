import type { ReactNode } from 'react';
import { Head } from '../parts/head.tsx';
import { Reading } from '../parts/status.tsx';
import { useSpeech } from '../shell/speech-context.ts';
import { screenWords } from '../shell/words.ts';
import type { Me } from './me.ts';
import { signOut } from './sign-out.ts';
import { accountWords as words } from './words.ts';

export function AccountScreen({ me }: { readonly me: Me | undefined }): ReactNode {
  const { speech } = useSpeech();
  if (me === undefined) return <Reading />;
  return (
    <>
      <Head title={speech.say(screenWords.account)} {...(!me.users && { lead: speech.say(words.local) })} />
      <dl className="facts">
        <dt>{speech.say(words.you)}</dt>
        <dd>{me.name}</dd>
        <dt>{speech.say(words.role)}</dt>
        <dd>{speech.say(words.roles[me.role])}</dd>
        <dt>{speech.say(words.reveals)}</dt>
        <dd>{speech.say(me.mayReveal ? words.mayReveal : words.mayNotReveal)}</dd>
      </dl>
      {me.session && (
        <button type="button" onClick={() => void signOut(speech.language)}>
          {speech.say(words.signOut)}
        </button>
      )}
    </>
  );
}
