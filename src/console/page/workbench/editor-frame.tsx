import type { EditorView } from '@codemirror/view';
import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import type { MappingPreview } from '../api/answers.ts';
import { useSpeech } from '../shell/speech-context.ts';
import { openEditor, type Offered, replaceText, showFaults } from './editor.ts';
import { workbenchWords as words } from './words.ts';

interface Props {
  readonly text: string;
  /** What the service made of the text: it takes its place. */
  readonly replaced: { readonly text: string } | undefined;
  readonly changed: (text: string) => void;
  /** Somebody wants it kept now. */
  readonly keep: () => void;
  readonly offered: readonly Offered[];
  readonly faults: MappingPreview['faults'];
}

/** The editor in its place: its text is its own once it is open. */
export function EditorFrame({ text, replaced, changed, keep, offered, faults }: Props): ReactNode {
  const { speech } = useSpeech();
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView>(undefined);
  const latest = useRef(offered);
  const written = useRef(text);
  const name = speech.say(words.file);
  const phrases = useMemo(
    () => ({ Completions: speech.say(words.completions), Diagnostics: speech.say(words.faults) }),
    [speech],
  );
  useEffect(() => {
    latest.current = offered;
  }, [offered]);
  useEffect(() => {
    if (place.current === null) return undefined;
    const opened = openEditor({
      parent: place.current,
      text: written.current,
      name,
      changed,
      keep,
      offered: () => latest.current,
      phrases,
    });
    editor.current = opened;
    return () => {
      // Another language opens it anew, with what was written so far.
      written.current = opened.state.doc.toString();
      opened.destroy();
    };
  }, [name, changed, keep, phrases]);
  useEffect(() => {
    if (editor.current !== undefined && replaced !== undefined) replaceText(editor.current, replaced.text);
  }, [replaced]);
  useEffect(() => {
    if (editor.current !== undefined) showFaults(editor.current, faults);
  }, [faults]);
  return <div className="editor" ref={place} />;
}
