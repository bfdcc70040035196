import { type ReactNode, useState } from 'react';
import type { Me } from '../account/me.ts';
import type { DeliveryDetail } from '../api/answers.ts';
import { useAct } from '../api/use-act.ts';
import { useAnswer } from '../api/use-answer.ts';
import { Act } from '../parts/act.tsx';
import { offeredLine } from '../commands.ts';
import { Command } from '../parts/command.tsx';
import { Head } from '../parts/head.tsx';
import { Answered, Nothing } from '../parts/status.tsx';
import { useSpeech } from '../shell/speech-context.ts';
import { EditForm } from './edit-form.tsx';
import { editWords as words } from './words.ts';

interface Props {
  readonly id: string;
  readonly me: Me | undefined;
}

/** Mend a record by hand. It is masked until it is opened, which the audit remembers. */
export function EditScreen({ id, me }: Props): ReactNode {
  const { speech } = useSpeech();
  const masked = useAnswer<DeliveryDetail>(`/api/deliveries/${encodeURIComponent(id)}`);
  return (
    <>
      <Head title={speech.say(words.title, { id })} lead={speech.say(words.lead)} />
      <Answered from={masked}>{(delivery) => <Opening delivery={delivery} me={me} />}</Answered>
    </>
  );
}

function Opening({ delivery, me }: { readonly delivery: DeliveryDetail; readonly me: Me | undefined }): ReactNode {
  const { speech } = useSpeech();
  const act = useAct<DeliveryDetail>();
  const [open, setOpen] = useState<DeliveryDetail>();
  const { id, actions, record } = delivery;
  const command = actions.find(({ action }) => action === 'edit')?.command;
  if (open !== undefined) return <EditForm delivery={open} editable={command !== undefined} />;
  if (command === undefined) return <Nothing title={speech.say(words.gone)} />;
  if (record === null) return <Nothing title={speech.say(words.noRecord)} />;
  if (me?.mayReveal !== true)
    return (
      <Nothing title={speech.say(me?.users === false ? words.noUsers : words.mayNot)}>
        <p>{speech.say(me?.users === false ? words.noUsersWhy : words.mayNotWhy, { role: me?.role ?? '' })}</p>
        {/* Where there are no roles, a terminal is no way around them. */}
        {me?.users === false && <Command line={offeredLine(command)} />}
      </Nothing>
    );
  return (
    <Nothing title={speech.say(words.open)}>
      <p>{speech.say(words.openWhy)}</p>
      <Act
        className="primary"
        busy={act.isPending}
        onClick={() => act.mutate({ path: `/api/deliveries/${id}/reveal` }, { onSuccess: setOpen })}
      >
        {speech.say(words.open)}
      </Act>
    </Nothing>
  );
}
