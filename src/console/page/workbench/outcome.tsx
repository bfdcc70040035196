import type { ReactNode } from 'react';
import type { MappingPreview } from '../api/answers.ts';
import { useSpeech } from '../shell/speech-context.ts';
import { workbenchWords as words } from './words.ts';

/** What the text in the editor makes of the event: each field with where its value comes from, or why there is none. */
export function Outcome({ seen: { faults, mapped, problems } }: { readonly seen: MappingPreview }): ReactNode {
  const { speech } = useSpeech();
  return (
    <div aria-live="polite">
      {faults.length + problems.length > 0 && (
        <ul className="checked" aria-label={speech.say(words.faults)}>
          {faults.map(({ line, column, level, text }) => (
            <li key={`${line} ${column} ${text}`} data-tone={level === 'error' ? 'bad' : 'warn'}>
              <b>{speech.say(words.line, { line, column })}</b> {text}
            </li>
          ))}
          {problems.map(({ field, text }) => (
            <li key={`${field} ${text}`} data-tone="bad">
              <b>{field}</b> {text}
            </li>
          ))}
        </ul>
      )}
      {mapped?.outcome === 'skipped' && (
        <>
          <p>{speech.say(words.skipped)}</p>
          {mapped.conditions
            .filter(({ holds }) => !holds)
            .map(({ name }) => (
              <p key={name}>{speech.say(words.because, { name })}</p>
            ))}
        </>
      )}
      {mapped?.outcome === 'record' && <Fields fields={mapped.fields} />}
    </div>
  );
}

function Fields({ fields }: { readonly fields: NonNullable<MappingPreview['mapped']>['fields'] }): ReactNode {
  const { speech } = useSpeech();
  return (
    <table className="differences" aria-label={speech.say(words.result)}>
      <thead>
        <tr>
          <th>{speech.say(words.field)}</th>
          <th>{speech.say(words.value)}</th>
          <th>{speech.say(words.origin)}</th>
        </tr>
      </thead>
      <tbody>
        {fields.map(({ field, value, formula, failure }) => (
          <tr key={field}>
            <th scope="row">{field}</th>
            <td>{failure ?? (typeof value === 'string' ? value : JSON.stringify(value))}</td>
            <td>
              <code>{formula}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
