import type { Text } from '../../../text.ts';
import { useSpeech } from '../shell/speech-context.ts';
import { words } from '../words/common.ts';
import { useTell } from './notices.tsx';

/** Puts a text on the clipboard and says so; a browser gives none to a page over http from another machine. */
export function useCopy(): (text: string, copied: Text) => void {
  const { speech } = useSpeech();
  const tell = useTell();
  return (text, copied) => {
    const written = 'clipboard' in navigator ? navigator.clipboard.writeText(text) : Promise.reject(new Error('none'));
    void written.then(
      () => tell('good', speech.say(copied)),
      () => tell('bad', speech.say(words.notCopied)),
    );
  };
}
