import { type FormEvent, type ReactNode, useId } from 'react';
import { addressOf } from '../address/place.ts';
import { soughtOf } from '../address/search.ts';
import { goTo } from '../address/use-place.ts';
import { useSpeech } from './speech-context.ts';
import { shellWords } from './words.ts';

/** The one search of the page. What is a name never comes into the address: the people's screen asks for it by POST. */
export function Search({ sought }: { readonly sought: (name: string) => void }): ReactNode {
  const { speech } = useSpeech();
  const hint = useId();
  const find = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget).get('sought');
    const wanted = soughtOf(typeof typed === 'string' ? typed : '');
    switch (wanted.is) {
      case 'nothing':
        return;
      case 'key':
        return goTo(addressOf('deliveries', undefined, { key: wanted.key }));
      case 'number':
      case 'name':
        sought(wanted.is === 'number' ? wanted.number : wanted.name);
        return goTo(addressOf('people'));
    }
  };
  return (
    <form className="search" role="search" onSubmit={find}>
      <label>
        <span className="unseen">{speech.say(shellWords.search)}</span>
        <input
          name="sought"
          type="search"
          id="search"
          placeholder={speech.say(shellWords.search)}
          aria-describedby={hint}
          aria-keyshortcuts="/"
          autoComplete="off"
          spellCheck={false}
        />
      </label>
      <span id={hint} className="unseen">
        {speech.say(shellWords.searchHint)}
      </span>
      <kbd aria-hidden="true">/</kbd>
    </form>
  );
}
