import type { Diagnostic } from '@codemirror/lint';
import type { Text } from '@codemirror/state';
import type { MappingPreview } from '../api/answers.ts';

type Fault = MappingPreview['faults'][number];

/** What the service finds in the text, where the editor has it; a place that is no more is the end of the text. */
export function marksOf(faults: readonly Fault[], document: Text): readonly Diagnostic[] {
  return faults.map(({ line, column, level, text }) => {
    const there = document.line(Math.min(Math.max(1, line), document.lines));
    const from = Math.min(there.from + Math.max(0, column - 1), there.to);
    const word = /^[^\s,:}\]]+/.exec(document.sliceString(from, there.to))?.[0] ?? '';
    return { from, to: Math.max(from, from + word.length), severity: level, message: text };
  });
}
