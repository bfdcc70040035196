import { type FormEvent, type ReactNode, useState } from 'react';
import { addressOf } from '../address/place.ts';
import { goTo } from '../address/use-place.ts';
import type { DeliveryDetail } from '../api/answers.ts';
import { useAct } from '../api/use-act.ts';
import { useAnswer } from '../api/use-answer.ts';
import { offeredLine } from '../commands.ts';
import { Command } from '../parts/command.tsx';
import { Head } from '../parts/head.tsx';
import { useTell } from '../parts/notices.tsx';
import { Answered } from '../parts/status.tsx';
import { useStayWhile } from '../parts/use-stay-while.ts';
import { useSpeech } from '../shell/speech-context.ts';
import { editWords as words } from './words.ts';

/** A step asked which object is meant: a person says so once, and it is kept. */
export function ChooseScreen({ id }: { readonly id: string }): ReactNode {
  const { speech } = useSpeech();
  const tell = useTell();
  const act = useAct();
  const answer = useAnswer<DeliveryDetail>(`/api/deliveries/${encodeURIComponent(id)}`);
  const [typed, setTyped] = useState(false);
  useStayWhile(typed);
  const choose = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const object = form.get('object');
    const named = typeof object === 'string' && object.trim() !== '' ? { object: object.trim() } : { new: true };
    act.mutate(
      { path: `/api/deliveries/${encodeURIComponent(id)}/choose`, body: { step: form.get('step'), ...named } },
      {
        onSuccess: () => {
          tell('good', speech.say(words.answered, { id }));
          goTo(addressOf('deliveries', id), { instead: true, done: true });
        },
      },
    );
  };
  return (
    <>
      <Head title={speech.say(words.chooseTitle, { id })} lead={speech.say(words.chooseLead)} />
      <Answered from={answer}>
        {({ lastError, actions }) => (
          <form className="narrow" onSubmit={choose} onChange={() => setTyped(true)}>
            {lastError !== null && <p className="said-why">{lastError}</p>}
            <label className="field">
              <span>{speech.say(words.step)}</span>
              <input name="step" required autoComplete="off" />
            </label>
            <label className="field">
              <span>{speech.say(words.object)}</span>
              <input name="object" autoComplete="off" />
            </label>
            <button type="submit" className="primary" disabled={act.isPending}>
              {speech.say(words.answer)}
            </button>
            {actions
              .filter(({ action }) => action === 'choose')
              .map(({ command }) => (
                <Command key={command} line={offeredLine(command)} />
              ))}
          </form>
        )}
      </Answered>
    </>
  );
}
