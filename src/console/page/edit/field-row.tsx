import type { ReactNode } from 'react';
import { type Leaf, typedAs } from '../record/leaves.ts';
import type { RecordField } from '../record/record-parts.ts';
import { useSpeech } from '../shell/speech-context.ts';
import { words as common } from '../words/common.ts';

interface Props {
  readonly field: RecordField;
  /** The part that it stands in, where that is not to be seen. */
  readonly of?: string;
  readonly was: Leaf['value'];
  readonly change: (value: Leaf['value']) => void;
}

/** A value with its name as people say it; errors and commands call it as its hint does. */
export function FieldRow({ field: { name, label, value }, of = '', was, change }: Props): ReactNode {
  return (
    <label data-changed={was !== value} title={name}>
      <span>
        {label}
        {of !== '' && <small>{of}</small>}
      </span>
      <ValueField value={value} was={was} change={change} />
    </label>
  );
}

function ValueField({
  value,
  was,
  change,
}: Pick<Props, 'was' | 'change'> & { readonly value: Leaf['value'] }): ReactNode {
  const { speech } = useSpeech();
  const typed = (text: string): void => change(typedAs(was, text));
  if (typeof was === 'boolean')
    return (
      <select value={String(value)} onChange={({ target }) => typed(target.value)}>
        <option value="true">{speech.say(common.yes)}</option>
        <option value="false">{speech.say(common.no)}</option>
      </select>
    );
  const text = value === null ? '' : String(value);
  return text.length > 80 ? (
    <textarea rows={3} value={text} onChange={({ target }) => typed(target.value)} />
  ) : (
    <input value={text} autoComplete="off" onChange={({ target }) => typed(target.value)} />
  );
}
