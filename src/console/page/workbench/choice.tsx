import type { ReactNode } from 'react';
import type { Me } from '../account/me.ts';
import { addressOf } from '../address/place.ts';
import type { List, ShownMapping } from '../api/answers.ts';
import { useAnswer } from '../api/use-answer.ts';
import { DraftMark } from '../mappings/draft-mark.tsx';
import { Go } from '../parts/go.tsx';
import { Answered } from '../parts/status.tsx';
import { useSpeech } from '../shell/speech-context.ts';
import { workbenchWords as words } from './words.ts';

export function Choice({ me }: { readonly me: Me | undefined }): ReactNode {
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
                <DraftMark mapping={name} me={me} />
              </li>
            ))}
          </ul>
        )}
      </Answered>
    </section>
  );
}
