import { Fragment, type ReactNode } from 'react';
import type { MappingPreview } from '../api/answers.ts';
import { partInWords } from '../record/words.ts';
import { useSpeech } from '../shell/speech-context.ts';
import { groupsOf } from './outcome-groups.ts';
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
    <table className="differences outcome" aria-label={speech.say(words.result)}>
      <thead>
        <tr>
          <th>{speech.say(words.field)}</th>
          <th>{speech.say(words.value)}</th>
          <th>{speech.say(words.origin)}</th>
        </tr>
      </thead>
      {groupsOf(fields).map((group) => (
        <tbody key={group.step ?? 0}>
          {group.step !== undefined && (
            <tr className="group">
              <th colSpan={3} scope="rowgroup">
                {partInWords(group, speech)}
              </th>
            </tr>
          )}
          {group.fields.map(({ field, label, value, formula, failure }) => (
            <tr key={field}>
              <th scope="row" title={field}>
                <Breaking text={label} />
              </th>
              <td data-tone={failure === null ? undefined : 'bad'}>
                <Breaking text={failure ?? (typeof value === 'string' ? value : JSON.stringify(value))} />
              </td>
              <td>
                <code>
                  <Breaking text={formula ?? ''} />
                </code>
              </td>
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  );
}

/** A path breaks behind its dots rather than within a word. */
function Breaking({ text }: { readonly text: string }): ReactNode {
  return text.split(/(?<=[.\]_])/).map((part, place) => (
    <Fragment key={place}>
      {place > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
