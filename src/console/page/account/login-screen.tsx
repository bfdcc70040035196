import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { ask, Refusal } from '../api/ask.ts';
import { useSpeech } from '../shell/speech-context.ts';
import { screenWords } from '../shell/words.ts';
import { words as common } from '../words/common.ts';
import { accountWords as words } from './words.ts';

interface Props {
  /** Somebody was signed in here before. */
  readonly ended: boolean;
  /** The service knows a provider of single sign-on. */
  readonly oidc: boolean;
}

/** Asked for in the place of whatever was wanted: afterwards one is where one wanted to be. */
export function LoginScreen({ ended, oidc }: Props): ReactNode {
  const { speech } = useSpeech();
  const client = useQueryClient();
  const [refused, setRefused] = useState<string>();
  const [busy, setBusy] = useState(false);
  const signIn = async (form: FormData): Promise<void> => {
    setBusy(true);
    setRefused(undefined);
    try {
      await ask('/api/session', {
        method: 'POST',
        body: { name: form.get('name'), password: form.get('password') },
        language: speech.language,
      });
      await client.resetQueries();
    } catch (error) {
      setRefused(speech.say(error instanceof Refusal ? error.text : common.noAnswer));
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void signIn(new FormData(event.currentTarget));
  };
  return (
    <div className="login">
      <form onSubmit={submit}>
        <h1>{speech.say(screenWords.login)}</h1>
        {ended && <p>{speech.say(words.ended)}</p>}
        <label className="field">
          <span>{speech.say(words.name)}</span>
          <input name="name" required autoComplete="username" autoCapitalize="none" spellCheck={false} />
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
        <button type="submit" className="primary" disabled={busy}>
          {speech.say(words.signIn)}
        </button>
        {oidc && (
          <a className="button" href={`/api/session/oidc?to=${encodeURIComponent(location.pathname + location.search)}`}>
            {speech.say(words.oidc)}
          </a>
        )}
        <p className="faint">{speech.say(words.lead)}</p>
      </form>
    </div>
  );
}
