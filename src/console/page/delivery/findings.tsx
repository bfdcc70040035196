import type { ReactNode } from 'react';
import type { DeliveryDetail } from '../api/answers.ts';
import { useAct } from '../api/use-act.ts';
import { useSpeech } from '../shell/speech-context.ts';
import { deliveryWords as words } from './words.ts';

interface Props {
  readonly delivery: DeliveryDetail;
  readonly mayAct: boolean;
}

/** What the target has, but a person should look at. */
export function Findings({ delivery: { id, findings, attention }, mayAct }: Props): ReactNode {
  const { speech } = useSpeech();
  const act = useAct();
  return (
    <section className="findings-box" aria-labelledby="findings">
      <h2 id="findings">{speech.say(words.findings)}</h2>
      <ul className="findings">
        {findings.map((finding) => (
          <li key={finding}>{finding}</li>
        ))}
      </ul>
      {attention && mayAct && (
        <button type="button" onClick={() => act.mutate({ path: '/api/attention/seen', body: { ids: [id] } })}>
          {speech.say(words.seen)}
        </button>
      )}
    </section>
  );
}
