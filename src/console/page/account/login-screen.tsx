import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { ask, Refusal } from '../api/ask.ts';
import { useAnswer } from '../api/use-answer.ts';
import { useSpeech } from '../shell/speech-context.ts';
import { screenWords } from '../shell/words.ts';
import { words as common } from '../words/common.ts';
import type { Me } from './me.ts';
import type { Door } from './use-door.ts';
import { accountWords as words } from './words.ts';

interface Props {
  /** Whose session has ended; undefined: nobody was signed in. */
  readonly before: Me | undefined;
}

/** Asked for in the place of whatever was wanted: afterwards one is where one wanted to be. */
export function LoginScreen({ before }: Props): ReactNode {
  const { speech } = useSpeech();
  const client = useQueryClient();
  const [refused, setRefused] = useState<string>();
  const [busy, setBusy] = useState(false);
  const { data } = useAnswer<Door>('/api/session');
  const oidc = data?.ways.includes('oidc') ?? false;
  const signIn = async (form: FormData): Promise<void> => {
    setBusy(true);
    setRefused(undefined);
    try {
      const { name } = await ask<Me>('/api/session', {
        method: 'POST',
        body: { user: form.get('name'), password: form.get('password') },
        language: speech.language,
      });
      // What somebody else had on the screen is not for whoever comes next.
      if (before !== undefined && before.name !== name) location.reload();
      else await client.invalidateQueries();
    } catch (error) {
      setRefused(speech.say(error instanceof Refusal ? error.text : common.noAnswer));
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (!busy) void signIn(new FormData(event.currentTarget));
  };
  return (
    <div className="login">
      <form onSubmit={submit}>
        <h1>{speech.say(screenWords.login)}</h1>
        {before !== undefined && <p>{speech.say(before.users ? words.ended : words.locked)}</p>}
        <label className="field">
          <span>{speech.say(words.name)}</span>
          <input name="name" required autoFocus autoComplete="username" autoCapitalize="none" spellCheck={false} />
        </label>
        <label className="field">
          <span>{speech.say(words.password)}</span>
          <input name="password" type="password" required autoComplete="current-password" />
        </label>
        {refused !== undefined && (
          <p className="refused" role="alert">
            {refused}
          </p>
        )}
        <button type="submit" className="primary" aria-disabled={busy}>
          {speech.say(words.signIn)}
        </button>
        {oidc && (
          <a
            className="button"
            href={`/api/session/oidc?to=${encodeURIComponent(location.pathname + location.search)}`}
          >
            {speech.say(words.oidc)}
          </a>
        )}
        <p className="faint">{speech.say(words.lead)}</p>
      </form>
    </div>
  );
}
