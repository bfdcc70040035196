import type { ReactNode } from 'react';
import type { RecordField, RecordPart } from '../record/record-parts.ts';
import { partInWords } from '../record/words.ts';
import { useSpeech } from '../shell/speech-context.ts';
import { FieldRow } from './field-row.tsx';
import { editWords as words } from './words.ts';

interface Props {
  readonly part: RecordPart;
  /** The values as they were, by name. */
  readonly old: ReadonlyMap<string, RecordField['value']>;
  readonly change: (field: RecordField, value: RecordField['value']) => void;
}

/** One part of the record: what it says of the person at hand, how it is sent in a fold. */
export function PartFields({ part, old, change }: Props): ReactNode {
  const { speech } = useSpeech();
  const heading = partInWords(part, speech);
  const technical = part.fields.filter(({ isTechnical }) => isTechnical);
  const row = (field: RecordField): ReactNode => (
    <FieldRow
      key={field.name}
      field={field}
      was={old.get(field.name) ?? null}
      change={(value) => change(field, value)}
    />
  );
  return (
    <fieldset>
      <legend>{heading === '' ? speech.say(words.fields) : heading}</legend>
      {part.fields.filter(({ isTechnical }) => !isTechnical).map(row)}
      {technical.length > 0 && (
        <details>
          <summary>{speech.count(words.technical, technical.length)}</summary>
          <p className="faint">{speech.say(words.technicalWhy)}</p>
          {technical.map(row)}
        </details>
      )}
    </fieldset>
  );
}
