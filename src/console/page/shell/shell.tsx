import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { LoginScreen } from '../account/login-screen.tsx';
import type { Me } from '../account/me.ts';
import { useDoor } from '../account/use-door.ts';
import type { ShownOverview } from '../api/answers.ts';
import { Unheard } from '../api/ask.ts';
import { useAnswer } from '../api/use-answer.ts';
import { type Place, addressOf } from '../address/place.ts';
import { usePlace } from '../address/use-place.ts';
import { Go } from '../parts/go.tsx';
import { Icon } from '../parts/icon.tsx';
import { Nothing } from '../parts/status.tsx';
import { useNow } from '../time/use-now.ts';
import { words } from '../words/common.ts';
import { AwayContext, useLasting } from './away.ts';
import { Banners } from './banners.tsx';
import { useKeys } from './keyboard.ts';
import { KeyHelp } from './key-help.tsx';
import { Leaving } from './leaving.tsx';
import { type Counts, Nav } from './nav.tsx';
import { ScreenOf } from './screens.tsx';
import { Search } from './search.tsx';
import { Settings } from './settings.tsx';
import { useSpeech } from './speech-context.ts';
import { useLive } from './use-live.ts';
import { screenWords, shellWords } from './words.ts';

/** What stands around every screen. */
export function Shell(): ReactNode {
  const { speech } = useSpeech();
  const place = usePlace();
  const [helping, setHelping] = useState(false);
  const [sought, setSought] = useState('');
  const help = useCallback(() => setHelping(true), []);
  const locked = useDoor();
  const { data: me } = useAnswer<Me>('/api/me', { wanted: !locked });
  useKeys({ help });
  const { awaySince } = useLive(me !== undefined && !locked);
  const main = useTitle(place);
  const {
    data: overview,
    error,
    dataUpdatedAt,
  } = useAnswer<ShownOverview>('/api/overview', { wanted: me !== undefined && !locked, every: 30_000 });
  // A service that hangs, or a cable that is out, ends no stream: then nothing that is asked is answered.
  const silentSince = error instanceof Unheard && dataUpdatedAt > 0 ? dataUpdatedAt : undefined;
  const away = useLasting(awaySince ?? silentSince);
  const counts = countsOf(overview);
  return (
    <AwayContext value={away}>
      <div className="shell" data-locked={locked} data-away={away !== undefined}>
        <a className="skip" href="#content">
          {speech.say(shellWords.skip)}
        </a>
        <header className="header">
          {!locked && <NavSheet here={place} counts={counts} />}
          <Go to={addressOf('overview')} className="brand">
            <i aria-hidden="true" />
            <span>{speech.say(words.product)}</span>
          </Go>
          {!locked && <Search sought={setSought} />}
          <Zone />
          <Settings me={locked ? undefined : me} help={help} />
        </header>
        {!locked && (
          <nav className="side" aria-label={speech.say(shellWords.menu)}>
            <Nav here={place?.screen} counts={counts} />
          </nav>
        )}
        <main className="main" id="content" tabIndex={-1} ref={main}>
          {!locked && <Banners overview={overview} me={me} />}
          {locked && <LoginScreen before={me} />}
          <div hidden={locked}>
            {locked && me === undefined ? null : place === undefined ? (
              <Nothing title={speech.say(shellWords.notFound)} whole>
                <Go to={addressOf('overview')}>{speech.say(shellWords.toOverview)}</Go>
              </Nothing>
            ) : (
              <ScreenOf place={place} me={me} sought={sought} />
            )}
          </div>
        </main>
        <Leaving />
        {helping && <KeyHelp close={() => setHelping(false)} />}
      </div>
    </AwayContext>
  );
}

function countsOf(overview: ShownOverview | undefined): Counts {
  if (overview === undefined) return {};
  const { dead, blocked, attention } = overview.deliveries;
  return { causes: dead, blocked, attention };
}

/** The title of the window follows the screen; a screen that was gone to is read from its top. */
function useTitle(place: Place | undefined) {
  const { speech } = useSpeech();
  const main = useRef<HTMLElement>(null);
  const screen = place?.screen;
  const of = place?.of;
  useEffect(() => {
    const name = screen === undefined ? '' : `${speech.say(screenWords[screen])}${of === undefined ? '' : ` ${of}`} · `;
    document.title = `${name}${speech.say(words.product)}`;
  }, [screen, of, speech]);
  const first = useRef(true);
  useEffect(() => {
    if (!first.current) {
      main.current?.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
    first.current = false;
  }, [screen, of]);
  return main;
}

function Zone(): ReactNode {
  const { speech, times } = useSpeech();
  const now = useNow(10_000);
  return (
    <span className="zone" title={speech.say(shellWords.zone)}>
      <b>{times.clock(now)}</b> <span>{times.zone}</span>
    </span>
  );
}

/** The sections where there is no room beside the content. */
function NavSheet({ here, counts }: { readonly here: Place | undefined; readonly counts: Counts }): ReactNode {
  const { speech } = useSpeech();
  const sheet = useRef<HTMLDialogElement>(null);
  const close = (): void => sheet.current?.close();
  return (
    <>
      <button type="button" className="nav-button" onClick={() => sheet.current?.showModal()}>
        <Icon of="menu" />
        <span className="unseen">{speech.say(shellWords.menu)}</span>
      </button>
      <dialog ref={sheet} className="nav-sheet" aria-label={speech.say(shellWords.menu)}>
        <button type="button" className="quiet" onClick={close}>
          {speech.say(words.close)}
        </button>
        <Nav here={here?.screen} counts={counts} gone={close} />
      </dialog>
    </>
  );
}
