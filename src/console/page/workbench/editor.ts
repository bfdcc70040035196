import { autocompletion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { MappingPreview } from '../api/answers.ts';
import { marksOf } from './marks.ts';

export interface Offered {
  readonly label: string;
  /** What it is: a value of the event, a type, "not published". */
  readonly detail: string;
}

interface EditorParts {
  readonly parent: HTMLElement;
  readonly text: string;
  readonly name: string;
  readonly changed: (text: string) => void;
  /** Ctrl+S, which else would save the page of the browser. */
  readonly keep: () => void;
  /** What may stand where somebody writes now. */
  readonly offered: () => readonly Offered[];
  /** Words of the editor itself, in the reader's language. */
  readonly phrases: Readonly<Record<string, string>>;
}

const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--busy)' },
  { tag: [tags.string, tags.content], color: 'var(--ink)' },
  { tag: tags.comment, color: 'var(--ink-3)' },
  { tag: tags.number, color: 'var(--rest)' },
]);

/** The editor of mapping files; its styles carry the nonce of the page's policy. */
export function openEditor({ parent, text, name, changed, keep, offered, phrases }: EditorParts): EditorView {
  const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
  const complete = (context: CompletionContext): CompletionResult | null => {
    const word = context.matchBefore(/[\p{L}\p{N}_.]+/u);
    if (word === null && !context.explicit) return null;
    return { from: word?.from ?? context.pos, options: offered().map(({ label, detail }) => ({ label, detail })) };
  };
  const kept = (): boolean => {
    keep();
    return true;
  };
  return new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        EditorView.cspNonce.of(nonce),
        EditorView.contentAttributes.of({ 'aria-label': name }),
        EditorView.theme({ '.cm-scroller': { fontFamily: 'var(--mono)', fontSize: '0.8rem', lineHeight: '1.6' } }),
        EditorView.lineWrapping,
        EditorView.updateListener.of((update) => {
          if (update.docChanged) changed(update.state.doc.toString());
        }),
        EditorState.phrases.of(phrases),
        lintGutter(),
        lineNumbers(),
        history(),
        yaml(),
        syntaxHighlighting(colours),
        autocompletion({ override: [complete] }),
        keymap.of([{ key: 'Mod-s', run: kept }, ...defaultKeymap, ...historyKeymap, indentWithTab]),
      ],
    }),
  });
}

/** Marks in the text what the service finds in it. */
export function showFaults(editor: EditorView, faults: MappingPreview['faults']): void {
  editor.dispatch(setDiagnostics(editor.state, [...marksOf(faults, editor.state.doc)]));
}

/** Another text in the editor's place, as one step that can be undone; what both have in common is not touched. */
export function replaceText(editor: EditorView, text: string): void {
  const before = editor.state.doc.toString();
  let from = 0;
  while (from < before.length && from < text.length && before[from] === text[from]) from += 1;
  let same = 0;
  const most = Math.min(before.length, text.length) - from;
  while (same < most && before.at(-1 - same) === text.at(-1 - same)) same += 1;
  const insert = text.slice(from, text.length - same);
  editor.dispatch({
    changes: { from, to: before.length - same, insert },
    effects: EditorView.scrollIntoView(from, { y: 'start' }),
  });
}
