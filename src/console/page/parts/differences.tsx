import type { ReactNode } from 'react';
import { useSpeech } from '../shell/speech-context.ts';
import { eventsWords as words } from '../events/words.ts';

interface Difference {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

interface Props {
  readonly differences: readonly Difference[];
  readonly name: string;
}

/** What was and what will be, field by field. */
export function Differences({ differences, name }: Props): ReactNode {
  const { speech } = useSpeech();
  return (
    <table className="differences" aria-label={name}>
      <thead>
        <tr>
          <th>{speech.say(words.field)}</th>
          <th>{speech.say(words.before)}</th>
          <th>{speech.say(words.after)}</th>
        </tr>
      </thead>
      <tbody>
        {differences.map(({ field, before, after }) => (
          <tr key={field}>
            <th scope="row">{field}</th>
            <td>
              <del>{shown(before)}</del>
            </td>
            <td>
              <ins>{shown(after)}</ins>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function shown(value: unknown): string {
  if (value === undefined) return '—';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
