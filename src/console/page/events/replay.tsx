import { type ReactNode, useState } from 'react';
import type { List, Replayed } from '../api/answers.ts';
import { useAct } from '../api/use-act.ts';
import { Act } from '../parts/act.tsx';
import { AskFirst } from '../parts/ask-first.tsx';
import { replayLine } from '../commands.ts';
import { Command } from '../parts/command.tsx';
import { Differences } from '../parts/differences.tsx';
import { useTell } from '../parts/notices.tsx';
import { Nothing } from '../parts/status.tsx';
import { useSpeech } from '../shell/speech-context.ts';
import { eventsWords as words } from './words.ts';

interface Props {
  readonly id: number;
  readonly mayAct: boolean;
}

/** Maps the event anew and shows what differs, by mapping; sends it only when somebody says so. */
export function Replay({ id, mayAct }: Props): ReactNode {
  const { speech } = useSpeech();
  const tell = useTell();
  const act = useAct<List<Replayed>>();
  const [dry, setDry] = useState<readonly Replayed[]>();
  const path = `/api/events/${id}/replay`;
  const compare = (): void => act.mutate({ path, body: { dryRun: true } }, { onSuccess: ({ items }) => setDry(items) });
  const [asking, setAsking] = useState(false);
  const same = dry?.filter(({ result }) => result === 'same').length ?? 0;
  const send = (): void => {
    setAsking(false);
    act.mutate(
      { path, body: { dryRun: false } },
      {
        onSuccess: ({ items }) => {
          setDry(undefined);
          tell('good', speech.say(words.sent, { n: items.filter(({ delivery }) => delivery !== null).length }));
        },
      },
    );
  };
  if (!mayAct) return null;
  return (
    <section aria-labelledby="replay">
      <h2 id="replay">{speech.say(words.replay)}</h2>
      <p className="faint">{speech.say(words.replayWhy)}</p>
      <div className="actions-row">
        <Act onClick={compare} busy={act.isPending}>
          {speech.say(words.replay)}
        </Act>
        {dry !== undefined && dry.length > 0 && (
          <Act className={same === dry.length ? '' : 'primary'} onClick={() => setAsking(true)} busy={act.isPending}>
            {speech.say(words.send)}
          </Act>
        )}
        <Command line={replayLine(id)} />
      </div>
      {asking && dry !== undefined && (
        <AskFirst
          title={speech.say(words.sendTitle)}
          yes={speech.say(words.send)}
          onYes={send}
          onNo={() => setAsking(false)}
        >
          <p>{speech.say(words.sendWhat, { n: dry.length, same })}</p>
        </AskFirst>
      )}
      {dry?.length === 0 && <Nothing title={speech.say(words.nothingWants)} />}
      {dry?.map(({ mapping, target, result, why, differences }) => (
        <div key={mapping} className="replayed">
          <h3>
            {mapping} → {target}: {speech.say(words[result])}
          </h3>
          {why !== null && <p>{why}</p>}
          {differences.length > 0 && <Differences differences={differences} name={mapping} />}
        </div>
      ))}
    </section>
  );
}
