import { type ReactNode, useEffect, useState } from 'react';
import { Refusal } from '../api/ask.ts';
import { useSpeech } from '../shell/speech-context.ts';
import { shellWords } from '../shell/words.ts';
import { words } from '../words/common.ts';
import { headline } from '../words/headline.ts';

/** Nothing for a fifth of a second, then lines of a fixed height: what is quick does not flicker. */
export function Reading({ lines = 6 }: { readonly lines?: number }): ReactNode {
  const { speech } = useSpeech();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 200);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="reading" aria-busy="true" data-late={late}>
      <span className="unseen">{speech.say(words.reading)}</span>
      {Array.from({ length: lines }, (_, line) => (
        <i key={line} aria-hidden="true" />
      ))}
    </div>
  );
}

interface NothingProps {
  readonly title: string;
  /** It is all that the screen has. */
  readonly whole?: boolean;
  readonly children?: ReactNode;
}

export function Nothing({ title, whole = false, children }: NothingProps): ReactNode {
  const Title = whole ? 'h1' : 'p';
  return (
    <div className="nothing">
      <Title className="nothing-title">{title}</Title>
      {children}
    </div>
  );
}

interface FailedProps {
  readonly error: Error;
  readonly again: () => void;
  readonly whole?: boolean;
}

/** A failed read never looks like an empty list. */
export function Failed({ error, again, whole = false }: FailedProps): ReactNode {
  const { speech } = useSpeech();
  const status = error instanceof Refusal ? error.status : 0;
  if (status === 403)
    return (
      <Nothing title={speech.say(words.noRights)} whole={whole}>
        <p>{error instanceof Refusal ? `${headline(speech.say(error.text))}.` : null}</p>
        <p>{speech.say(words.noRightsWhy)}</p>
      </Nothing>
    );
  if (status === 404)
    return (
      <Nothing title={speech.say(words.notFound)} whole={whole}>
        <p>{error instanceof Refusal ? speech.say(error.text) : null}</p>
        <p>{speech.say(words.notFoundWhy)}</p>
      </Nothing>
    );
  const Title = whole ? 'h1' : 'p';
  return (
    <div className="nothing" role="alert" data-tone="bad">
      <Title className="nothing-title">{speech.say(words.notRead)}</Title>
      <p>
        {error instanceof Refusal
          ? speech.say(words.notReadWhy, { why: speech.say(error.text) })
          : speech.say(words.unread)}
      </p>
      <button type="button" onClick={again}>
        {speech.say(words.again)}
      </button>
    </div>
  );
}

/** What a screen is made of did not come: the service is away, or has another version by now. */
export function NotDrawn(): ReactNode {
  const { speech } = useSpeech();
  return (
    <div className="nothing" role="alert" data-tone="bad">
      <h1 className="nothing-title">{speech.say(words.notDrawn)}</h1>
      <p>{speech.say(words.notDrawnWhy)}</p>
      <button type="button" onClick={() => location.reload()}>
        {speech.say(shellWords.reload)}
      </button>
    </div>
  );
}

interface AnsweredProps<Answer> {
  readonly from: {
    readonly data: Answer | undefined;
    readonly error: Error | null;
    readonly refetch: () => unknown;
  };
  readonly lines?: number;
  readonly whole?: boolean;
  readonly children: (answer: Answer) => ReactNode;
}

/** An answer, or in its place why there is none yet. */
export function Answered<Answer>({
  from: { data, error, refetch },
  lines,
  whole,
  children,
}: AnsweredProps<Answer>): ReactNode {
  if (data !== undefined) return children(data);
  if (error !== null) return <Failed error={error} again={() => void refetch()} whole={whole === true} />;
  return <Reading {...(lines !== undefined && { lines })} />;
}
